import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {fixturesDirectory} from '../helpers/captures.js';
import {writeManyLocations} from '../helpers/large-captures.js';
import {runProgram} from '../helpers/run-program.js';
import {runScript} from '../helpers/run-script.js';

const nested = `${fixturesDirectory}/nested.bin`;
/** More than any pipe holds. */
const LARGE_BYTES = 1.5e6;

let folder: string;
/** A capture whose tree makes more than LARGE_BYTES of text and of JSON, with the option for it. */
let large: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipes-'));
  writeFileSync(join(folder, 'large.bin'), writeManyLocations(12_000));
  large = '-b 12000 large.bin';
});
afterAll(() => rmSync(folder, {recursive: true}));

const run = (script: string) => runScript(script, {folder});

describe.each(['--json', '--text'])('%s larger than any pipe', form => {
  it('is whole where somebody reads it', async () => {
    const {stdout, stderr} = await run(`program ${form} ${large} | wc -c; echo "\${PIPESTATUS[@]}"`);
    const [bytes, status] = stdout.trim().split('\n');
    expect(Number(bytes)).toBeGreaterThan(LARGE_BYTES);
    expect({status, stderr}).toEqual({status: '0 0', stderr: ''});
  });

  it.each([
    ['after ten bytes', 'head -c 10 >/dev/null'],
    ['after some of it', 'head -c 120000 >/dev/null'],
    ['before the first byte', 'true'],
  ])('ends quietly where the reader closes the pipe %s, every time', async (_, reader) => {
    const {stdout, stderr} = await run(
      `for i in 1 2 3; do program ${form} ${large} | ${reader}; echo "\${PIPESTATUS[@]}"; done`,
    );
    expect({stdout, stderr}).toEqual({stdout: '0 0\n'.repeat(3), stderr: ''});
  });

  it.each([
    ['a pipe without a reader', '>&9'],
    ['a closed descriptor', '>&-'],
    ['a pipe without a reader, standard error too', '>&9 2>&9'],
    ['a closed descriptor, standard error too', '>&- 2>&-'],
  ])('ends quietly where standard output is %s', async (_, redirection) => {
    const {stdout, stderr} = await run(`program ${form} ${large} ${redirection}; echo $?`);
    expect({stdout, stderr}).toEqual({stdout: '0\n', stderr: ''});
  });

  it('ends quietly where a socket is closed', async () => {
    // The pipes of Node are sockets.
    const script = `program ${form} ${large}`;
    const {stdout, stderr} = await run(
      `"$NODE" -e '
        const {spawn} = require("node:child_process");
        const child = spawn("bash", ["-c", process.argv[1]], {stdio: ["ignore", "pipe", "inherit"]});
        child.stdout.once("data", () => child.stdout.destroy());
        child.on("close", code => console.log(code));
      ' '"$NODE" "$PROGRAM" ${script.replace('program ', '')}'`,
    );
    expect({stdout, stderr}).toEqual({stdout: '0\n', stderr: ''});
  });

  it.each([
    ['/dev/full', '>/dev/full', 'no space left on the device (ENOSPC)'],
    ['a file that reaches its limit', '>limited', 'file size limit reached (EFBIG)'],
    ['open for reading only', '1</dev/null', 'not open for writing (EBADF)'],
  ])('says in one line that standard output is %s', async (_, redirection, reason) => {
    const {stdout, stderr} = await run(
      `ulimit -f 64; program ${form} ${large} ${redirection}; echo $? | cat`,
    );
    expect(stdout).toBe('1\n');
    expect(stderr).toBe(`memray-tree-ink: standard output: cannot be written: ${reason}\n`);
  });
});

describe.each(['--help', '--version'])('%s', form => {
  it.each(['>&9', '>&9 2>&9', '>&-', '| true'])('ends quietly with %s', async redirection => {
    const {stdout, stderr} = await run(`program ${form} ${redirection}; echo "\${PIPESTATUS[0]}"`);
    expect({stdout, stderr}).toEqual({stdout: '0\n', stderr: ''});
  });

  it('says that the disk is full', async () => {
    const {stdout, stderr} = await run(`program ${form} >/dev/full; echo $?`);
    expect(stdout).toBe('1\n');
    expect(stderr).toBe(
      'memray-tree-ink: standard output: cannot be written: no space left on the device (ENOSPC)\n',
    );
  });
});

describe.each(['2>&9', '2>&-', '2>/dev/full'])(
  'what cannot be said (%s) changes no exit code:',
  redirection => {
    it.each([
      ['of a wrong option', '--nonsense', 2],
      ['of a missing file', 'missing.bin', 1],
      ['of damage', `"$ROOT/__tests__/fixtures/captures/bad/lz4-cut-half.bin"`, 3],
      ['of a file that exists already', `-o large.bin '${nested}'`, 1],
      ['of a tree', `'${nested}'`, 0],
    ])('that %s', async (_, args, code) => {
      expect(await run(`program --json ${args} ${redirection} >/dev/null; echo $?`)).toEqual({
        code: 0,
        stdout: `${code}\n`,
        stderr: '',
      });
    });
  },
);

describe('a recording that is followed or received', () => {
  it('ends quietly where nobody reads the result of --follow', async () => {
    const {stdout, stderr} = await run(`program --follow --json '${nested}' >&9; echo $?`);
    expect({stdout, stderr}).toEqual({stdout: '0\n', stderr: ''});
  });

  it('ends quietly where nobody reads the result of --live', async () => {
    const bytes = writeManyLocations(10);
    const server = createServer(socket => socket.on('error', () => {}).end(bytes));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : address;
    const {stdout, stderr} = await run(`program --live ${port} --text >&9; echo $?`);
    server.close();
    expect({stdout, stderr}).toEqual({stdout: '0\n', stderr: ''});
  });
});

it('says in one line that standard input cannot be read', async () => {
  const {stdout, stderr} = await run('program - </; echo $?');
  expect(stdout).toBe('1\n');
  expect(stderr).toBe('memray-tree-ink: standard input: is a directory, not a file\n');
});

it('prints an error that nothing expects in one line', async () => {
  const preload = 'data:text/javascript,setImmediate(()=>{throw new Error("broken")})';
  const {code, stderr} = await runProgram([nested], {nodeOptions: ['--import', preload]});
  expect(code).toBe(1);
  expect(stderr).toBe(
    'memray-tree-ink: unexpected error: broken ' +
      '(this is a bug in memray-tree-ink, the README says how to report it; MEMRAY_TREE_DEBUG=1 shows the stack trace)\n',
  );
});
