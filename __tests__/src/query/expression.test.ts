import fc from 'fast-check';
import {RE2JS} from 're2js';
import {describe, expect, it} from 'vitest';
import {formatQuery} from '../../../src/query/grammar/format-query.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {DEFAULT_QUERY, type TreeQuery} from '../../../src/query/tree-query.js';

const SIGNS = [
  '(',
  ')',
  '[',
  ']',
  '[^',
  '[:',
  ':]',
  '{',
  '}',
  '{1,2}',
  '{1,}',
  ',',
  '\\',
  '\\Q',
  '\\E',
  '|',
  'a',
  ' ',
  '"',
];

const expression = fc
  .array(fc.constantFrom(...SIGNS), {minLength: 1, maxLength: 8})
  // A backslash before what only the grammar has to be told is none of the expression's.
  .map(signs =>
    signs.join('').replaceAll(/\\([\s\S])/g, (pair, sign) => (/[",'\s]/.test(sign) ? sign : pair)),
  )
  .filter(text => /^(?:[^\\]|\\[\s\S])*$/.test(text) && isExpression(text));

function isExpression(text: string): boolean {
  try {
    RE2JS.compile(text);
    return true;
  } catch {
    return false;
  }
}

describe('a regular expression beside other patterns', () => {
  it('is written so that it is read as the same, whatever brackets it has', () => {
    fc.assert(
      fc.property(expression, expression, (a, b) => {
        const patterns = [
          {kind: 'regex', text: a},
          {kind: 'part', text: 'x)'},
          {kind: 'regex', text: b},
          {kind: 'whole', text: ']'},
        ] as const;
        const query: TreeQuery = {
          ...DEFAULT_QUERY,
          steps: [{kind: 'through', term: {field: 'fn', patterns}}],
        };
        expect(parseQuery(formatQuery(query))).toEqual(query);
      }),
      {seed: 6, numRuns: 5000},
    );
  });
});
