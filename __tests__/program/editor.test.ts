import {chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {writeCapture} from '../helpers/capture-writer.js';
import {openShell, type Shell} from '../helpers/shell.js';

let folder: string;
let shell: Shell;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'editor-')));
});
afterEach(() => {
  shell.dispose();
  rmSync(folder, {recursive: true});
});

const SOURCE = 'import numpy\n\ndef load():\n    return bytes(1000)\n';

/** Writes a source file and a capture of one function, `load`, that allocated in its line 4. */
function writeSource(name: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(file, SOURCE);
  const bytes = writeCapture([
    {type: 'thread', id: 1},
    // Python 3.11: one entry for all bytecode, whose line is the first line.
    {type: 'code', id: 1, function: 'load', file, firstLine: 4, table: [0xe8, 0, 0xe8, 0]},
    {type: 'push', code: 1},
    {type: 'allocate', address: 64, size: 1000},
    {type: 'trailer'},
  ]);
  writeFileSync(join(folder, 'results.bin'), bytes);
  return file;
}

/**
 * Writes an editor: a shell script that records its arguments, says on the terminal that it runs, and then does what
 * is given. Returns its path.
 */
function writeEditor(name: string, action = ''): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), {recursive: true});
  const record = `printf '%s\\0' "$@" >'${folder}/arguments'`;
  writeFileSync(path, `#!/bin/bash\n${record}\necho "editor is running"\n${action}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** What the editor was given. */
function readArguments(): readonly string[] {
  return readFileSync(join(folder, 'arguments'), 'utf8').split('\0').slice(0, -1);
}

interface Started {
  readonly frame: string;
  /** Those of the terminal while the shell has it, as one number. */
  readonly modes: string;
  /** Quits, and looks whether the shell has its terminal back as it was. */
  readonly quit: () => Promise<void>;
}

/** Opens the capture in a shell, and selects the line. */
async function start(editor: string | null, command = 'program results.bin'): Promise<Started> {
  shell = await openShell({
    columns: 100,
    rows: 30,
    cwd: folder,
    env: {VISUAL: editor ?? undefined, EDITOR: undefined},
  });
  const modes = await shell.ask('stty -a | cksum');
  shell.run(command);
  await shell.waitFor(/load .*:4/);
  shell.press('down');
  const frame = await shell.waitFor(
    screen => /^❯ .* load/m.test(screen) && screen.includes('return bytes(1000)'),
  );
  return {
    frame,
    modes,
    async quit() {
      shell.press('q');
      await shell.prompted();
      expect(shell.isAlternateScreen()).toBe(false);
      expect(shell.isCursorHidden()).toBe(false);
      expect(await shell.ask('echo "code $?"')).toBe('code 0');
      expect(await shell.ask('stty -a | cksum')).toBe(modes);
    },
  };
}

const MOUSE_ON = '\u001b[?1000h';
const MOUSE_OFF = '\u001b[?1000l';

/** The screen is complete again, and all keys are the program's. */
async function isBack(frame: string): Promise<void> {
  await shell.waitFor(screen => shell.isAlternateScreen() && screen === frame);
  await shell.waitFor(() => shell.output().lastIndexOf(MOUSE_ON) > shell.output().lastIndexOf(MOUSE_OFF));
  expect(shell.isCursorHidden()).toBe(true);
  shell.press('up');
  await shell.waitFor(/^❯ .*<ROOT>/m);
  shell.press('down');
  await shell.waitFor(screen => screen === frame);
}

/** The frame with what is said in its last row. */
async function saysInFrame(frame: string, note: string): Promise<void> {
  const rows = frame.split('\n').slice(0, -1);
  await shell.waitFor(screen => screen === [...rows, note].join('\n'));
  // The next key takes the note away, this one draws the screen from nothing.
  shell.press('ctrl-l');
  await isBack(frame);
}

describe('the editor of the user', () => {
  it('gets the line and the file, has the terminal while it runs, and leaves the screen as it was', async () => {
    const file = writeSource('a folder/app.py');
    const editor = writeEditor('my tools/vim', 'stty -a | cksum\nread -r line; echo "$line" >typed');
    const {frame, modes, quit} = await start(`'${editor}' -u "a b" c\\ d`);
    shell.press('o');
    await shell.waitFor(modes);
    expect(shell.isAlternateScreen()).toBe(false);
    expect(shell.isCursorHidden()).toBe(false);
    expect(shell.output().lastIndexOf(MOUSE_OFF)).toBeGreaterThan(shell.output().lastIndexOf(MOUSE_ON));
    // All of these are keys of the program too.
    shell.type('qdown?\r');
    await isBack(frame);
    expect(readArguments()).toEqual(['-u', 'a b', 'c d', '+4', '--', file]);
    expect(readFileSync(join(folder, 'typed'), 'utf8')).toBe('qdown?\n');
    await quit();
  });

  it.each([
    'q -c:!touch pwn.py',
    '+!touch pwn.py',
    '$(touch pwn).py',
    '`touch pwn`.py',
    'a;touch pwn;.py',
    'quote\'s "here".py',
    'é 中 ‮x.py',
  ])('gets the hostile name %s as a part of one argument', async name => {
    const file = writeSource(name);
    const {frame, quit} = await start(writeEditor('editor'));
    shell.press('o');
    await shell.waitFor(() => shell.output().includes('editor is running'));
    await isBack(frame);
    expect(readArguments()).toEqual([file]);
    await quit();
  });

  it('does not get a path with a line end', async () => {
    writeSource('a\nb.py');
    const {frame} = await start(writeEditor('editor'));
    shell.press('o');
    await saysInFrame(frame, 'No editor gets a path with control characters');
    expect(readArguments).toThrow('ENOENT');
  });

  it('may return at once, as editors with a window of their own do', async () => {
    const file = writeSource('app.py');
    const {frame, quit} = await start(writeEditor('code', 'exec true'));
    for (let round = 0; round < 3; round++) {
      shell.press('o');
      await shell.waitFor(() => shell.output().split('editor is running').length === round + 2);
      await isBack(frame);
    }
    expect(readArguments()).toEqual(['--goto', `${file}:4`]);
    await quit();
  });

  const mess = String.raw`stty raw -echo -opost; printf '\e[?1049h\e[?1003h\e[?1006h\e[?2004h\e[5;9r\e[?25l\e[31m\e(0mess'`;

  it('may leave the terminal in any modes', async () => {
    writeSource('app.py');
    const {frame, quit} = await start(writeEditor('editor', mess));
    shell.press('o');
    await shell.waitFor(() => shell.output().includes('mess'));
    await isBack(frame);
    // Nothing but what the program itself switches on.
    const output = shell.output();
    expect(output.lastIndexOf('[?1003l')).toBeGreaterThan(output.lastIndexOf('[?1003h'));
    expect(output.lastIndexOf('[?2004l')).toBeGreaterThan(output.lastIndexOf('mess'));
    await quit();
  });

  it.each([
    ['KILL', 'editor was ended by SIGKILL'],
    ['SEGV', 'editor was ended by SIGSEGV'],
  ])('may be ended by SIG%s in the middle of its work', async (signal, note) => {
    writeSource('app.py');
    const path = writeEditor('editor', `${mess}; kill -${signal} $$`);
    const {frame, quit} = await start(path);
    shell.press('o');
    await saysInFrame(frame, `${folder}/${note}`);
    await quit();
  });

  it('may end with an error', async () => {
    writeSource('app.py');
    const {frame, quit} = await start(`${writeEditor('editor', 'exit 3')} x`);
    shell.press('o');
    await saysInFrame(frame, `${folder}/editor ended with exit code 3`);
    await quit();
  });

  it('alone is ended by Ctrl+C', async () => {
    writeSource('app.py');
    const {frame, quit} = await start(writeEditor('editor', 'exec cat'));
    shell.press('o');
    await shell.waitFor('editor is running');
    shell.press('ctrl-c');
    await saysInFrame(frame, `${folder}/editor was ended by SIGINT`);
    await quit();
  });

  it('is stopped by Ctrl+Z together with the program, and both go on on fg', async () => {
    writeSource('app.py');
    const {frame, quit} = await start(writeEditor('editor', 'read -r line; echo "$line" >typed'));
    shell.press('o');
    await shell.waitFor('editor is running');
    shell.press('ctrl-z');
    await shell.prompted();
    shell.run('fg');
    await shell.waitFor(screen => screen.trimEnd().endsWith('fg\n"$NODE" "$PROGRAM" "$@"'));
    shell.type('after\r');
    await isBack(frame);
    expect(readFileSync(join(folder, 'typed'), 'utf8')).toBe('after\n');
    await quit();
  });

  it('reads the keyboard where the capture comes by standard input', async () => {
    const file = writeSource('app.py');
    const editor = writeEditor('nano', 'stty -icanon; IFS= read -r -n 5 keys; echo "$keys" >typed');
    const {frame, quit} = await start(editor, 'program - <results.bin');
    shell.press('o');
    await shell.waitFor('editor is running');
    shell.type('q');
    shell.type('own?');
    await isBack(frame);
    expect(readArguments()).toEqual(['+4', file]);
    expect(readFileSync(join(folder, 'typed'), 'utf8')).toBe('qown?\n');
    await quit();
  });

  it('is EDITOR where VISUAL is empty', async () => {
    const file = writeSource('app.py');
    const {frame} = await start('', `EDITOR='${writeEditor('kak')}' program results.bin`);
    shell.press('o');
    await shell.waitFor(() => shell.output().includes('editor is running'));
    await isBack(frame);
    expect(readArguments()).toEqual(['+4', file]);
  });

  it.each([
    [null, 'No editor is known: set VISUAL or EDITOR'],
    ['no-such-editor -w', 'no-such-editor could not be started: not found'],
    ['/etc/passwd', '/etc/passwd could not be started: not executable'],
    ["vim 'x", 'A quote in VISUAL is not closed'],
  ])('%s leads to one line', async (editor, note) => {
    writeSource('app.py');
    const {frame, quit} = await start(editor);
    shell.press('o');
    await saysInFrame(frame, note);
    await quit();
  });

  it('gets no file that the source panel does not show, and gets it when that does', async () => {
    const file = writeSource('.netrc');
    chmodSync(file, 0o600);
    shell = await openShell({
      columns: 100,
      rows: 30,
      cwd: folder,
      env: {VISUAL: writeEditor('editor')},
    });
    shell.run('program results.bin');
    await shell.waitFor(/ load/);
    shell.press('down');
    await shell.waitFor('It may hold secrets');
    shell.press('o');
    await shell.waitFor(`\nsource not shown: ${file}. It may hold secrets`);
    expect(readArguments).toThrow('ENOENT');
    shell.press('.');
    const frame = await shell.waitFor(
      screen => screen.includes('return bytes(1000)') && !screen.includes('Show private source'),
    );
    shell.press('o');
    await shell.waitFor(() => shell.output().includes('editor is running'));
    await isBack(frame);
    expect(readArguments()).toEqual([file]);
  });

  it('is not asked for the root', async () => {
    writeSource('app.py');
    const {frame} = await start(writeEditor('editor'));
    shell.press('up', 'o');
    await shell.waitFor('This row has no source file');
    shell.press('down');
    await shell.waitFor(screen => screen === frame);
    expect(readArguments).toThrow('ENOENT');
  });
});
