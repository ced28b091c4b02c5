import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, it} from 'vitest';
import {
  cellWidth,
  sliceCells,
  truncateCells,
  truncateMiddle,
  truncateStart,
} from '../../../src/format/cells.js';
import {sanitize} from '../../../src/format/sanitize.js';

const text = fc
  .array(fc.constantFrom('a', ' ', '名', '🎉', 'e\u0301', '👍🏽', 'é', '한', '\u0301', '🇩🇪', '‹', '␛'))
  .map(parts => sanitize(parts.join('')));

describe('cellWidth', () => {
  it.each([
    ['plain', 5],
    ['名前', 4],
    ['e\u0301', 1],
    ['🎉', 2],
    ['📂 ', 3],
    ['├── ', 4],
    ['…', 1],
    ['', 0],
  ])('%j takes %d', (text, cells) => {
    expect(cellWidth(text)).toBe(cells);
  });
});

it('is what string-width says, also for the signs that rows are drawn with', () => {
  const ranges = [
    ' ~',
    '\u00b7\u00b7',
    '–—',
    '‹›',
    '……',
    '••',
    '←↓',
    '─╿',
    '▀▟',
    '▴▴',
    '▸▸',
    '▾▾',
    '◂◂',
    '❯❯',
  ];
  const signs = ranges.flatMap(range => {
    const [from, to] = [range.charCodeAt(0), range.charCodeAt(1)];
    return Array.from({length: to - from + 1}, (_, i) => String.fromCharCode(from + i));
  });
  for (const sign of signs) expect(stringWidth(sign), sign).toBe(1);
  const any = fc.string({
    unit: fc.constantFrom(...signs, ...'📂📄💾📦🧭🧵', '\u0301', '\ufe0f', '\u20e3', '\u200d', '名'),
  });
  fc.assert(
    fc.property(any, text => {
      expect(cellWidth(text)).toBe(stringWidth(text));
    }),
  );
});

describe('sliceCells', () => {
  it('cuts by cells', () => {
    expect(sliceCells('abcdef', 2, 4)).toBe('cd');
    expect(sliceCells('a名前b', 1, 3)).toBe('名');
    expect(sliceCells('e\u0301x', 0, 1)).toBe('e\u0301');
    expect(sliceCells('名', 0, 5)).toBe('名');
  });

  it('puts a space where a wide character is cut in two', () => {
    expect(sliceCells('a名前b', 2, 4)).toBe('  ');
    expect(sliceCells('a名前b', 0, 2)).toBe('a ');
    expect(sliceCells('a名前b', 4, 6)).toBe(' b');
  });

  it('takes exactly the cells that were asked for', () => {
    fc.assert(
      fc.property(text, fc.nat(20), fc.nat(20), (any, from, length) => {
        const width = cellWidth(any);
        const expected = Math.max(0, Math.min(width, from + length) - from);
        expect(cellWidth(sliceCells(any, from, from + length))).toBe(expected);
      }),
    );
  });

  it('loses nothing between two slices', () => {
    fc.assert(
      fc.property(text, fc.nat(20), (any, at) => {
        const halves = cellWidth(sliceCells(any, 0, at)) + cellWidth(sliceCells(any, at, Infinity));
        expect(halves).toBe(cellWidth(any));
      }),
    );
  });
});

describe('truncateCells', () => {
  it('leaves what fits', () => {
    expect(truncateCells('abc', 3)).toBe('abc');
    expect(truncateCells('名前', 4)).toBe('名前');
  });

  it('ends what does not fit with an ellipsis', () => {
    expect(truncateCells('abcdef', 4)).toBe('abc…');
    expect(truncateCells('名前', 3)).toBe('名…');
    expect(truncateCells('名前', 2)).toBe(' …');
    expect(truncateCells('abcdef', 5, '...')).toBe('ab...');
    expect(truncateCells('abcdef', 1)).toBe('…');
    expect(truncateCells('abcdef', 0)).toBe('');
  });

  it('never takes more cells than it may', () => {
    fc.assert(
      fc.property(text, fc.nat(20), (any, width) => {
        expect(cellWidth(truncateCells(any, width))).toBe(Math.min(cellWidth(any), width));
      }),
    );
  });
});

describe('truncateStart', () => {
  it('keeps the end', () => {
    expect(truncateStart('newsroom.pictures.archive:1430', 16)).toBe('…es.archive:1430');
    expect(truncateStart('archive:1430', 12)).toBe('archive:1430');
    expect(truncateStart('archive:1430', 5, '...')).toBe('...30');
    expect([2, 1, 0, -1].map(width => truncateStart('abc', width))).toEqual(['…c', '…', '', '']);
  });

  it('takes exactly the width where something is cut, and ends as the text does', () => {
    fc.assert(
      fc.property(text, fc.integer({min: 2, max: 20}), (value, width) => {
        const cut = truncateStart(value, width);
        if (cut === value) expect(cellWidth(value)).toBeLessThanOrEqual(width);
        else expect([cut[0], cellWidth(cut)]).toEqual(['…', width]);
        expect(value.endsWith(cut.slice(1).trimStart())).toBe(true);
      }),
    );
  });
});

describe('truncateMiddle', () => {
  it('keeps beginning and end', () => {
    expect(truncateMiddle('load_customer_records', 12)).toBe('load_c…cords');
    expect(truncateMiddle('load_customer_records', 21)).toBe('load_customer_records');
    expect(truncateMiddle('load_customer_records', 9, '...')).toBe('loa...rds');
    expect([4, 3, 2, 1, 0].map(width => truncateMiddle('abcdef', width))).toEqual([
      'ab…f',
      'a…f',
      'a…',
      '…',
      '',
    ]);
  });

  it('takes exactly the width where something is cut', () => {
    fc.assert(
      fc.property(text, fc.integer({min: 0, max: 20}), (value, width) => {
        const cut = truncateMiddle(value, width);
        if (cut === value) expect(cellWidth(value)).toBeLessThanOrEqual(width);
        else expect(cellWidth(cut)).toBe(width);
      }),
    );
  });
});
