import {findNearestWord} from '../../base/nearest-word.js';
import {STEP_KINDS, type Step} from '../steps/steps.js';
import {DEFAULT_QUERY, DIFF_MODES, LEVELS, SORT_KEYS, type TreeQuery} from '../tree-query.js';
import {parseMarks, parseMoment, parseMomentRange} from './moment.js';
import {isTerm, parseTerm} from './term.js';
import {escapeText, QueryError, sliceWord, splitWords, type Word} from './word.js';

/** A word that sets a slot of the query, in place of what the slot held. */
interface SlotKind {
  /** As it is written: `temporary:N`. */
  readonly usage: string;
  readonly name: string;
  readonly hasValue: boolean;
  /** @throws QueryError */
  readonly set: (query: TreeQuery, value: Word) => TreeQuery;
}

const SLOT_KINDS: readonly SlotKind[] = [
  word('peak', query => ({...query, select: {kind: 'peak'}})),
  word('leaks', query => ({...query, select: {kind: 'leaks'}})),
  withValue('temporary', 'N', (query, value) => ({
    ...query,
    select: {kind: 'temporary', threshold: parseCount(value)},
  })),
  withValue('at', 'MOMENT', (query, value) => ({
    ...query,
    select: {kind: 'moment', at: parseMoment(value)},
  })),
  withValue('peak', 'A..B', (query, value) => ({
    ...query,
    select: {kind: 'range', of: 'peak', ...parseMomentRange(value)},
  })),
  withValue('grown', 'A..B', (query, value) => ({
    ...query,
    select: {kind: 'range', of: 'grown', ...parseMomentRange(value)},
  })),
  withValue('gen', 'A,B,…', (query, value) => ({
    ...query,
    select: {kind: 'generations', marks: parseMarks(value)},
  })),
  ...LEVELS.map(by => word(`by:${by}`, query => ({...query, by}))),
  word('tree', query => ({...query, shape: {kind: 'tree'}})),
  word('inverted', query => ({...query, shape: {kind: 'inverted'}})),
  word('flat', query => ({...query, shape: {kind: 'flat'}})),
  withValue('callers', 'TERM', (query, value) => ({
    ...query,
    shape: {kind: 'callers', term: parseTerm(value)},
  })),
  withValue('callees', 'TERM', (query, value) => ({
    ...query,
    shape: {kind: 'callees', term: parseTerm(value)},
  })),
  withValue('lines', 'FILE', (query, value) => ({
    ...query,
    shape: {kind: 'lines', term: parseTerm(value, 'file')},
  })),
  word('imports', query => ({...query, shape: {kind: 'imports'}})),
  word('places', query => ({...query, shape: {kind: 'places'}})),
  word('stats', query => ({...query, shape: {kind: 'stats'}})),
  ...SORT_KEYS.map(sort => word(`sort:${sort}`, query => ({...query, sort}))),
  ...DIFF_MODES.map(diff => word(`diff:${diff}`, query => ({...query, diff}))),
  word('normalize', query => ({...query, isNormalized: true})),
  word('reverse', query => ({...query, isReversed: true})),
  withValue('biggest', 'N', (query, value) => ({...query, biggest: parseCount(value)})),
  word('all', query => ({...query, biggest: Infinity})),
];

function word(name: string, set: (query: TreeQuery) => TreeQuery): SlotKind {
  return {usage: name, name, hasValue: false, set};
}

function withValue(name: string, value: string, set: SlotKind['set']): SlotKind {
  return {usage: `${name}:${value}`, name, hasValue: true, set};
}

function parseCount({text, start}: Word): number {
  const count = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(count)) return count;
  throw new QueryError(`"${text}" is not a whole number`, start);
}

/**
 * Applies the words of a written query to a query, from left to right.
 * @throws QueryError, with the position of the word that cannot be read
 */
export function parseQuery(written: string, base: TreeQuery = DEFAULT_QUERY): TreeQuery {
  return splitWords(written).reduce((query, each) => applyWord(each, query), base);
}

/** @throws QueryError */
export function applyWord(each: Word, query: TreeQuery): TreeQuery {
  const slot = SLOT_KINDS.find(kind => isNamed(each, kind.name, kind.hasValue));
  if (slot !== undefined) return slot.set(query, getValue(each, slot.name));
  const kind = STEP_KINDS.find(({kind: name, usage}) => isNamed(each, name, usage !== name));
  if (kind === undefined) throw new QueryError(explainUnknown(each), each.start);
  const step = kind.parse(kind.usage === kind.kind ? null : getValue(each, kind.kind)) as Step;
  return {...query, steps: [...query.steps, step]};
}

function isNamed({text, isLiteral}: Word, name: string, hasValue: boolean): boolean {
  const start = hasValue ? `${name}:` : name;
  if (isLiteral.subarray(0, start.length).includes(1)) return false;
  return hasValue ? text.startsWith(start) : text === start;
}

function getValue(each: Word, name: string): Word {
  return sliceWord(each, name.length + 1);
}

/** How each word of a query is written: `through:TERM`. */
export function listUsages(): readonly string[] {
  return [...SLOT_KINDS, ...STEP_KINDS].map(({usage}) => usage);
}

/** Whether what was written is meant to be steps, right or wrong: its first word has a colon, or is the name of one. */
export function looksLikeSteps(written: string): boolean {
  const [first = ''] = written.trim().split(/\s/, 1);
  return first.includes(':') || listNames().includes(first);
}

function listNames(): readonly string[] {
  return [...SLOT_KINDS.map(({name}) => name), ...STEP_KINDS.map(({kind}) => kind)];
}

function explainUnknown(each: Word): string {
  const {text} = each;
  const name = text.split(':', 1)[0]!;
  const usages = listUsages();
  const related = usages.filter(usage => usage.split(':', 1)[0] === name);
  if (related.length > 0) return `"${text}": expected ${related.join(' or ')}`;
  if (isTerm(each)) return `"${text}" is a term, which needs a step, such as through:${text}`;
  const meant = findMeant(text, usages);
  return `"${text}" is not a step${meant === null ? '' : `; did you mean ${meant}?`}`;
}

/** The step of a name that is nearly the same, with the same value as far as it can be read; null if none is near. */
function findMeant(text: string, usages: readonly string[]): string | null {
  const [name, ...value] = text.split(':');
  const known = value.length > 0 ? usages.filter(usage => usage.includes(':')) : usages;
  const near = findNearestWord(name!, [...new Set(known.map(usage => usage.split(':', 1)[0]!))]);
  if (near === null) return null;
  const meant = [near, ...value].join(':');
  return isReadable(meant) ? meant : known.filter(usage => usage.split(':', 1)[0] === near).join(' or ');
}

function isReadable(written: string): boolean {
  if (escapeText(written).replaceAll('\\,', ',') !== written) return false;
  try {
    parseQuery(written);
    return true;
  } catch (error) {
    if (error instanceof QueryError) return false;
    throw error;
  }
}
