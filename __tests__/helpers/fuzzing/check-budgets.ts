import {judge, type Measurement} from '../../../src/gate/budget.js';
import {NOTHING_UNFINISHED} from '../../../src/gate/gaps.js';
import {BudgetError, type BudgetFile, readBudgets} from '../../../src/gate/read-budgets.js';
import {readSuppressions, SuppressionError} from '../../../src/gate/suppressions.js';
import type {Random} from './random.js';
import {breakText, createQueryText} from './random-query.js';

const LIMITS = ['50MB', '+5%', '5%', '0', '1e3', '-1', '+2 kB', '9'.repeat(20), '1.5MiB', '', '1000000001%'];
const PATTERNS = ['leak:f', 'leak:^f$', 'leak:*', 'f', 'leak:a*b', 'leak:(', 'leak:\\', '# x', ''];
const KEYS = ['name', 'view', 'max', 'of', 'why', 'mustMatch', '__proto__', 'constructor', 'limit'];

/** A budget file, of which one or two things may be wrong. */
export function createBudgetText(random: Random): string {
  const budget = () => ({
    name: `budget ${random.below(4)}`,
    view: createQueryText(random),
    max: random.pick(LIMITS),
    ...(random.chance(0.3) && {of: random.pick(['base', 'x', 5])}),
    ...(random.chance(0.2) && {[random.pick(KEYS)]: random.pick([null, 5, [], {}, 'x', true])}),
  });
  const file = {
    budgets: Array.from({length: random.below(4)}, budget),
    ...(random.chance(0.4) && {ignore: Array.from({length: random.below(3)}, () => random.pick(PATTERNS))}),
  };
  const text = JSON.stringify(file, null, random.pick([0, 1, 2]));
  return random.chance(0.4) ? breakText(text, random) : text;
}

/** Reads a budget file and judges by it. Throws unless it is refused by a BudgetError, or each verdict is one. */
export function checkBudgets(text: string, random: Random): void {
  checkSuppressions(text);
  const file = tryReadBudgets(text);
  for (const budget of file?.budgets ?? []) {
    const {limit, measured, over, outcome} = judge(budget, createMeasurement(random));
    const isRight = Number.isFinite(limit) && over === measured - limit && (outcome !== 'failed' || over > 0);
    if (!isRight) throw new Error(`"${budget.max.written}" is judged ${outcome} at ${over}`);
  }
}

function tryReadBudgets(text: string): BudgetFile | null {
  try {
    return readBudgets(text);
  } catch (error) {
    if (error instanceof BudgetError) return null;
    throw error;
  }
}

function checkSuppressions(text: string): void {
  try {
    readSuppressions(text);
  } catch (error) {
    if (!(error instanceof SuppressionError)) throw error;
  }
}

function createMeasurement(random: Random): Measurement {
  return {
    bytes: random.pick([0, 1, 2 ** 20, 2 ** 53]),
    base: random.pick([null, 0, 2 ** 20]),
    suppressed: 0,
    pools: 0,
    each: [],
    medianOf: null,
    missing: null,
    unfinished: NOTHING_UNFINISHED,
    unmatched: [],
    sumOf: null,
  };
}
