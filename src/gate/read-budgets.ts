import {isObject} from '../base/check.js';
import {parseQuery} from '../query/grammar/parse-query.js';
import type {Pattern} from '../query/grammar/term.js';
import {QueryError} from '../query/grammar/word.js';
import type {TreeQuery} from '../query/tree-query.js';
import type {Budget} from './budget.js';
import {findDuplicateKey} from './duplicate-keys.js';
import {type Limit, parseLimit} from './limit.js';
import {parseSuppression, SuppressionError} from './suppressions.js';

/** What is wrong with a budget file, as the end of a sentence that begins with its name. */
export class BudgetError extends Error {}

/** `schemas/budget.schema.json` says the same to editors and validators. */
export interface BudgetFile {
  readonly budgets: readonly Budget[];
  /** What is suppressed in all of them. */
  readonly ignore: readonly Pattern[];
}

/** @throws BudgetError */
export function readBudgets(text: string): BudgetFile {
  const file = parseJson(text);
  const twice = findDuplicateKey(text);
  if (twice !== null)
    throw new BudgetError(`line ${twice.line}: "${shorten(twice.key)}" stands twice in one object`);
  if (!isObject(file)) throw new BudgetError('holds no object with "budgets"');
  checkKeys(file, ['$schema', 'budgets', 'ignore'], 'the file');
  if (file.$schema !== undefined) readText(file, '$schema', 'the file');
  const {budgets, ignore = []} = file;
  if (!Array.isArray(budgets) || budgets.length === 0)
    throw new BudgetError('"budgets" is no list of budgets');
  if (!Array.isArray(ignore)) throw new BudgetError('"ignore" is no list of patterns');
  const read = budgets.map((budget: unknown, index) => readBudget(budget, `budget ${index + 1}`));
  checkNames(read);
  return {budgets: read, ignore: ignore.map(readPattern)};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BudgetError(`is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const KEYS = ['name', 'view', 'max', 'of', 'why', 'mustMatch'];

function readBudget(budget: unknown, where: string): Budget {
  if (!isObject(budget)) throw new BudgetError(`${where} is no object`);
  const name = readText(budget, 'name', where);
  if (name.trim() === '') throw new BudgetError(`${where}: "name" is empty`);
  const here = `${where}, "${name}"`;
  checkKeys(budget, KEYS, here);
  const view = budget.view === undefined ? '' : readText(budget, 'view', here);
  const {max, isGrowth} = readMax(budget, here);
  return {
    name,
    view,
    query: readView(view, here),
    max,
    isGrowth,
    why: budget.why === undefined ? '' : readText(budget, 'why', here),
    mustMatch: readSwitch(budget, 'mustMatch', here),
  };
}

function checkKeys(object: object, known: readonly string[], where: string): void {
  const unknown = Object.keys(object).find(key => !known.includes(key));
  if (unknown !== undefined)
    throw new BudgetError(`${where}: "${unknown}" is not known; ${known.join(', ')} are`);
}

function readText(budget: Readonly<Record<string, unknown>>, key: string, where: string): string {
  const text = budget[key];
  if (typeof text !== 'string') throw new BudgetError(`${where}: "${key}" is no text`);
  return text;
}

/** False where it is left out. */
function readSwitch(budget: Readonly<Record<string, unknown>>, key: string, where: string): boolean {
  const value = budget[key] ?? false;
  if (typeof value !== 'boolean' || budget[key] === null)
    throw new BudgetError(`${where}: "${key}" is neither true nor false`);
  return value;
}

/** `50MB`; `+5%` and `+2MB`, or the same with `"of": "base"`, are about the growth since the base. */
function readMax(budget: Readonly<Record<string, unknown>>, where: string): {max: Limit; isGrowth: boolean} {
  const text = readText(budget, 'max', where);
  const {of} = budget;
  if (of !== undefined && of !== 'base') throw new BudgetError(`${where}: "of" can only be "base"`);
  const isSigned = text.startsWith('+');
  const max = parseLimit(isSigned ? text.slice(1) : text);
  if (max === null)
    throw new BudgetError(`${where}: "max" is "${shorten(text)}", no size such as 50MB, +2MB or +5%`);
  const isGrowth = isSigned || of === 'base';
  if (max.kind === 'percent' && !isGrowth) {
    throw new BudgetError(`${where}: "max" is a share of the base: write "+${text}", or add "of": "base"`);
  }
  return {max, isGrowth};
}

/** A text that may be anything. */
function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function readView(view: string, where: string): TreeQuery {
  let query: TreeQuery;
  try {
    query = parseQuery(view);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw new BudgetError(`${where}: "view": ${error.message}`);
  }
  if (query.isNormalized) throw new BudgetError(`${where}: "view": a scaled base has no growth`);
  if (query.shape.kind === 'stats') throw new BudgetError(`${where}: "view": statistics have no budget`);
  return query;
}

function checkNames(budgets: readonly Budget[]): void {
  const names = budgets.map(({name}) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new BudgetError(`"${twice}" is the name of two budgets`);
}

function readPattern(pattern: unknown, index: number): Pattern {
  if (typeof pattern !== 'string') throw new BudgetError(`pattern ${index + 1} of "ignore" is no text`);
  try {
    return parseSuppression(pattern);
  } catch (error) {
    if (!(error instanceof SuppressionError)) throw error;
    throw new BudgetError(`pattern ${index + 1} of "ignore": ${error.message}`);
  }
}
