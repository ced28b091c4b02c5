import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {cellWidth} from '../../../src/format/cells.js';
import {sanitize} from '../../../src/format/sanitize.js';
import {wrapCells} from '../../../src/format/wrap.js';

const wrap = (text: string, width: number) => wrapCells(sanitize(text), width);

describe('wrapCells', () => {
  it.each<[string, number, readonly string[]]>([
    ['', 5, ['']],
    ['short', 5, ['short']],
    ['one two three', 8, ['one two', 'three']],
    ['one  two', 4, ['one', 'two']],
    ['/srv/app/services/report.py:12', 16, ['/srv/app/', 'services/', 'report.py:12']],
    ['a/very_long_name_without_folders', 12, ['a/very_long_', 'name_without', '_folders']],
    ['名前の長い関数', 5, ['名前', 'の長', 'い関', '数']],
    ['名', 1, ['名']],
    ['abc', 0, ['a', 'b', 'c']],
  ])('%j on %d cells', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  it('loses nothing but blanks, and keeps to the width', () => {
    const characters = fc.constantFrom('a', 'B', '/', '.', ' ', '_', '名', 'é', '📦');
    const texts = fc.string({unit: characters, maxLength: 60});
    fc.assert(
      fc.property(texts, fc.integer({min: 2, max: 30}), (text, width) => {
        const lines = wrap(text, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
