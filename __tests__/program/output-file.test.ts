import {
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {fixturesDirectory} from '../helpers/captures.js';
import {writeManyLocations} from '../helpers/large-captures.js';
import {runScript} from '../helpers/run-script.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'output-'));
  copyFileSync(`${fixturesDirectory}/nested.bin`, join(folder, 'capture.bin'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const run = (script: string) => runScript(script, {folder});
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const list = () => readdirSync(folder).sort();

it('writes a file that only its owner may read, and over it only with --force', async () => {
  expect(await run('program --json -o out.json capture.bin')).toEqual({code: 0, stdout: '', stderr: ''});
  expect(JSON.parse(read('out.json')).format).toBe('memray-tree-ink/tree');
  expect(statSync(join(folder, 'out.json')).mode & 0o777).toBe(0o600);
  writeFileSync(join(folder, 'out.json'), 'mine');
  expect(await run('program --json -o out.json capture.bin')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'memray-tree-ink: out.json: exists already; --force overwrites it\n',
  });
  expect(read('out.json')).toBe('mine');
  expect((await run('program --json --force -o out.json capture.bin')).code).toBe(0);
  expect(JSON.parse(read('out.json')).format).toBe('memray-tree-ink/tree');
  expect(list()).toEqual(['capture.bin', 'out.json']);
});

describe('leaves nothing behind', () => {
  beforeEach(() => writeFileSync(join(folder, 'large.bin'), writeManyLocations(5000)));
  const FULL = 'ulimit -f 64; program --json -b 5000';

  it('where the file reaches its limit', async () => {
    expect(await run(`${FULL} -o out.json large.bin; echo $? | cat`)).toEqual({
      code: 0,
      stdout: '1\n',
      stderr: 'memray-tree-ink: out.json: cannot be written: file size limit reached (EFBIG)\n',
    });
    expect(list()).toEqual(['capture.bin', 'large.bin']);
  });

  it('of the new file, and all of the old one', async () => {
    writeFileSync(join(folder, 'out.json'), 'mine');
    expect((await run(`${FULL} --force -o out.json large.bin; echo $? | cat`)).stdout).toBe('1\n');
    expect(list()).toEqual(['capture.bin', 'large.bin', 'out.json']);
    expect(read('out.json')).toBe('mine');
  });

  it.each([
    ['INT', 130],
    ['TERM', 143],
    ['HUP', 129],
    ['QUIT', 131],
    ['USR1', 138],
    ['PROF', 155],
  ])('when SIG%s ends it in the middle of the file', async (signal, code) => {
    // The signal comes when a part is written; then the contents of the folder are listed.
    writeFileSync(
      join(folder, 'interrupt.mjs'),
      `import {readdirSync} from 'node:fs';
      import {open} from 'node:fs/promises';
      const file = await open('/dev/null');
      const prototype = Object.getPrototypeOf(file);
      await file.close();
      const {writeFile} = prototype;
      prototype.writeFile = async function (text) {
        await writeFile.call(this, text.slice(0, 100));
        console.log(readdirSync('.').filter(name => name.endsWith('.tmp')).length, readdirSync('.').includes('out.json'));
        process.kill(process.pid, 'SIG${signal}');
        await new Promise(resolve => setTimeout(resolve, 1e6));
      };`,
    );
    const {stdout} = await run(
      'ulimit -c 0; "$NODE" --import ./interrupt.mjs "$PROGRAM" --json -o out.json large.bin 2>/dev/null; echo $? | cat',
    );
    expect(stdout).toBe(`1 false\n${code}\n`);
    expect(list()).toEqual(['capture.bin', 'interrupt.mjs', 'large.bin']);
  });
});

describe('refuses to write over the capture itself', () => {
  const REFUSAL = 'is the capture itself; choose another file';
  beforeEach(() => {
    symlinkSync('capture.bin', join(folder, 'symbolic.bin'));
    linkSync(join(folder, 'capture.bin'), join(folder, 'hard.bin'));
    mkdirSync(join(folder, 'sub'));
  });

  it.each([
    ['by its name', 'capture.bin', 'capture.bin'],
    ['by another spelling', './sub/../capture.bin', 'capture.bin'],
    ['by a symbolic link', 'symbolic.bin', 'capture.bin'],
    ['by a hard link', 'hard.bin', 'capture.bin'],
    ['where the capture is given by a link', 'capture.bin', 'symbolic.bin'],
    ['where it is one of several', 'capture.bin', 'hard.bin symbolic.bin'],
    ['where it is standard input', 'capture.bin', '- <capture.bin'],
    ['where it is followed', 'capture.bin', '--follow capture.bin'],
  ])('%s', async (_, output, capture) => {
    const before = read('capture.bin');
    for (const force of ['', '--force']) {
      expect(await run(`program --json ${force} -o ${output} ${capture}`)).toEqual({
        code: 1,
        stdout: '',
        stderr: `memray-tree-ink: ${output}: ${REFUSAL}\n`,
      });
    }
    expect(read('capture.bin')).toBe(before);
  });
});

describe('refuses what is no regular file, and waits for nothing', () => {
  it.each([
    ['a named pipe', 'mkfifo special', 'is a named pipe, not a regular file'],
    ['a directory', 'mkdir special', 'is a directory, not a regular file'],
    [
      'a symbolic link',
      'ln -s capture.bin target; cp capture.bin b; ln -s b special',
      'is a symbolic link; name the file itself',
    ],
    ['a link to nothing', 'ln -s nothing special', 'is a symbolic link; name the file itself'],
  ])('%s', async (_, make, message) => {
    const {stdout, stderr} = await run(`${make}; program --json --force -o special capture.bin; echo $?`);
    expect({stdout, stderr}).toEqual({stdout: '1\n', stderr: `memray-tree-ink: special: ${message}\n`});
  });

  it('a socket', async () => {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(join(folder, 'special'), resolve));
    const {code, stderr} = await run('program --json --force -o special capture.bin');
    server.close();
    expect({code, stderr}).toEqual({
      code: 1,
      stderr: 'memray-tree-ink: special: is a socket, not a regular file\n',
    });
  });

  it.each(['/dev/full', '/dev/zero'])('the device %s', async device => {
    const {code, stderr} = await run(`program --json --force -o ${device} capture.bin`);
    expect({code, stderr}).toEqual({
      code: 1,
      stderr: `memray-tree-ink: ${device}: is a device, not a regular file\n`,
    });
  });

  it.each([
    ['missing/out.json', 'cannot be written: no such directory (ENOENT)'],
    ['capture.bin/out.json', 'cannot be written: no such directory (ENOTDIR)'],
    ['missing/', 'is the name of a directory, not of a file'],
    ['x'.repeat(300), 'cannot be written: name too long (ENAMETOOLONG)'],
  ])('a place that is not there: %s', async (output, message) => {
    // It is said before anything is read.
    const {code, stderr} = await run(`program --json -o ${output} missing.bin`);
    expect({code, stderr}).toEqual({code: 1, stderr: `memray-tree-ink: ${output}: ${message}\n`});
  });
});

it.each([
  ['3', 'which Node opens for itself'],
  ['4', 'which Node opens for itself'],
  ['5', 'which Node opens for itself'],
  ['6', 'which Node opens for itself'],
  ['7', 'which Node opens for itself'],
  ['8', 'which Node opens for itself'],
  ['9', 'which Node opens for itself'],
  ['99', 'which is not open'],
])('does not write to descriptor %s, %s', async descriptor => {
  // The helper's shell opens 9 itself.
  const {code, stderr} = await run(`program --json -o /dev/fd/${descriptor} missing.bin 9>&-`);
  expect({code, stderr}).toEqual({
    code: 1,
    stderr: `memray-tree-ink: /dev/fd/${descriptor}: cannot be written: not open for writing (EBADF)\n`,
  });
});

describe('writes to what is open already:', () => {
  const ROOT = '📂 3.664MB (100.00 %) <ROOT>\npeak of capture.bin: 3.664MB, shown 3.664MB\n';

  it.each([
    ['standard output', '-'],
    ['standard output by its path', '/dev/stdout'],
    ['standard output by its number', '/dev/fd/1'],
    ['standard error', '/dev/stderr 2>&1'],
    ['a descriptor of the shell', '/dev/fd/5 5>&1'],
    ['a process of the shell', '>(cat)'],
  ])('%s', async (_, output) => {
    const {stdout, stderr} = await run(`program --text --depth 0 capture.bin -o ${output} | cat`);
    expect({stdout, stderr}).toEqual({stdout: ROOT, stderr: ''});
  });

  it('nothing at all', async () => {
    const {stdout, stderr} = await run('program --json -o /dev/null capture.bin; echo $?');
    expect({stdout, stderr}).toEqual({stdout: '0\n', stderr: ''});
  });

  it('quietly, where nobody reads it', async () => {
    const {stdout, stderr} = await run(
      'program --json -o /dev/fd/9 capture.bin; echo $?; program --json -o /dev/stdout capture.bin >&9; echo $?',
    );
    expect({stdout, stderr}).toEqual({stdout: '0\n0\n', stderr: ''});
  });

  it('as standard output where the shell makes that full', async () => {
    const {stdout, stderr} = await run('program --json -o - capture.bin >/dev/full; echo $?');
    expect({stdout, stderr}).toEqual({
      stdout: '1\n',
      stderr: 'memray-tree-ink: standard output: cannot be written: no space left on the device (ENOSPC)\n',
    });
  });

  it('with one line where that is full', async () => {
    const {stdout, stderr} = await run('program --json -o /dev/fd/5 capture.bin 5>/dev/full; echo $?');
    expect({stdout, stderr}).toEqual({
      stdout: '1\n',
      stderr: 'memray-tree-ink: /dev/fd/5: cannot be written: no space left on the device (ENOSPC)\n',
    });
  });
});
