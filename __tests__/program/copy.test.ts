import {mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {hostname, tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {writeCapture} from '../helpers/capture-writer.js';
import {openTerminal, type Terminal, type TerminalOptions} from '../helpers/terminal.js';

let folder: string;
let terminal: Terminal;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'copy-')));
});
afterEach(() => {
  terminal.dispose();
  rmSync(folder, {recursive: true});
});

/** Opens a capture of one function in a source file of this name, selected. Returns the file and the screen. */
async function open(name: string, options: TerminalOptions = {}, args: readonly string[] = []) {
  const file = join(folder, name);
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(file, 'def load():\n    return bytes(1000)\n');
  const path = join(folder, 'results.bin');
  const bytes = writeCapture([
    {type: 'thread', id: 1},
    {type: 'code', id: 1, function: 'load', file, firstLine: 2, table: [0xe8, 0, 0xe8, 0]},
    {type: 'push', code: 1},
    {type: 'allocate', address: 64, size: 1000},
    {type: 'trailer'},
  ]);
  writeFileSync(path, bytes);
  const env = {TMUX: undefined, STY: undefined, ...options.env};
  terminal = openTerminal([...args, path], {columns: 80, rows: 30, ...options, env});
  await terminal.waitFor(' load ');
  terminal.press('down');
  const frame = await terminal.waitFor(
    screen => /^[❯>].* load /m.test(screen) && screen.includes('return bytes'),
  );
  return {file, path, frame};
}

/** What the program wrote into the clipboard. */
function listCopied(): string[] {
  return Array.from(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is made of them.
    terminal.output().matchAll(/(?<!\u001b)\u001b\]52;c;([^\u0007]*)\u0007/g),
    ([, text]) => Buffer.from(text!, 'base64').toString(),
  );
}

describe('copies', () => {
  it('the location and the command, and shows both whole', async () => {
    const long = `${'some-folder/'.repeat(12)}app.py`;
    const {file, path, frame} = await open(long);
    terminal.press('y');
    const shown = await terminal.waitFor('Copied: ');
    expect(shown.slice(shown.indexOf('Copied: ')).replaceAll('\n', '')).toBe(`Copied: ${file}:2`);
    expect(listCopied()).toEqual([`${file}:2`]);
    // The next key takes it away.
    terminal.press('up', 'down');
    await terminal.waitFor(screen => screen === frame);
    terminal.press('2', 'Y');
    await terminal.waitFor('Copied: memray-tree-ink --view inverted');
    expect(listCopied().at(-1)).toBe(`memray-tree-ink --view inverted ${path}`);
  });

  it('through tmux as well', async () => {
    const {file} = await open('app.py', {env: {TMUX: '/tmp/tmux,1,0'}});
    terminal.press('y');
    await terminal.waitFor('Copied: ');
    expect(listCopied()).toEqual([`${file}:2`]);
    const base64 = Buffer.from(`${file}:2`).toString('base64');
    expect(terminal.output()).toContain(`\u001bPtmux;\u001b\u001b]52;c;${base64}\u0007\u001b\\`);
  });

  it('nothing that a shell would run when it is pasted', async () => {
    const {file} = await open('a\nb\u001b[201~.py', {columns: 200});
    terminal.press('y');
    await terminal.waitFor('Copied: ');
    expect(listCopied()).toEqual([`${file.replace('\n', '␊').replace('\u001b', '␛')}:2`]);
    terminal.press('f');
    terminal.type('b\u001b');
    terminal.press('Z', 'Y');
    await terminal.waitFor('Copied: memray');
    expect(listCopied().at(-1)).not.toMatch(/\p{Cc}/u);
  });

  it('nothing where a row has no file, and says so', async () => {
    await open('app.py');
    terminal.press('up', 'y');
    await terminal.waitFor('Nothing here can be copied');
    expect(listCopied()).toEqual([]);
  });
});

/** The texts of links on the screen, by their addresses. */
function listLinks(): Map<string, string> {
  const links = new Map<string, string>();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is made of them.
  const pattern = /\u001b\]8;;([^\u001b]+)\u001b\\([^\u001b]*)\u001b\]8;;\u001b\\/g;
  for (const [, address, text] of terminal.output().matchAll(pattern)) links.set(address!, text!);
  return links;
}

const HOST = hostname().toLowerCase();

describe('links', () => {
  it('the location of a source that is there', async () => {
    const {frame} = await open('a b;é.py', {columns: 120});
    expect(frame).toContain('Location: ');
    const links = listLinks();
    expect([...links.keys()]).toEqual([`file://${HOST}${folder}/a%20b%3B%C3%A9.py`]);
    expect([...links.values()]).toEqual(['a b;é:2']);
  });

  it('to the line where the terminal takes that', async () => {
    await open('app.py', {env: {TERM: 'xterm-kitty'}});
    expect([...listLinks().keys()]).toEqual([`file://${HOST}${folder}/app.py#2`]);
  });

  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['--no-links', {}, ['--no-links']],
    ['--ascii', {}, ['--ascii']],
    ['few colors', {COLORTERM: ''}, []],
  ])('nothing with %s', async (_, env, args) => {
    await open('app.py', {env}, args);
    expect(terminal.output()).not.toContain('\u001b]8;');
  });

  it('leave no trace when the selection goes on', async () => {
    const {frame} = await open('app.py', {columns: 120});
    for (let round = 0; round < 3; round++) {
      terminal.press('up');
      await terminal.waitFor(/^❯.*<ROOT>/m);
      terminal.press('down');
      await terminal.waitFor(screen => screen === frame);
    }
    terminal.press('up');
    await terminal.waitFor(/^❯.*<ROOT>/m);
    // As many ends as starts: the terminal has no open link.
    const parts = terminal.output().split('\u001b]8;;');
    expect(parts.slice(1).filter(part => part.startsWith('\u001b\\')).length).toBe((parts.length - 1) / 2);
  });
});
