import {afterEach, expect, it} from 'vitest';
import {listCaptures} from '../helpers/captures.js';
import {openTerminal, type Terminal} from '../helpers/terminal.js';

const captures = new Map(listCaptures().map(({name, path}) => [name, path]));
let terminal: Terminal;
afterEach(() => terminal.dispose());

async function open(capture: string, ...args: string[]): Promise<void> {
  terminal = openTerminal([...args, captures.get(capture)!], {columns: 120, rows: 30});
  await terminal.waitFor(/^[❯>] .*<ROOT>/m);
}

/** What a terminal sends for a mouse button (0 left, 64 and 65 the wheel) on a cell, both from 0. */
function report(button: number, column: number, row: number, end = 'M'): string {
  return `\u001b[<${button};${column + 1};${row + 1}${end}`;
}

it('selects and opens the row that is clicked, and closes it at the next click', async () => {
  await open('nested');
  const row = terminal.lines().findIndex(line => line.includes('nested:40'));
  terminal.type(report(0, 20, row) + report(0, 20, row, 'm'));
  await terminal.waitFor(/^❯ .*└▾ 📂 main {2}nested:40/mu);
  terminal.type(report(0, 20, row) + report(0, 20, row, 'm'));
  await terminal.waitFor(/^❯ .*└▸ 📂 main {2}nested:40/mu);
  // The middle button and clicks beside the rows do nothing to the tree.
  terminal.type(report(1, 20, 1) + report(2, 20, 25) + report(0, 20, 25));
  terminal.press('up');
  await terminal.waitFor(/^❯ .*nested:43/m);
});

it('scrolls by the wheel and leaves the cursor where it is', async () => {
  await open('imports');
  terminal.press('E', 'end');
  await terminal.waitFor(screen => !/^❯ .*<ROOT>/m.test(screen));
  terminal.press('home');
  await terminal.waitFor(/^❯ .*<ROOT>/m);
  terminal.type(report(65, 10, 5).repeat(3));
  await terminal.waitFor(screen => !/^❯ .*<ROOT>/m.test(screen));
  terminal.type(report(64, 10, 5).repeat(3));
  await terminal.waitFor(/^❯ .*<ROOT>/m);
  terminal.type(report(65, 10, 5).repeat(3));
  await terminal.waitFor(screen => !/^❯ .*<ROOT>/m.test(screen));
  terminal.press('down');
  await terminal.waitFor(/^❯ .*[├└╰]/m);
});

it('gives the source the focus by a click on it', async () => {
  await open('nested');
  terminal.type(report(0, 100, 5));
  await terminal.waitFor('Tab Tree');
  terminal.type(report(0, 10, 20));
  await terminal.waitFor('Tab Source');
});

it('opens the steps at a row with the right button, and takes the one that is clicked', async () => {
  await open('nested');
  const row = terminal.lines().findIndex(line => line.includes('nested:40'));
  terminal.type(report(2, 20, row) + report(2, 20, row, 'm'));
  const menu = await terminal.waitFor('Steps at this row');
  const drop = menu.split('\n').findIndex(line => line.includes('drop fn:=main'));
  terminal.type(report(65, 10, 3));
  await terminal.waitFor(/^❯ .*drop fn:=main/mu);
  terminal.type(report(0, 8, drop) + report(0, 8, drop, 'm'));
  await terminal.waitFor(/^peak › drop fn:=main/mu);
  // A click on the line of steps goes onto it.
  terminal.type(report(0, 2, 0) + report(0, 2, 0, 'm'));
  await terminal.waitFor(/^\[peak\]› drop fn:=main/mu);
  terminal.type(report(2, 20, 5));
  await terminal.waitFor('Steps at this row');
  terminal.type(report(2, 20, 5));
  await terminal.waitFor(/^peak › drop fn:=main/mu);
});

it('takes a report that arrives in pieces, and the Esc key', async () => {
  await open('nested');
  const row = terminal.lines().findIndex(line => line.includes('pkgutil:22'));
  for (const character of report(0, 20, row)) terminal.type(character);
  await terminal.waitFor(/^❯ .*pkgutil:22/m);
  terminal.press('?');
  await terminal.waitFor('one row up');
  terminal.press('escape');
  await terminal.waitFor(/^❯ .*pkgutil:22/m);
});

it('leaves the mouse to the terminal with --no-mouse', async () => {
  await open('nested', '--no-mouse');
  terminal.press('q');
  expect((await terminal.exited).code).toBe(0);
  expect(terminal.output()).not.toMatch(/\?100[0-9]/);
});

it('stays below the prompt with --inline', async () => {
  await open('nested', '--inline');
  terminal.press('down');
  await terminal.waitFor(/^❯ .*[├└╰]/m);
  terminal.press('q');
  expect((await terminal.exited).code).toBe(0);
  expect(terminal.output()).not.toContain('?1049');
  expect(terminal.output()).not.toMatch(/\?100[0-9]/);
  expect(terminal.isCursorHidden()).toBe(false);
});

it('draws plain ASCII with --ascii, the names apart', async () => {
  await open('nested', '--ascii');
  terminal.press('down', 'down', 'tab', 'tab');
  terminal.press('?');
  await terminal.waitFor('one row up');
  terminal.press('?', '/');
  terminal.type('main\r');
  await terminal.waitFor('/main 1/2');
  terminal.press('q');
  expect((await terminal.exited).code).toBe(0);
  // The names in this capture are ASCII as well; only sources may hold more.
  expect(terminal.output().match(/[^\0-\u007f]/gu) ?? []).toEqual([]);
});
