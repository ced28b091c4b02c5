import {describe, expect, test} from 'vitest';
import {drawGuides, formatRow, type RowSpec} from '../../components/row-text.js';
import {cellWidth} from '../../src/format/cells.js';
import {sanitize} from '../../src/format/sanitize.js';
import {computeGuides} from '../../src/store/row-window.js';
import {createTheme} from '../../src/style/theme.js';
import {computeVisibleRows, getGuides} from '../../src/tree/visible-rows.js';
import {parseTree} from '../helpers/tree-text.js';

const PLAIN = createTheme();
const COLORED = createTheme({depth: 'truecolor'});

function createSpec(change: Partial<RowSpec> & {name?: string; place?: string} = {}): RowSpec {
  const {name = 'main', place = 'app.cli:43', ...rest} = change;
  const label = {
    icon: 'calls',
    size: '3.661MB',
    percent: '99.92 %',
    heat: 99,
    function: sanitize(name),
    place: sanitize(place),
  } as const;
  return {label, depth: 0, isSelected: false, hasFocus: true, isMatch: false, column: 0, width: 60, ...rest};
}

const NONE = sanitize('');

describe('a row', () => {
  test('is marker, icon, size, percent, function and place', () => {
    expect(formatRow(createSpec(), NONE, PLAIN)).toBe('  📂 3.661MB (99.92 %) main  app.cli:43');
  });

  test('that is selected fills its pane; a match is marked beside it', () => {
    const row = formatRow(createSpec({isSelected: true, isMatch: true}), NONE, PLAIN);
    expect(row.trimEnd()).toBe('❯•📂 3.661MB (99.92 %) main  app.cli:43');
    expect(cellWidth(row)).toBe(60);
  });

  test('is cut at the edge of the pane by cells', () => {
    expect(formatRow(createSpec({width: 30}), NONE, PLAIN)).toBe('  📂 3.661MB (99.92 %) main  …');
    const wide = formatRow(createSpec({name: '計算する関数🎉の名前', width: 30}), NONE, PLAIN);
    expect(wide).toBe('  📂 3.661MB (99.92 %) 計算す…');
    expect(cellWidth(wide)).toBe(30);
    const half = formatRow(createSpec({name: '計算する関数🎉の名前', width: 31}), NONE, PLAIN);
    expect([half, cellWidth(half)]).toEqual(['  📂 3.661MB (99.92 %) 計算す …', 31]);
  });

  test('never exceeds its pane, whatever it holds and however far it is shifted', () => {
    for (const name of ['main', '計算する', '👩‍👩‍👧', 'é'.normalize('NFD').repeat(9), 'x'.repeat(200)]) {
      for (let width = 0; width < 50; width++) {
        for (const column of [0, 3, 7, 24, 100]) {
          const row = formatRow(createSpec({name, width, column, depth: 4, isSelected: true}), NONE, PLAIN);
          expect(cellWidth(row)).toBeLessThanOrEqual(width);
        }
      }
    }
  });

  test('shifted to the left shows what comes later', () => {
    expect(formatRow(createSpec({column: 20}), NONE, PLAIN)).toBe('   main  app.cli:43');
  });

  test('of an empty tree is its text alone', () => {
    const label = {...createSpec().label, icon: 'none', function: sanitize('<No allocations>')} as const;
    expect(formatRow(createSpec({label}), NONE, PLAIN)).toBe('  <No allocations>');
  });
});

describe('colours', () => {
  const show = (text: string) => text.replaceAll('\u001b', '^');

  test('are heat for the size, bold for the function, dim cyan for the place', () => {
    expect(show(formatRow(createSpec(), NONE, COLORED))).toBe(
      '  📂 ^[38;2;206;93;90m3.661MB (99.92 %)^[39m ^[1mmain^[22m  ^[2m^[36mapp.cli:43^[39m^[22m',
    );
  });

  test.each([
    ['256', '38;5;174'],
    ['16', '31'],
  ] as const)('of a terminal with %s', (depth, codes) => {
    expect(show(formatRow(createSpec(), NONE, createTheme({depth})))).toContain(`^[${codes}m3.661MB`);
  });

  test('of the selected row are one bar', () => {
    const row = show(formatRow(createSpec({isSelected: true, width: 50}), NONE, COLORED));
    expect(row).toContain('^[7m3.661MB (99.92 %)^[27m^[7m ^[27m^[1m^[7mmain^[27m^[22m');
    expect(row).not.toContain('38;2');
    expect(row).toMatch(/\^\[7m +\^\[27m$/);
  });

  test('show what stands for invisible characters in reverse', () => {
    const row = show(formatRow(createSpec({name: 'a\u202eb'}), NONE, COLORED));
    expect(row).toContain('^[1ma^[22m^[7m‹202E›^[27m^[1mb^[22m');
    const selected = show(formatRow(createSpec({name: 'a\u202eb', isSelected: true}), NONE, COLORED));
    expect(selected).toContain('^[1m^[7ma^[27m^[22m‹202E›^[1m^[7mb^[27m^[22m');
  });

  test('may be other ones', () => {
    const theme = createTheme({depth: '16', codes: {function: '35'}});
    expect(show(formatRow(createSpec(), NONE, theme))).toContain('^[35mmain^[39m');
  });
});

describe('guides', () => {
  const TREE = parseTree(`
    a a.py:1
      b a.py:2
        c a.py:3 9
        d a.py:4 8
      e a.py:5
        f a.py:6 7
    g a.py:7 1
  `);
  const rows = computeVisibleRows(TREE, new Uint8Array(TREE.length).fill(1));
  const draw = (from: number, column: number, width: number) => {
    const nodes = rows.subarray(from);
    const guides = computeGuides(TREE, nodes, column, width);
    return Array.from(nodes, (node, index) =>
      drawGuides(guides, index, TREE.depth[node]!, 'leaf', {column, width}, PLAIN.glyphs),
    );
  };

  test('show who is whose child', () => {
    expect(draw(0, 0, 40).map(text => `${text}*`)).toEqual([
      '*',
      '├─ *',
      '│  ├─ *',
      '│  │  ├─ *',
      '│  │  └─ *',
      '│  └─ *',
      '│     └─ *',
      '└─ *',
    ]);
  });

  test('are the same in any window: what a naive walk up from each row gives', () => {
    const naive = Array.from(rows, node => {
      const bits = getGuides(TREE, node);
      return bits.map((goesOn, at) =>
        at === bits.length - 1 ? (goesOn ? '├─ ' : '└─ ') : goesOn ? '│  ' : '   ',
      );
    });
    for (let from = 0; from < rows.length; from++) {
      for (let column = 0; column < 12; column++) {
        for (let width = 2; width < 14; width++) {
          const expected = naive.slice(from).map(pieces => pieces.join('').slice(column, column + width - 2));
          expect(draw(from, column, width)).toEqual(expected);
        }
      }
    }
  });

  test('wider than the pane end in an ellipsis', () => {
    const guides = draw(3, 0, 9)[0]!;
    expect(formatRow(createSpec({depth: 3, width: 9}), guides, PLAIN)).toBe('  │  │  …');
  });
});
