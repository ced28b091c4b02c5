import {applyWord, parseQuery} from '../src/query/grammar/parse-query.js';
import {QueryError, toWord, type Word} from '../src/query/grammar/word.js';
import type {TreeQuery} from '../src/query/tree-query.js';
import type {OptionName} from './cli-table.js';
import {UsageError} from './usage-error.js';

type Apply = (query: TreeQuery, value: string) => TreeQuery;

/** What the options that are short forms of written steps do to a query. */
const OPTIONS: Partial<Record<OptionName, Apply>> = {
  view: (query, value) => parseQuery(value, query),
  through: applyAs('through:'),
  drop: applyAs('drop:'),
  root: applyAs('root:'),
  by: applyAs('by:'),
  sort: applyAs('sort:'),
  inverted: query => ({...query, shape: {kind: 'inverted'}}),
  flat: query => ({...query, shape: {kind: 'flat'}}),
  places: query => ({...query, shape: {kind: 'places'}}),
  stats: query => ({...query, shape: {kind: 'stats'}}),
  'no-pools': query => ({...query, steps: [...query.steps, {kind: 'hide:pools'}]}),
};

/** Applies the options to a query in the order in which they are given. @throws UsageError */
export function toQuery(
  {given}: {readonly given: readonly (readonly [OptionName, string])[]},
  base: TreeQuery,
): TreeQuery {
  return given.reduce((query, [name, value]) => {
    try {
      return OPTIONS[name]?.(query, value) ?? query;
    } catch (error) {
      if (error instanceof QueryError) throw new UsageError(explain(name, value, error));
      throw error;
    }
  }, base);
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
  const place = position === 0 ? '' : ` (at "${value.slice(position)}")`;
  return `--${name}: ${message}${place}`;
}
