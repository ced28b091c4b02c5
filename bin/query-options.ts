import {isSameView} from '../src/heap/snapshot.js';
import {RegexError} from '../src/query/bounded-regex.js';
import {formatQuery} from '../src/query/grammar/format-query.js';
import {applyWord, parseQuery} from '../src/query/grammar/parse-query.js';
import {QueryError, toWord, type Word} from '../src/query/grammar/word.js';
import {checkExpressions} from '../src/query/prepare-query.js';
import {DEFAULT_QUERY, LEVELS, SORT_KEYS, type TreeQuery} from '../src/query/tree-query.js';
import type {OptionName} from './cli-table.js';
import {UsageError} from './usage-error.js';

/** The options in the order in which they are given, with their values ("" for switches). */
export type GivenOptions = readonly (readonly [OptionName, string])[];

type Apply = (query: TreeQuery, value: string) => TreeQuery;

/**
 * What the options that are short forms of written steps do to a query. Numbers are checked before; of those that are
 * given twice only the last one, so what is not a number is replaced.
 */
const OPTIONS: Partial<Record<OptionName, Apply>> = {
  view: (query, value) => parseQuery(value, query),
  through: applyAs('through:'),
  drop: applyAs('drop:'),
  root: applyAs('root:'),
  by: (query, value) => ({...query, by: choose('by', LEVELS, value)}),
  sort: (query, value) => ({...query, sort: choose('sort', SORT_KEYS, value)}),
  leaks: query => ({...query, select: {kind: 'leaks'}}),
  'temporary-allocations': query => ({...query, select: {kind: 'temporary', threshold: 1}}),
  'temporary-allocation-threshold': (query, value) => selectTemporary(query, Number(value)),
  'biggest-allocs': (query, value) => ({...query, biggest: Number(value)}),
  inverted: query => ({...query, shape: {kind: 'inverted'}}),
  flat: query => ({...query, shape: {kind: 'flat'}}),
  places: query => ({...query, shape: {kind: 'places'}}),
  stats: query => ({...query, shape: {kind: 'stats'}}),
  normalize: query => ({...query, isNormalized: true}),
  'no-pools': query => ({...query, steps: [...query.steps, {kind: 'hide:pools'}]}),
};

/** As in memray, any number below 0 is "off". */
function selectTemporary(query: TreeQuery, threshold: number): TreeQuery {
  if (threshold >= 0) return {...query, select: {kind: 'temporary', threshold}};
  return query.select.kind === 'temporary' ? {...query, select: DEFAULT_QUERY.select} : query;
}

/** Applies the options to a query in the order in which they are given. @throws UsageError */
export function toQuery({given}: {readonly given: GivenOptions}, base: TreeQuery): TreeQuery {
  return given.reduce((query, [name, value]) => applyOption(query, name, value), base);
}

/**
 * Which option selects in vain, since a later one selects something else: a line, or none. Each part of a query has the value
 * that was given last, but who gives two selections may expect both of them to count.
 */
export function listOverridden(given: GivenOptions): readonly string[] {
  const selecting = given.flatMap(([name, value]) => {
    const {select} = applyOption(UNSELECTED, name, value);
    return select === UNSELECTED.select ? [] : [{name, select}];
  });
  const last = selecting.at(-1);
  const isOther = ({name, select}: (typeof selecting)[number]): boolean =>
    name !== 'view' && !isSameView(select, last!.select);
  const overridden = selecting.find(isOther);
  if (last === undefined || overridden === undefined) return [];
  const selection = formatQuery({...DEFAULT_QUERY, select: last.select}) || 'peak';
  return [
    `--${overridden.name} has no effect: --${last.name} selects ${selection}, and the last selection counts`,
  ];
}

/** Whatever selects something replaces this object. */
const UNSELECTED: TreeQuery = {...DEFAULT_QUERY, select: {...DEFAULT_QUERY.select}};

function applyOption(query: TreeQuery, name: OptionName, value: string): TreeQuery {
  try {
    return OPTIONS[name]?.(query, value) ?? query;
  } catch (error) {
    if (error instanceof QueryError) throw new UsageError(explain(name, value, error));
    throw error;
  }
}

/**
 * Which of the options holds a regular expression that cannot be read, and why; null where all can be. Their engine has
 * to be loaded.
 */
export function findWrongExpression(given: GivenOptions): string | null {
  for (const [name, value] of given) {
    try {
      checkExpressions(applyOption(DEFAULT_QUERY, name, value));
    } catch (error) {
      if (!(error instanceof RegexError)) throw error;
      // The step of a short form is not what was typed.
      const isShort = name !== 'view' && error.message.startsWith(`${name}:`);
      return `--${name}: ${isShort ? error.message.slice(name.length + 1) : error.message}`;
    }
  }
  return null;
}

/** @throws UsageError where the value is none of a list */
export function choose<T extends string>(name: OptionName, known: readonly T[], value: string): T {
  const found = known.find(each => each === value);
  if (found !== undefined) return found;
  const list = `${known.slice(0, -1).join(', ')} or ${known.at(-1)}`;
  throw new UsageError(`--${name} takes ${list}, not "${value}"`);
}

/** The value of an option is one word, whatever blanks are in it. */
function applyAs(prefix: string): Apply {
  return (query, value) => applyWord(prependTo(toWord(value), prefix), query);
}

function prependTo({text, isLiteral, start}: Word, prefix: string): Word {
  const grown = new Uint8Array(prefix.length + isLiteral.length);
  grown.set(isLiteral, prefix.length);
  return {text: prefix + text, isLiteral: grown, start};
}

function explain(name: OptionName, value: string, {message, position}: QueryError): string {
  const rest = value.slice(position);
  const isNamed = rest === '' || message.startsWith(`"${rest}"`);
  return `--${name}: ${message}${isNamed ? '' : ` (at "${rest}")`}`;
}
