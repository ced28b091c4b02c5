import {expect, it} from 'vitest';
import {listCaptures, readGoldenOf} from '../helpers/captures.js';
import {openTerminal, type Terminal} from '../helpers/terminal.js';

const nested = listCaptures().find(capture => capture.name === 'nested')!;

interface RowsGolden {
  readonly states: readonly [{readonly rows: readonly {readonly depth: number; readonly label: string}[]}];
}

/** memray's rows; the module of the recorded script has a short name here. */
function readStartRows(): string[] {
  const golden = readGoldenOf(nested, 'rows-start') as RowsGolden;
  return golden.states[0].rows.map(({label}) => label.replace('  nested.py:', '  nested:'));
}

/**
 * The rows in sight, each in the form of memray's: numbers, guides and names are in columns of their own
 * here.
 */
function readRows(terminal: Terminal, columns: number): string[] {
  const form = /^[❯ ] {1,5}(\S+) {1,3}([\d.]+ %) [▇│├└╰▾▸─ ]*([📂📄]) (.*?)\s*(?:[│◂].*)?$/u;
  return terminal.lines().flatMap(line => {
    const [, size, percent, icon, names] = form.exec(line.slice(0, columns)) ?? [];
    return size === undefined ? [] : [`${icon} ${size} (${percent}) ${names}`];
  });
}

async function openNested(columns: number, rows: number, ...args: string[]): Promise<Terminal> {
  const terminal = openTerminal([...args, nested.path], {columns, rows});
  await terminal.waitFor(screen => screen.includes('3.664MB'));
  return terminal;
}

async function quit(terminal: Terminal): Promise<void> {
  terminal.press('q');
  expect(await terminal.exited).toEqual({code: 0, signal: undefined});
  terminal.dispose();
}

it('shows memray’s first rows on a wide screen, with the source and the status', async () => {
  const terminal = await openNested(120, 40);
  const rows = readRows(terminal, 120);
  expect([...rows].sort()).toEqual(readStartRows().sort());
  expect(rows.slice(0, 5)).toEqual(readStartRows().slice(0, 5));
  expect(rows[5]).toBe('📂 3.286kB (0.09 %) get_importer  pkgutil:422');
  expect(terminal.isAlternateScreen()).toBe(true);
  expect(terminal.isCursorHidden()).toBe(true);
  expect(terminal.screen()).toMatch(/💾 Allocations: 260\s/);
  expect(terminal.lines().at(-2)).toMatch(/^peak .*3\.664MB/);
  expect(terminal.lines().at(-1)).toMatch(
    /^q Quit {2}\? Help {2}i Hide import system {2}u Show uninteresting/,
  );
  await quit(terminal);
});

it('shows the tree above the source on a narrower screen', async () => {
  const terminal = await openNested(80, 24);
  const rows = readRows(terminal, 80);
  expect(rows).toHaveLength(9);
  expect(readStartRows()).toEqual(expect.arrayContaining(rows));
  expect(terminal.lines().findIndex(line => line.includes('💾'))).toBeGreaterThan(rows.length);
  terminal.press('down', 'down', 'down');
  await terminal.waitFor('Function: main');
  // Divider, 8 lines of source or of the paths that were tried, rule, facts.
  expect(terminal.lines().findIndex(line => line.includes('🧭'))).toBeGreaterThanOrEqual(9 + 1 + 8 + 1);
  await quit(terminal);
});

it('shows both on a screen of 60 by 15', async () => {
  const terminal = await openNested(60, 15);
  const labels = readRows(terminal, 60);
  expect(labels.slice(0, 4)).toEqual([
    '📂 3.664MB (100.00 %) <ROOT>',
    '📂 3.661MB (99.92 %) _run_tracker  …ay.commands.run:83',
    '📂 3.621MB (98.82 %) <module>  nested:47',
    '📄 2.000MB (54.59 %) main  nested:43',
  ]);
  expect(terminal.screen()).toContain('💾 Allocations: 260');
  await quit(terminal);
});

it.each([
  [59, 30],
  [100, 14],
])('shows only the tree on a screen of %i by %i', async (columns, rows) => {
  const terminal = await openNested(columns, rows);
  expect(readRows(terminal, columns).length).toBeGreaterThanOrEqual(Math.min(rows - 2, 15));
  expect(terminal.screen()).not.toContain('Allocations:');
  await quit(terminal);
});

it.each([
  [20, 5],
  [5, 20],
  [3, 3],
  [2, 1],
  [1, 1],
])('lives on a screen of %i by %i', async (columns, rows) => {
  const terminal = openTerminal([nested.path], {columns, rows});
  await terminal.waitFor(screen => screen.trim() !== '');
  terminal.press('down', 'right', '?', '?', 'tab', 'tab');
  await quit(terminal);
  expect(terminal.output()).not.toMatch(/rror/);
});

it('opens at once what it was asked to by options', async () => {
  const terminal = await openNested(160, 40, '--hide-import-system', '--show-uninteresting');
  expect(terminal.lines().at(-1)).toContain('i Show import system  u Hide uninteresting');
  expect(terminal.screen()).toMatch(/run_path {2}<frozen runpy>:291/);
  expect(terminal.screen()).not.toMatch(/<module> {2}pkgutil/);
  await quit(terminal);
});

it('never says that nothing was allocated before it knows', async () => {
  const terminal = await openNested(80, 24);
  expect(terminal.output()).not.toContain('No allocations');
  await quit(terminal);
});
