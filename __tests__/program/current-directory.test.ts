import {copyFileSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {fixturesDirectory} from '../helpers/captures.js';
import {runScript} from '../helpers/run-script.js';
import {openShell, type Shell} from '../helpers/shell.js';

const nested = `${fixturesDirectory}/nested.bin`;
/** Puts a shell into a directory that is not there any more. */
const GONE = 'mkdir gone; cd gone; rmdir ../gone;';

let folder: string;
let shell: Shell | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'directory-'));
});
afterEach(() => {
  shell?.dispose();
  shell = null;
  rmSync(folder, {recursive: true});
});

it.each([
  [
    'a tree',
    `--text --depth 0 '${nested}'`,
    {
      code: 0,
      stdout: `📂 3.664MB (100.00 %) <ROOT>\npeak of ${nested}: 3.664MB, shown 3.664MB\n`,
      stderr: '',
    },
  ],
  ['a relative path', 'x.bin', {code: 1, stdout: '', stderr: 'memray-tree-ink: x.bin: no such file\n'}],
  [
    'a relative output',
    `--json -o out.json '${nested}'`,
    {
      code: 1,
      stdout: '',
      stderr: 'memray-tree-ink: out.json: cannot be written: no such directory (ENOENT)\n',
    },
  ],
])('without a current directory: %s', async (_, args, result) => {
  expect(await runScript(`${GONE} program ${args}`, {folder})).toEqual(result);
});

it('says what is wrong with an option without a current directory', async () => {
  const {code, stdout, stderr} = await runScript(`${GONE} program --nonsense`, {folder});
  expect({code, stdout}).toEqual({code: 2, stdout: ''});
  expect(stderr).toMatch(/^memray-tree-ink: .*nonsense.*\n$/i);
});

it('starts on the screen without a current directory, and reads again there', async () => {
  shell = await openShell({columns: 100, rows: 30, cwd: folder});
  shell.run(`${GONE} program '${nested}'`);
  await shell.waitFor('3.664MB');
  shell.press('R', 'down');
  await shell.waitFor(/^❯ .*_run_tracker/m);
  shell.press('q');
  await shell.prompted();
  expect(await shell.ask('echo "code $?"')).toBe('code 0');
});

it('says in one line that there is nothing to read again when the directory goes later', async () => {
  mkdirSync(join(folder, 'work'));
  shell = await openShell({columns: 100, rows: 30, cwd: join(folder, 'work')});
  shell.run(`cp '${nested}' capture.bin; program capture.bin`);
  await shell.waitFor('3.664MB');
  rmSync(join(folder, 'work'), {recursive: true});
  shell.press('R');
  await shell.waitFor('capture.bin: no such file');
  // The tree stays.
  shell.press('down');
  await shell.waitFor(/^❯ .*_run_tracker/m);
  shell.press('q');
  await shell.prompted();
  expect(await shell.ask('echo "code $?"')).toBe('code 0');
});

it('reads again when a directory of that name was created again', async () => {
  mkdirSync(join(folder, 'work'));
  shell = await openShell({columns: 100, rows: 30, cwd: join(folder, 'work')});
  shell.run(`cp '${nested}' capture.bin; program capture.bin`);
  await shell.waitFor('3.664MB');
  rmSync(join(folder, 'work'), {recursive: true});
  mkdirSync(join(folder, 'work'));
  copyFileSync(`${fixturesDirectory}/threads.bin`, join(folder, 'work', 'capture.bin'));
  shell.press('R');
  await shell.waitFor(screen => screen.includes('capture.bin') && !screen.includes('3.664MB'));
  shell.press('q');
  await shell.prompted();
});
