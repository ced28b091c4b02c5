import {readFileSync} from 'node:fs';
import {Ajv} from 'ajv';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {BudgetError, readBudgets} from '../../../src/gate/read-budgets.js';

const schema = JSON.parse(readFileSync('schemas/budget.schema.json', 'utf8')) as object;
const isValid = new Ajv().compile(schema);

function read(file: unknown): string | null {
  try {
    readBudgets(JSON.stringify(file));
    return null;
  } catch (error) {
    if (error instanceof BudgetError) return error.message;
    throw error;
  }
}

const budget = {
  name: 'peak',
  view: 'leaks through:mod:numpy',
  max: '50MB',
  why: 'small containers',
  mustMatch: true,
};

/** Texts that are nearly limits, patterns or names, and what is none. */
function arbitraryText(characters: string): fc.Arbitrary<unknown> {
  const text = fc.string({unit: fc.constantFrom(...characters), maxLength: 7});
  return fc.oneof({weight: 9, arbitrary: text}, fc.constantFrom<unknown[]>(null, 5, true, ['1'], {}));
}

function arbitraryLimit(): fc.Arbitrary<unknown> {
  const numbers = ['1', '2.5', '1.', '.5', '1e3', '٣', '0.0120', '1.00', '7.1234567', '1\\5', "'1'"];
  const units = ['', '%', ' %', '  %', 'B', 'kB', 'KB', ' kB', 'MB', 'MiB', 'T', '%%', 'tb', '\n'];
  const written = fc.tuple(
    fc.constantFrom('', '+', ' '),
    fc.constantFrom(...numbers),
    fc.constantFrom(...units),
  );
  return fc.oneof(
    written.map(parts => parts.join('')),
    arbitraryText('15.+%kKMBt \\"\'-'),
  );
}

/** Files with one part that may be wrong. */
function arbitraryFile(): fc.Arbitrary<unknown> {
  const toFile = (change: object) => ({budgets: [{name: 'peak', max: '5%', of: 'base', ...change}]});
  const pattern = arbitraryText('*^$a\n').map(text => (typeof text === 'string' ? `leak:${text}` : text));
  return fc.oneof(
    arbitraryLimit().map(max => toFile({max})),
    arbitraryLimit().map(max => ({budgets: [{name: 'peak', max}]})),
    arbitraryText(' ab\n\u2003').map(name => toFile({name})),
    fc
      .constantFrom('why', 'view', 'of', 'limit', 'mustMatch')
      .chain(key => arbitraryText(' ').map(text => toFile({[key]: text}))),
    fc.array(pattern, {maxLength: 2}).map(ignore => ({...toFile({}), ignore})),
    fc
      .constantFrom('budgets', 'ignore', '$schema', 'limits')
      .chain(key => arbitraryText('a').map(value => ({...toFile({}), [key]: value}))),
  );
}

