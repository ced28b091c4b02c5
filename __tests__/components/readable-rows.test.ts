import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {CommandId} from '../../src/commands/commands.js';
import {cellWidth} from '../../src/format/cells.js';
import type {Snapshot} from '../../src/heap/snapshot.js';
import {createTreeStore, type TreeStore} from '../../src/session/create-tree-store.js';
import {arbitraryTree} from '../helpers/arbitrary-tree.js';
import {fixturesDirectory, listCaptures} from '../helpers/captures.js';
import {type DrawnRow, layOutTexts} from '../helpers/print-screen-rows.js';
import {parseSnapshot} from '../helpers/read-snapshot.js';
import {parseSnapshot as parseText} from '../helpers/tree-text.js';

const SIZES = [
  [80, 24],
  [100, 30],
  [120, 40],
  [200, 60],
] as const;

/** What is looked at after each step; the last ones give the tree the smaller part of the screen. */
const WALK: readonly (readonly CommandId[])[] = [
  [],
  ['pageDown'],
  ['goToLast'],
  ['goToFirst', 'openSubtree'],
  ['pageDown', 'pageDown', 'pageDown'],
  ['toggleUninteresting'],
  ['goToLast'],
  ['halfPageUp', 'switchFocus'],
  ['switchFocus', 'goToFirst'],
];

/** What is wrong with a row as it is drawn; null where nothing is. */
function findProblem({text, label}: DrawnRow, width: number): string | null {
  const {size, percent, function: name, place, notes = []} = label;
  if (cellWidth(text) > width) return 'it is wider than its pane';
  if (label.icon === 'none') return null;
  if (text.slice(2, 11).trim() !== size) return `its size is not ${size}`;
  if (text.slice(11, 20).trim() !== percent) return `its percent is not ${percent}`;
  const [, names = ''] = /(?:📂|📄|❓) (.*)$/u.exec(text.trimEnd()) ?? [];
  const shownName = getShownName(names, name);
  if (shownName === null) return `its function is not that or a part of ${name}`;
  if (shownName !== name && cellWidth(shownName) < 12) return `only ${shownName} of ${name}`;
  const rest = names.slice(shownName.length);
  if (rest === '') return place === '' ? null : `its place is not ${place}`;
  const shown = rest.slice(2);
  if (!rest.startsWith('  ')) return 'nothing parts function and place';
  if (shown === place || notes.includes(shown as never)) return null;
  const line = /:\d+$/.exec(place)?.[0] ?? '';
  const isEnd = shown.startsWith('…') && place.endsWith(shown.slice(1).trimStart());
  return isEnd && shown.endsWith(line) ? null : `its place is not the end of ${place}`;
}

/** The function at the beginning of a text: whole, or its beginning and its end around an ellipsis. */
function getShownName(text: string, name: string): string | null {
  if (text === name || text.startsWith(`${name}  `)) return name;
  const head = text.slice(0, text.indexOf('…'));
  const after = text.slice(head.length + 1);
  if (!text.includes('…') || !name.startsWith(head.trimEnd())) return null;
  for (let length = after.length; length > 0; length--) {
    // Half of a wide character is drawn as a blank.
    if (name.endsWith(after.slice(0, length).trimStart())) return text.slice(0, head.length + 1 + length);
  }
  return null;
}

function walk(snapshot: Snapshot, check: (store: TreeStore) => void): void {
  for (const [columns, rows] of SIZES) {
    const store = createTreeStore({snapshot, columns, rows});
    for (const commands of WALK) {
      for (const command of commands) store.actions.run(command);
      check(store);
    }
  }
}

function expectReadable(store: TreeStore): void {
  const state = store.getState();
  const {width, height} = state.layout!.tree!;
  const rows = layOutTexts(state, {width, height, screenColumns: state.screen.columns});
  expect(rows.length).toBe(Math.min(height, state.rows.length));
  const problems = rows.flatMap(row => findProblem(row, width) ?? []);
  expect(problems, rows.map(row => row.text).join('\n')).toEqual([]);
  for (const {text, label} of rows) {
    if (state.screen.columns < 100) expect(text).not.toContain('▇');
    else if (label.share > 0.125) expect(text.slice(20)).toMatch(/^ ▇+ /);
  }
}

