import {readFileSync} from 'node:fs';
import {type AddressInfo, createServer} from 'node:net';
import {afterEach, describe, expect, it} from 'vitest';
import {formatBytes} from '../../src/format/numbers.js';
import {fixturesDirectory} from '../helpers/captures.js';
import {decodeLz4} from '../helpers/decode-lz4.js';
import {runProgram} from '../helpers/run-program.js';
import {nodeBinary, openTerminal, programPath, type Terminal} from '../helpers/terminal.js';

let terminal: Terminal;
afterEach(() => terminal.dispose());

async function open(name: string, ...args: string[]): Promise<string> {
  terminal = openTerminal([...args, `${fixturesDirectory}/${name}.bin`], {columns: 140, rows: 40});
  return terminal.waitFor(screen => /^❯ .*<ROOT>/mu.test(screen) && screen.includes('peak ·'));
}

const type = (text: string): void => terminal.press(...Array.from(text));

/** What the program says of a view: the line of crumbs. */
const getCrumbs = (screen: string): string => screen.split('\n')[0]!.replaceAll(/ {2,}/g, '  ').trim();

/** How much of captures goes through a function. */
async function nameKept(term: string, ...paths: readonly string[]): Promise<string> {
  const {stdout} = await runProgram(['--json', '--through', term, ...paths]);
  return `${formatBytes(JSON.parse(stdout).kept.bytes)} of`;
}

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

  it('shows imported modules, the lines of one of them, and walks along those that cost much', async () => {
    await open('imports');
    terminal.press('8');
    const imports = await terminal.waitFor(/-Total .* Count Module/);
    expect(getCrumbs(imports)).toMatch(/^peak › imports /);
    expect(imports).toMatch(/email\.headerregistry {2}by email\.policy:9/);
    terminal.press('down', '9');
    await terminal.waitFor(/^peak › lines \w+\.py /m);
    terminal.press('M');
    expect(await terminal.waitFor(/-Total .* Count Function/)).toMatch(/<module> {2}\S+:\d+/);
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

  it('filters all locations of a native capture that can be read only once', async () => {
    const path = `${fixturesDirectory}/native-nested.bin`;
    const command = ['bash', '-c', 'cat "$1" | "$2" "$3" -b 2 -', 'bash', path, nodeBinary, programPath];
    terminal = openTerminal([], {columns: 140, rows: 40, command});
    await terminal.waitFor(screen => /^❯ .*<ROOT>/mu.test(screen) && screen.includes('peak ·'));
    const kept = await nameKept('main', `${fixturesDirectory}/native-nested.bin`);
    type('fmain');
    const screen = await terminal.waitFor(
      shown => shown.startsWith('peak › through main') && shown.includes(kept),
    );
    expect(screen).not.toMatch(/only once|are not loaded/);
  });

  it('filters all locations of several native captures, one of which can be read only once', async () => {
    const path = `${fixturesDirectory}/native-nested.bin`;
    const command = ['bash', '-c', 'cat "$1" | "$2" "$3" -b 2 - "$1"', 'bash', path, nodeBinary, programPath];
    // The whole name: with several captures a row is named after each of their paths, and a term finds it there too.
    const kept = await nameKept('=main', path, path);
    terminal = openTerminal([], {columns: 140, rows: 40, command});
    await terminal.waitFor(screen => /^❯ .*<ROOT>/mu.test(screen) && screen.includes('peak ·'));
    type('f=main');
    const screen = await terminal.waitFor(
      shown => shown.startsWith('peak › through =main') && shown.includes(kept),
    );
    expect(screen).not.toMatch(/only once|are not loaded/);
  });

  it('filters a native live run, and keeps it', async () => {
    const records = decodeLz4(readFileSync(`${fixturesDirectory}/native-nested.bin`));
    let connections = 0;
    const server = createServer(socket => {
      connections++;
      socket.on('error', () => {});
      socket.end(records);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const {port} = server.address() as AddressInfo;
    terminal = openTerminal(['--live', String(port), '-b', '2'], {columns: 140, rows: 40});
    await terminal.waitFor(screen => /^❯ .*<ROOT>/mu.test(screen) && screen.includes('peak · port'));
    const kept = await nameKept('main', `${fixturesDirectory}/native-nested.bin`);
    type('fmain');
    const screen = await terminal.waitFor(
      shown => shown.startsWith('peak › through main') && shown.includes(kept),
    );
    expect(screen).not.toContain('are not loaded');
    terminal.press('enter', '2');
    await terminal.waitFor(/^peak › through main › inverted/m);
    server.close();
    expect(connections).toBe(1);
  });

  it('walks along the steps, removes one, cuts back, and takes all of it back', async () => {
    await open('nested', '--view', 'through:make_row drop:fn:=load by:function inverted');
    const before = await terminal.waitFor('peak › through make_row › ');
    terminal.press(',');
    const walking = await terminal.waitFor('by function ›[inverted]');
    expect(walking).toContain('← → Choose  Enter Cut back to here  x Remove only this  Esc Leave');
    terminal.press('left', 'left', 'left', 'x');
    await terminal.waitFor(/^ peak ›\[drop fn:=load \(no match\)\]› by function › inverted/mu);
    terminal.press('enter');
    await terminal.waitFor(/^peak › drop fn:=load \(no match\) {2}/mu);
    terminal.press('backspace', 'backspace');
    await terminal.waitFor(screen => screen === before);
    terminal.press(',');
    await terminal.waitFor('by function ›[inverted]');
    terminal.press('escape');
    await terminal.waitFor(screen => screen === before);
  });

  it('strikes a step without its target through, and marks it without colors too', async () => {
    const query = 'root:make_row zoom:make_row@/nowhere.py:1';
    const path = `${fixturesDirectory}/nested.bin`;
    terminal = openTerminal(['--view', query, '--ascii', '--theme', 'mono', path], {columns: 140, rows: 40});
    await terminal.waitFor('peak > root make_row > zoom make_row');
    terminal.press(',');
    await terminal.waitFor('peak > root make_row >[zoom make_row]');
    terminal.press('left', 'x');
    await terminal.waitFor('peak >[zoom make_row (no match)]');
    terminal.press('escape');
    await terminal.waitFor(/^peak > zoom make_row \(no match\)/m);
    const cell = terminal.emulator.buffer.active.getLine(terminal.emulator.buffer.active.baseY)!.getCell(8)!;
    expect([cell.getChars(), cell.isStrikethrough() !== 0]).toEqual(['o', true]);
    // The steps that are left do nothing, and so the command of the view is the plain one.
    type('Y');
    await terminal.waitFor(/^Copied: memray-tree-ink \S*nested\.bin/m);
  });

  it('shows percent of the view, the peak and the parent', async () => {
    await open('nested', '--through', 'make_row');
    await terminal.waitFor(/100\.00 % .*<ROOT>/);
    type('%');
    await terminal.waitFor(screen => /19\.42 % .*<ROOT>/.test(screen) && screen.includes('% of peak'));
    type('%');
    await terminal.waitFor(screen => /100\.00 % .*<ROOT>/.test(screen) && screen.includes('% of parent'));
    type('%');
    await terminal.waitFor(screen => screen.includes('Percent of what is shown'));
  });

  it('searches by terms, and by regular expressions when their engine is loaded', async () => {
    await open('nested');
    type('/fn:=make_row,=load');
    await terminal.waitFor(/^\/fn:=make_row,=load▏ {2}\d+ match/mu);
    terminal.press('ctrl-u');
    type('fn:re:^make_(row|cell)$');
    await terminal.waitFor(/^\/fn:re:\^make_\(row\|cell\)\$▏ {2}\d+ match/mu);
    terminal.press('ctrl-u');
    type('re:(');
    await terminal.waitFor('missing closing ): `(`');
    terminal.press('enter', 'escape');
    await terminal.waitFor(/^q Quit/mu);
  });

  it('keeps the threshold of temporary allocations', async () => {
    terminal = openTerminal(['--temporary-allocation-threshold', '3', `${fixturesDirectory}/nested.bin`], {
      columns: 140,
      rows: 40,
    });
    await terminal.waitFor(/^temporary \(within 3\) ·/m);
    for (const shown of [/^peak ·/m, /^leaks ·/m, /^temporary \(within 3\) ·/m]) {
      type('v');
      await terminal.waitFor(shown);
    }
  });
});
