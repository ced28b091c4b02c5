import {afterEach, describe, expect, it} from 'vitest';
import {fixturesDirectory} from '../helpers/captures.js';
import {openTerminal, type Terminal} from '../helpers/terminal.js';

let terminal: Terminal;
afterEach(() => terminal.dispose());

async function open(name: string, ...args: string[]): Promise<string> {
  terminal = openTerminal([...args, `${fixturesDirectory}/${name}.bin`], {columns: 140, rows: 40});
  return terminal.waitFor(screen => /^❯ .*<ROOT>/mu.test(screen) && screen.includes('peak ·'));
}

const type = (text: string): void => terminal.press(...Array.from(text));

/** What the program says of a view: the line of crumbs. */
const getCrumbs = (screen: string): string => screen.split('\n')[0]!.replaceAll(/ {2,}/g, '  ').trim();

describe('on the screen', () => {
  it('filters while one types, turns, and comes back to exactly the frame before', async () => {
    const before = await open('nested');
    type('fmake_row');
    const filtered = await terminal.waitFor('peak › through make_row');
    expect(getCrumbs(filtered)).toBe('peak › through make_row  711.375kB of 3.664MB (19.42 %)');
    terminal.press('enter', '2');
    await terminal.waitFor(/^peak › through make_row › inverted .*\n.*<ROOT>.*\n.*make_row {2}nested:6/mu);
    terminal.press('backspace', 'backspace');
    await terminal.waitFor(screen => screen === before);
  });

  it('shows a table, sorted by own size, with headings', async () => {
    await open('nested');
    type('3Ls');
    const screen = await terminal.waitFor(/-Own {3}Count Function/);
    expect(getCrumbs(screen)).toBe('peak › by function › flat › sort own  3.664MB of 3.664MB (100.00 %)');
    expect(screen).toMatch(/^ {4}3\.621MB {2}98\.82 % ▇+ +2\.000MB {5}216 main {2}nested/mu);
  });

  it('says the command of the view, which prints the same', async () => {
    await open('nested', '--through', 'make_row');
    type('LY');
    await terminal.waitFor(/^Copied: memray-tree-ink --view 'through:make_row by:function' .*nested\.bin/m);
  });

  it('changes between peak, leaks and temporary allocations of a file', async () => {
    await open('nested');
    type('v');
    await terminal.waitFor(/^leaks ·/m);
    type('v');
    await terminal.waitFor(/^temporary \(within 1\) ·/m);
    type('v');
    await terminal.waitFor(/^peak ·/m);
  });

  it('lists the threads, and shows one of them', async () => {
    await open('threads');
    type('t');
    await terminal.waitFor('all threads');
    terminal.press('down', 'enter');
    await terminal.waitFor(/^peak › thread =0x4/m);
  });

  it('finds commands in the palette', async () => {
    await open('nested');
    type(':inverted');
    await terminal.waitFor('apply inverted');
    terminal.press('enter');
    await terminal.waitFor(/^peak › inverted/m);
  });

  it('loads all locations of a native capture when a step needs them', async () => {
    await open('native-nested', '-b', '2');
    type('fmain');
    await terminal.waitFor(/^peak › through main/m);
    await terminal.waitFor(screen => !screen.includes('are not loaded'));
  });
});