/** Captures with a tree: those that are no captures have none. */
function readTree(path: string): Snapshot | null {
  try {
    return parseSnapshot(readFileSync(path));
  } catch {
    return null;
  }
}

/** All captures at hand, and those of the project that are not among them. */
function listAll(): readonly (readonly [string, string])[] {
  const captures = [...listCaptures(fixturesDirectory), ...listCaptures()];
  return [...new Map(captures.map(({name, path}) => [name, path]))];
}

describe('every row in sight has whole numbers, 12 cells of its function and the end of its place', () => {
  test.each(listAll())('%s', (_, path) => {
    const snapshot = readTree(path);
    if (snapshot !== null) walk(snapshot, expectReadable);
  });

  test('a tree of 300 levels that branches at each', () => {
    const lines = Array.from({length: 300}, (_, level) => {
      const indent = '  '.repeat(level);
      return `${indent}handle_incoming_request_${level} app/handlers/requests.py:${level + 1}\n${indent}  log app/log.py:${level + 1000} 10`;
    });
    walk(parseText(`${lines.join('\n')}\n${'  '.repeat(300)}end app/end.py:1 90`), store => {
      expectReadable(store);
      for (let step = 0; step < 7; step++) store.actions.run('moveDown');
      expectReadable(store);
    });
  });
});

test('lines of one function that differ at their end only are distinguished', () => {
  const text = [41, 25, 18, 15]
    .map(
      (bytes, index) =>
        `  <module> /srv/very/long/path/to/some/package/plugins/report.py:${index + 1} ${bytes}`,
    )
    .join('\n');
  walk(parseText(`main /srv/app.py:1\n${text}`), store => {
    const state = store.getState();
    const {width, height} = state.layout!.tree!;
    const texts = layOutTexts(state, {width, height, screenColumns: state.screen.columns}).map(
      row => row.text,
    );
    const ends = texts.flatMap(row => /<module> {2}(\S+)/.exec(row)?.[1] ?? []);
    expect(new Set(ends).size).toBe(4);
    for (const end of ends) expect(end).toMatch(/ort\.py:\d$/);
  });
});

const COMMANDS: readonly CommandId[] = [
  ...['moveDown', 'moveUp', 'goToLast', 'goToFirst', 'openSubtree', 'openChain', 'toggle', 'closeAll'],
  ...['toggleUninteresting', 'toggleImportSystem', 'pageDown', 'goToParent'],
] as const;

test('in a pane of any size, of any tree, rows fill no more than the pane, and numbers are whole or not there', () => {
  const pane = fc.record({
    width: fc.integer({min: 0, max: 60}),
    height: fc.integer({min: 0, max: 12}),
    screenColumns: fc.constantFrom(20, 99, 100, 300),
  });
  const commands = fc.array(fc.constantFrom(...COMMANDS), {maxLength: 8});
  fc.assert(
    fc.property(arbitraryTree(), pane, commands, (tree, size, keys) => {
      const store = createTreeStore({tree});
      store.actions.setViewport(size.width, size.height);
      for (const key of keys) store.actions.run(key);
      for (const {text, label} of layOutTexts(store.getState(), size)) {
        expect(cellWidth(text)).toBeLessThanOrEqual(size.width);
        // Both numbers, the size alone, or a row that begins with its guides.
        const numbers = /[\d.]+(?:B|kB) +(?:[\d.]+ %)?/.exec(text.slice(0, 22))?.[0].trim() ?? '';
        const whole = [`${label.size} ${label.percent}`, label.size, ''];
        expect(whole).toContain(numbers.replace(/ +/, ' '));
      }
    }),
    {numRuns: 500},
  );
});