describe('a budget file', () => {
  it('is refused by the reader where the schema refuses it, and nowhere else', () => {
    fc.assert(
      fc.property(arbitraryFile(), file => {
        expect([read(file), isValid(file)]).toEqual([
          isValid(file) ? null : expect.any(String),
          isValid(file),
        ]);
      }),
      {seed: 1, numRuns: 3000},
    );
  });

  it.each([
    ['all fields', {$schema: 'x', budgets: [budget], ignore: ['leak:linecache.*', 'leak:^_re$']}],
    ['nothing but a name and a limit', {budgets: [{name: 'peak', max: '1'}]}],
    ['growth by size', {budgets: [{name: 'peak', max: '+2MB'}]}],
    ['growth by share', {budgets: [{name: 'peak', max: '+5%'}]}],
    ['a share of the base', {budgets: [{name: 'peak', max: '2.5 %', of: 'base'}]}],
    ['any case', {budgets: [{name: 'peak', max: '5KB'}]}],
  ])('with %s is read, and valid by the schema', (_, file) => {
    expect(read(file)).toBeNull();
    expect(isValid(file)).toBe(true);
  });

  it.each([
    ['text', 'budgets', 'holds no object with "budgets"'],
    ['no budgets', {}, '"budgets" is no list of budgets'],
    ['an empty list', {budgets: []}, '"budgets" is no list of budgets'],
    [
      'unknown fields',
      {budgets: [budget], limits: []},
      'the file: "limits" is not known; $schema, budgets, ignore are',
    ],
    [
      'unknown fields of a budget',
      {budgets: [{...budget, maximum: '1'}]},
      /budget 1, "peak": "maximum" is not known/,
    ],
    ['no object', {budgets: ['peak']}, 'budget 1 is no object'],
    ['no name', {budgets: [{max: '1'}]}, 'budget 1: "name" is no text'],
    ['an empty name', {budgets: [{name: ' ', max: '1'}]}, 'budget 1: "name" is empty'],
    ['no limit', {budgets: [{name: 'peak'}]}, 'budget 1, "peak": "max" is no text'],
    ['a number as limit', {budgets: [{name: 'peak', max: 5}]}, 'budget 1, "peak": "max" is no text'],
    ['no size', {budgets: [{name: 'peak', max: '5 apples'}]}, /"max" is "5 apples", no size such as 50MB/],
    [
      'a share of nothing',
      {budgets: [{name: 'peak', max: '5%'}]},
      /"max" is a share of the base: write "\+5%"/,
    ],
    [
      'a switch that is none',
      {budgets: [{...budget, mustMatch: 'yes'}]},
      '"mustMatch" is neither true nor false',
    ],
    ['an empty switch', {budgets: [{...budget, mustMatch: null}]}, '"mustMatch" is neither true nor false'],
    ['another base', {budgets: [{...budget, of: 'peak'}]}, 'budget 1, "peak": "of" can only be "base"'],
    [
      'a pattern without leak:',
      {budgets: [budget], ignore: ['linecache']},
      /pattern 1 of "ignore": "linecache" does not/,
    ],
    ['a pattern for everything', {budgets: [budget], ignore: ['leak:*']}, /"leak:\*" matches everything/],
    ['no pattern', {budgets: [budget], ignore: [1]}, 'pattern 1 of "ignore" is no text'],
  ])('with %s is refused, by the schema too', (_, file, message) => {
    expect(read(file)).toMatch(message);
    expect(isValid(file)).toBe(false);
  });

  it.each([
    ['two budgets of one name', {budgets: [budget, budget]}, '"peak" is the name of two budgets'],
    [
      'a view that cannot be read',
      {budgets: [{...budget, view: 'thorugh:x'}]},
      /"view": "thorugh:x" is not a step/,
    ],
    ['statistics', {budgets: [{...budget, view: 'stats'}]}, /statistics have no budget/],
  ])('with %s is refused: no schema could say so', (_, file, message) => {
    expect(read(file)).toMatch(message);
  });

  it.each([
    [
      '{"budgets": [{"name": "a",\n "max": "1MB",\n "max": "50MB"}]}',
      'line 3: "max" stands twice in one object',
    ],
    // The same key, written in another way.
    ['{"budgets": [{"name": "a", "max": "1MB", "m\\u0061x": "5MB"}]}', 'line 1: "max" stands twice'],
    ['{"budgets": [], "budgets": [{"name": "a", "max": "1MB"}]}', 'line 1: "budgets" stands twice'],
    [
      '{"budgets": [{"name": "a", "max": "1MB", "__proto__": 1, "__proto__": 2}]}',
      '"__proto__" stands twice',
    ],
  ])('with a key that stands twice is refused: %s', (text, message) => {
    expect(() => readBudgets(text)).toThrow(message);
  });

  it('may have the same key in several objects, and what looks like one in texts', () => {
    const why = 'a "max": {"max": [\\"';
    const file = {
      budgets: [
        {...budget, why},
        {...budget, name: 'max', why},
      ],
      ignore: ['leak:max', 'leak:max'],
    };
    expect(read(file)).toBeNull();
  });

  it('that is no JSON is refused', () => {
    expect(() => readBudgets('{')).toThrow(/^is no JSON: /);
  });
});
