import {expect, test} from 'vitest';
import {
  decodeFolded,
  decodeGprof2dot,
  decodePprof,
  decodeSpeedscope,
  parseCsv,
  sumStacks,
} from '../../helpers/decode-exports.js';
import {exportAs} from '../../helpers/export-formats.js';
import {buildSnapshot} from '../../helpers/snapshot-builder.js';

const NAMES = [
  '=cmd|calc',
  '+1',
  '-1',
  '@sum',
  '\tx',
  '\rx',
  '__proto__',
  'constructor',
  'a"b',
  "a'b",
  'a,b',
  'a;b',
  'a;=1+1',
  'a; @sum',
  'a\n=1+1',
  'a\r-1',
  'a|b',
  'a\nb',
  'a\r\nb',
  'a\u2028b',
  'a\u0085b',
  '</script><b>',
  '\0',
  'x 12',
  '',
];

const snapshot = buildSnapshot(
  NAMES.map((name, index) => ({
    stack: [
      ['main', 'app.py', 1],
      [name, name, 7],
    ],
    bytes: 1000 + index,
    thread: `0x1 (${name})`,
  })),
);

const EXPECTED = sumStacks(
  NAMES.map((name, index) => ({
    stack: [
      ['main', 'app.py', 1],
      [name, name, 7],
    ],
    bytes: 1000 + index,
    allocations: 1,
  })),
);

test('csv: no cell is a formula, and quotes, commas and line breaks stay in their cells', async () => {
  const rows = parseCsv(String(await exportAs('csv', snapshot)));
  expect(rows).toHaveLength(NAMES.length + 1);
  expect(rows.every(row => row.length === 6)).toBe(true);
  for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  const cells = rows.slice(1).map(row => row[5]);
  const guard = (name: string) =>
    `${/^[=+\-@\t\r]/.test(name) ? "'" : ''}${name}`
      .replace(';=', ";'=")
      .replace('; @', "; '@")
      .replace('\n=', "\n'=")
      .replace('\r-', "\r'-");
  const toCell = (name: string) => `${guard(name)};${guard(name)};7|main;app.py;1`;
  expect(cells.toSorted()).toEqual(NAMES.map(toCell).toSorted());
});

test('csv: no part is a formula for who separates cells by semicolons', async () => {
  // Quotes within a cell do not keep it together there.
  const cells = String(await exportAs('csv', snapshot)).split(/[;\r\n|]/);
  expect(cells.length).toBeGreaterThan(3 * NAMES.length);
  for (const cell of cells) expect(cell.replace(/^"/, '')).not.toMatch(/^ *[=+\-@\t]/);
});

test('csv: the names of threads as well', async () => {
  const named = buildSnapshot([{stack: [['f', 'a.py', 1]], bytes: 1, thread: '=1+1'}]);
  const [, row] = parseCsv(String(await exportAs('csv', named)));
  expect(row).toEqual(['', '1', '1', '', "'=1+1", 'f;a.py;1']);
});

test('folded: each stack is one line, and frames are told apart', async () => {
  const file = await exportAs('folded', snapshot);
  const sums = decodeFolded(file);
  // Some names are the same as folded text.
  expect(sums.size).toBe(NAMES.length - 3);
  for (const stack of sums.keys()) expect(stack.split(';')).toHaveLength(2);
  expect(String(file)).not.toMatch(/[\r\u0085\u2028]/);
  const at = (name: string) => 1000 + NAMES.indexOf(name);
  expect(sums.get('main (app.py:1);a,b (a,b:7)')).toBe(at('a;b') + at('a,b'));
  expect(sums.get('main (app.py:1);a b (a b:7)')).toBe(at('a\nb') + at('a\u2028b') + at('a\u0085b'));
  expect(sums.get('main (app.py:1);__proto__ (__proto__:7)')).toBe(at('__proto__'));
});

test('speedscope: names are as recorded', async () => {
  expect(decodeSpeedscope(await exportAs('speedscope', snapshot))).toEqual(EXPECTED);
});

test('pprof: names are as recorded', async () => {
  const {samples} = decodePprof(await exportAs('pprof', snapshot));
  expect(sumStacks(samples)).toEqual(EXPECTED);
  expect(new Set(samples.map(({labels}) => labels.thread))).toEqual(
    new Set(NAMES.map(name => `0x1 (${name})`)),
  );
});

test('gprof2dot: names are as recorded', async () => {
  const stacks = [...decodeGprof2dot(await exportAs('gprof2dot', snapshot)).keys()];
  expect(stacks.toSorted()).toEqual(
    NAMES.map(name =>
      JSON.stringify([
        ['main', 'app.py', 0],
        [name, name, 0],
      ]),
    ).toSorted(),
  );
});
