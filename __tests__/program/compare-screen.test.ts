import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {writeCapture} from '../helpers/capture-writer.js';
import {fixturesDirectory} from '../helpers/captures.js';
import {nodeBinary, openTerminal, programPath, type Terminal} from '../helpers/terminal.js';

let folder: string;
let terminal: Terminal;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'compare-')));
});
afterEach(() => {
  terminal.dispose();
  rmSync(folder, {recursive: true});
});

type Allocations = Readonly<Record<string, number>>;

const SOURCES = {
  old: 'def drop():\n    return bytes(9)\n\ndef load():\n    return read()\n',
  new: 'def load():\n    return read(2)\n',
};

/** A version of a program, and its capture: bytes by function. Returns the name of the capture. */
function writeVersion(name: keyof typeof SOURCES, allocations: Allocations): string {
  const file = join(folder, name, 'app.py');
  mkdirSync(join(folder, name), {recursive: true});
  writeFileSync(file, SOURCES[name]);
  const records = Object.entries(allocations).flatMap(
    ([functionName, size], index) =>
      [
        {type: 'code', id: index + 1, function: functionName, file, firstLine: 1, table: [0xe8, 0, 0xe8, 0]},
        {type: 'push', code: index + 1},
        {type: 'allocate', address: 4096 * (index + 1), size},
        {type: 'pop', count: 1},
      ] as const,
  );
  writeFileSync(
    join(folder, `${name}.bin`),
    writeCapture([{type: 'thread', id: 1}, ...records, {type: 'trailer'}]),
  );
  return `${name}.bin`;
}

const writeBoth = () => ({
  base: writeVersion('old', {drop: 500_000, load: 1_000_000}),
  path: writeVersion('new', {load: 3_000_000}),
});

function open(args: readonly string[], command?: readonly string[]): void {
  terminal = openTerminal(args, {
    ...{columns: 80, rows: 30, cwd: folder},
    env: {TMUX: undefined, STY: undefined},
    ...(command && {command}),
  });
}

/** What the program wrote into the clipboard last. */
function getCopied(): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is made of them.
  const all = [...terminal.output().matchAll(/(?<!\u001b)\u001b\]52;c;([^\u0007]*)\u0007/g)];
  return Buffer.from(all.at(-1)?.[1] ?? '', 'base64').toString();
}

const mapFolders = (): readonly string[] => ['--path-map', `${join(folder, 'old')}=${join(folder, 'new')}`];

describe('a comparison on the screen', () => {
  it('has the source of either side, the one that a row has first', async () => {
    const {base, path} = writeBoth();
    open([...mapFolders(), '--diff', base, path]);
    await terminal.waitFor(/^❯ +\+1\.500MB +\+100\.00 % .*<ROOT> {2}1\.500MB → 3\.000MB$/m);
    terminal.press('G');
    await terminal.waitFor(
      screen => screen.includes('drop  new.app  gone') && screen.includes('return bytes(9)'),
    );
    expect(terminal.screen()).toContain('of the base: old/app.py');
    terminal.press('V');
    await terminal.waitFor('of what is compared: new/app.py');
    expect(terminal.screen()).not.toContain('return bytes(9)');
    terminal.press('up');
    await terminal.waitFor(/^❯ .* load {2}new\.app {2}1\.000MB → 3\.000MB$/m);
    terminal.press('V');
    await terminal.waitFor('of the base: old/app.py');
  });

  it('shows the same by the command that it copies', async () => {
    const {base, path} = writeBoth();
    open([...mapFolders(), '--map-function', 'drop=load', '--diff', base, path]);
    await terminal.waitFor('1.500MB → 3.000MB');
    terminal.press('d', 'd', '3', 's');
    const wanted = await terminal.waitFor('flat › sort own › diff grown');
    terminal.press('Y');
    await terminal.waitFor('Copied: ');
    const copied = getCopied();
    expect(copied).toContain('--diff');
    terminal.dispose();
    open([], ['/bin/sh', '-c', copied.replace(/^memray-tree-ink/, `${nodeBinary} ${programPath}`)]);
    await terminal.waitFor(screen => screen === wanted);
  });

  it('says what has to be known of the captures', async () => {
    const base = writeVersion('old', {read: 500_000, load: 1_000_000});
    const path = writeVersion('new', {read: 600_000, load: 3_000_000});
    open(['--map-function', 'nothing=load', '--diff', base, path]);
    const screen = await terminal.waitFor('would pair them');
    const notices = screen.slice(screen.indexOf('--map-function'), screen.indexOf('pair them') + 9);
    // Paths are wrapped where the line ends.
    expect(notices.replaceAll(/\s+/g, '').replaceAll(folder, '')).toBe(
      '--map-functionnothing=load:nofunctionofthebaseiscallednothing' +
        '2functionsofbothsideslieinotherfolders:--path-map/old=/newwouldpairthem',
    );
  });

  it('says that one base stands against several captures', async () => {
    const {base, path} = writeBoth();
    open(['--diff', base, path, path]);
    await terminal.waitFor('old.bin is the base of 2 captures; --against says where the other side begins');
  });

  it('reads both captures again', async () => {
    const {base, path} = writeBoth();
    open(['--diff', base, path]);
    await terminal.waitFor('1.500MB → 3.000MB');
    writeVersion('old', {load: 2_000_000});
    terminal.press('R');
    await terminal.waitFor('2.000MB → 3.000MB');
    writeVersion('new', {load: 4_000_000});
    terminal.press('R');
    await terminal.waitFor('2.000MB → 4.000MB');
  });

  it('goes through selections that both sides have, and says what an aggregated base lacks', async () => {
    const {path} = writeBoth();
    copyFileSync(`${fixturesDirectory}/aggregate-middle.bin`, join(folder, 'sums.bin'));
    open(['--diff', 'sums.bin', path]);
    await terminal.waitFor('<ROOT>');
    terminal.press('v');
    await terminal.waitFor(/^leaks · /m);
    terminal.press('v');
    await terminal.waitFor(/^peak · /m);
    terminal.press('6');
    await terminal.waitFor('One of the captures, sums.bin, is aggregated');
  });

  it('of a damaged base shows what was read, of a missing one says which', async () => {
    const {path} = writeBoth();
    const bytes = readFileSync(`${fixturesDirectory}/nested.bin`);
    writeFileSync(join(folder, 'cut.bin'), bytes.subarray(0, 9000));
    open(['--diff', 'cut.bin', path]);
    const shown = await terminal.waitFor('cut.bin: Capture is cut off');
    expect(shown).toMatch(/^❯ .* <ROOT> /m);
    terminal.dispose();
    open(['--diff', 'missing.bin', path]);
    const screen = await terminal.waitFor('no such file');
    expect(screen).toContain('cannot be compared with missing.bin: no such file');
  });
});
