import {chmodSync, mkdtempSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {writeCapture} from '../helpers/capture-writer.js';
import {runProgram} from '../helpers/run-program.js';
import {openTerminal, projectRoot, type Terminal} from '../helpers/terminal.js';

let folder: string;
let terminal: Terminal | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sources-'));
});
afterEach(() => {
  terminal?.dispose();
  terminal = null;
  rmSync(folder, {recursive: true});
});

/** Opens a capture of one function, selected, that allocated in this line of this file. */
async function open(
  file: string,
  {name = 'load', line = 2, options = []}: {name?: string; line?: number; options?: readonly string[]} = {},
): Promise<Terminal> {
  const path = join(folder, 'results.bin');
  const bytes = writeCapture([
    {type: 'thread', id: 1},
    // Python 3.11: one entry for all bytecode, whose line is the first line.
    {type: 'code', id: 1, function: name, file, firstLine: line, table: [0xe8, 0, 0xe8, 0]},
    {type: 'push', code: 1},
    {type: 'allocate', address: 64, size: 1000},
    {type: 'trailer'},
  ]);
  writeFileSync(path, bytes);
  terminal = openTerminal([...options, path], {columns: 120, rows: 30});
  await terminal.waitFor(` ${name} `);
  terminal.press('down');
  return terminal;
}

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

it('says which folders of options are not there, on the screen', async () => {
  const path = write('app.py', 'def load():\n    return bytes(1000)\n');
  const {waitFor} = await open(path, {options: ['--source-root', '/nope/src', '--path-map', '/a=/nope/b']});
  await waitFor('--source-root: /nope/src: no such folder');
  await waitFor('--path-map: /nope/b: no such folder');
});

it('says so on standard error beside text, and shows the tree', async () => {
  const capture = join(projectRoot, 'examples/newsroom/newsroom.bin');
  const file = write('file', '');
  const folders = ['--symbols', file, '--path-map', `/x=${file}`, '--source-root', '/nope'];
  const {code, stdout, stderr} = await runProgram(['--text', '--depth', '0', ...folders, capture]);
  expect(stdout).toContain('<ROOT>');
  expect({code, stderr}).toEqual({
    code: 0,
    stderr:
      `memray-tree-ink: --symbols: ${file}: is not a folder\n` +
      'memray-tree-ink: --source-root: /nope: no such folder\n',
  });
});

it('says nothing of a file that is only newer than the recording', async () => {
  const path = write('app.py', 'def load():\n    return bytes(1000)\n');
  const future = new Date(Date.now() + 1e6);
  utimesSync(path, future, future);
  const {waitFor, screen} = await open(path);
  await waitFor('return bytes(1000)');
  expect(screen()).not.toMatch(/changed/);
});

it('says nothing of the example in a clone, whose files are newer than its capture', async () => {
  const example = ['--path-map', '/srv/newsroom=examples/newsroom', 'examples/newsroom/newsroom.bin'];
  terminal = openTerminal(example, {columns: 120, rows: 30, cwd: projectRoot});
  await terminal.waitFor('<ROOT>');
  for (let row = 0; row < 6; row++) {
    terminal.press('down');
    const {length} = terminal.output();
    await terminal.waitFor(() => terminal!.output().length > length);
  }
  await terminal.waitFor(/│❯\S* *\d+ /);
  expect(terminal.screen()).not.toMatch(/changed/);
  // --path-map says which recorded folder the modules are in.
  expect(terminal.screen()).toMatch(/search_index:\d+/);
  expect(terminal.screen()).not.toMatch(/srv\/newsroom\/\w+\.py:/);
});

it('says that a file may have changed if its text shows it, until it is read again', async () => {
  const path = write('app.py', 'def save():\n    pass\n');
  const {waitFor, press} = await open(path);
  await waitFor('load is not defined above line 2');
  write('app.py', '\n');
  press('R');
  await waitFor('it ends before line 2');
  rmSync(path);
  press('R');
  await waitFor('source not found: ');
  await waitFor('It is not at:');
  write('app.py', 'def load():\n    pass\n');
  press('R');
  await waitFor(screen => screen.includes('def load') && !screen.includes('changed'));
});

it.each([
  ['/tmp/ipykernel_12345678/2.py', 'This is a cell of a notebook.'],
  ['<ipython-input-3-0a1b>', 'This is a cell of a notebook.'],
  ['<string>', 'This code was a text given to exec'],
  ['<stdin>', 'This code was typed in'],
  ['<__array_function__ internals>', 'This code did not come from a file.'],
])('explains a name that is not one of a file: %s', async (file, sentence) => {
  const {waitFor, screen} = await open(file);
  await waitFor(sentence);
  expect(screen()).toContain('no source file: ');
  expect(screen()).not.toContain('It is not at');
});

it('offers to show what is held back, and only that', async () => {
  const path = write('secrets', 'token = 1\nother = 2\n');
  chmodSync(path, 0o600);
  const {waitFor, press} = await open(path);
  await waitFor('Press . to show it.');
  await waitFor('. Show private source');
  press('.');
  await waitFor(screen => screen.includes('token = 1') && !screen.includes('private source'));
  press('.');
  await waitFor('No source is held back as private here');
  press('up');
  await waitFor(screen => !screen.includes('held back'));
});

it('says that a file with a line of many megabytes is too large', async () => {
  const {waitFor} = await open(write('app.py', `x = "${'y'.repeat(9 * 1024 * 1024)}"\n`), {line: 1});
  await waitFor('The file is too large');
});
