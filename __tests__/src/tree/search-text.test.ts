import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createSearchText, findInText} from '../../../src/tree/search-text.js';

const find = (strings: readonly string[], query: string): number[] => {
  const found: number[] = [];
  findInText(createSearchText(strings)!, query, index => found.push(index));
  return found;
};

describe('a search in all strings at once', () => {
  it('finds each string once', () => {
    expect(find(['aaa', 'b', '', 'ba', 'A'], 'a')).toEqual([0, 3, 4]);
    expect(find(['', '', ''], 'a')).toEqual([]);
    expect(find([], 'a')).toEqual([]);
  });

  it('finds nothing across two strings', () => expect(find(['ab', 'cd'], 'bc')).toEqual([]));

  it('knows where strings begin whose lower case is longer', () => {
    expect('İ'.toLowerCase().length).toBe(2);
    expect(find(['İİİ', 'x', 'İx'], 'x')).toEqual([1, 2]);
  });

  it('does not take part in strings that hold what stands between them', () => {
    expect(createSearchText(['a\0b', 'İ'])).toBeNull();
  });

  it('finds what a plain scan finds', () => {
    const text = fc.string({unit: fc.constantFrom('a', 'B', 'ß', 'Σ', 'İ', '.', '日', '𝒳'), maxLength: 6});
    fc.assert(
      fc.property(fc.array(text, {maxLength: 40}), text, (strings, query) => {
        const folded = query.toLowerCase();
        if (folded === '') return;
        const expected = [...strings.keys()].filter(i => strings[i]!.toLowerCase().includes(folded));
        expect(find(strings, folded)).toEqual(expected);
      }),
    );
  });
});
