import {copyFileSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, expect, it} from 'vitest';
import {COMMANDS} from '../../src/commands/commands.js';
import {formatKey} from '../../src/keymap/format-keys.js';
import {fixturesDirectory} from '../helpers/captures.js';
import {openTerminal, type Terminal} from '../helpers/terminal.js';

const nested = `${fixturesDirectory}/nested.bin`;
let terminal: Terminal;
afterEach(() => terminal.dispose());

async function open(path: string = nested, ...args: string[]): Promise<void> {
  terminal = openTerminal([...args, path], {columns: 140, rows: 64});
  await terminal.waitFor(/^❯ .*<ROOT>/mu);
}

/** What is selected: function and place. */
function waitForSelected(text: string): Promise<string> {
  return terminal.waitFor(screen =>
    screen.split('\n').some(line => line.startsWith('❯') && line.includes(text)),
  );
}

it('lists every command in the help, and closes it', async () => {
  await open();
  const before = terminal.screen();
  terminal.press('?');
  const help = await terminal.waitFor('one row up');
  for (const {keys, help: text} of COMMANDS) {
    expect(help).toContain(text.slice(0, 40));
    expect(help).toContain(keys.map(key => formatKey(key)).join(' '));
  }
  terminal.press('down', 'i', 'enter');
  terminal.press('?');
  await terminal.waitFor(screen => screen === before);
});

it('keeps the cursor when filters are switched', async () => {
  await open();
  terminal.press('down', 'down', 'down', 'down');
  await waitForSelected('main  nested:40');
  terminal.press('u');
  await terminal.waitFor('u Hide uninteresting');
  await waitForSelected('main  nested:40');
  expect(terminal.screen()).toContain('_run_module_code  <frozen runpy>:98');
  terminal.press('i');
  await terminal.waitFor('i Show import system');
  await waitForSelected('main  nested:40');
  terminal.press('i', 'u');
  await terminal.waitFor('u Show uninteresting');
  await waitForSelected('main  nested:40');
});

it('moves to the nearest ancestor when the selected node is hidden', async () => {
  await open();
  terminal.type('/pkgutil:22');
  terminal.press('backspace', 'backspace', 'backspace', 'enter');
  await terminal.waitFor('End search');
  await waitForSelected('pkgutil');
  terminal.press('escape');
  await terminal.waitFor(screen => !screen.includes('End search'));
  terminal.press('shift-down');
  await waitForSelected('<module>  pkgutil:22');
  terminal.press('i');
  await terminal.waitFor('i Show import system');
  await waitForSelected('_run_tracker  memray.commands.run:83');
});

it('searches the whole tree, goes to the matches and around, and ends the search', async () => {
  await open();
  terminal.type('/Build');
  await terminal.waitFor('no match');
  terminal.press('ctrl-u');
  terminal.type('main');
  await terminal.waitFor(/\/main▏.*\d+ match/);
  terminal.press('enter');
  await terminal.waitFor('/main 1/2');
  await waitForSelected('main  nested:43');
  terminal.press('n');
  await terminal.waitFor('/main 2/2');
  await waitForSelected('main  nested:40');
  terminal.press('n');
  await terminal.waitFor('/main 1/2');
  terminal.press('N');
  await terminal.waitFor('/main 2/2');
  terminal.press('escape');
  await terminal.waitFor(screen => !screen.includes('End search'));
  await waitForSelected('main  nested:40');
});

it('types the keys of commands into a search, but Ctrl+C ends the program', async () => {
  await open();
  terminal.type('/qiu?.');
  await terminal.waitFor('/qiu?.▏');
  terminal.press('ctrl-c');
  expect((await terminal.exited).code).toBe(130);
});

it('takes Esc and the key after it for two keys when they are read together', async () => {
  await open();
  terminal.press('?');
  await terminal.waitFor('one row up');
  terminal.press('escape', 'j');
  await waitForSelected('_run_tracker');
  terminal.press('?');
  await terminal.waitFor('one row up');
  terminal.press('escape', 'q');
  expect((await terminal.exited).code).toBe(0);
});

it.each([
  ['an answer about the background', '\u001b]11;rgb:00'],
  ['pasted text', '\u001b[200~Q'],
  ['a mouse report', '\u001b[<0;1'],
  ['a key', '\u001b[1;'],
])('obeys q and Ctrl+C after %s without an end', async (_, start) => {
  await open();
  terminal.type(start);
  terminal.press('q');
  expect((await terminal.exited).code).toBe(0);
  terminal.dispose();
  await open();
  terminal.type(start);
  terminal.press('ctrl-c');
  expect((await terminal.exited).code).toBe(130);
});

it('searches for pasted text as a whole, and obeys Ctrl+C in the middle of a large one', async () => {
  await open();
  terminal.press('/');
  terminal.type('\u001b[200~main\u001b[201~');
  await terminal.waitFor(/\/main▏.*\d+ match/);
  terminal.type(`\u001b[200~${'abc\n'.repeat(100_000)}\u001b[201~`);
  terminal.press('ctrl-c');
  expect((await terminal.exited).code).toBe(130);
});

it('takes pasted text for no keys, nor the line ends in it where something is typed', async () => {
  await open();
  terminal.type('\u001b[200~q\rexit\r\u001b[201~');
  await terminal.waitFor('Pasted text is taken only where something is typed');
  terminal.press('/');
  terminal.type('\u001b[200~re:^main$\rq\r\u001b[201~');
  await terminal.waitFor('/re:^main$ q▏');
  terminal.press('ctrl-c');
  expect((await terminal.exited).code).toBe(130);
});

it('gives the source the keys, and the larger part, on Tab', async () => {
  await open();
  const getDivider = () => terminal.lines()[0]!.indexOf('│');
  const before = getDivider();
  terminal.press('tab');
  await terminal.waitFor('Tab Tree');
  expect(getDivider()).toBeLessThan(before);
  terminal.press('tab');
  await terminal.waitFor('Tab Source');
  expect(getDivider()).toBe(before);
});

it('reads the file again on R, and keeps what is open', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'memray-tree-'));
  const path = join(folder, 'changing.bin');
  try {
    copyFileSync(nested, path);
    await open(path);
    terminal.press('down', 'down');
    await waitForSelected('nested:47');
    copyFileSync(`${fixturesDirectory}/threads.bin`, path);
    terminal.press('R');
    await terminal.waitFor('peak 1.248MB');
    await waitForSelected('_run_tracker');
    copyFileSync(nested, path);
    terminal.press('R');
    await terminal.waitFor('peak 3.664MB');
    rmSync(path);
    terminal.press('R');
    await terminal.waitFor('no such file');
    expect(terminal.screen()).toMatch(/3\.664MB 100\.00 % .*<ROOT>/);
    terminal.press('q');
    expect((await terminal.exited).code).toBe(0);
  } finally {
    rmSync(folder, {recursive: true});
  }
});
