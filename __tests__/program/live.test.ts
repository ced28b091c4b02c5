import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {createServer, type Server, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {type CaptureRecord, writeCapture, writeHeader} from '../helpers/capture-writer.js';
import {fixturesDirectory} from '../helpers/captures.js';
import {decodeLz4} from '../helpers/decode-lz4.js';
import {runProgram, startProgram} from '../helpers/run-program.js';
import {openTerminal} from '../helpers/terminal.js';

let server: Server | null = null;
afterEach(() => server?.close());

/** A program that waits for somebody to connect, as memray does; resolves to its port. */
async function listen(onConnect: (socket: Socket) => void): Promise<string> {
  server = createServer(socket => {
    // There is one reader only.
    server!.close();
    socket.on('error', () => {});
    onConnect(socket);
  });
  await new Promise<void>(resolve => server!.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return String(typeof address === 'object' ? address?.port : address);
}

const nested = readFileSync(`${fixturesDirectory}/nested.bin`);
const nestedRaw = decodeLz4(nested);

it('prints what a program has sent, once it is over', async () => {
  const port = await listen(socket => {
    for (let at = 0; at < nestedRaw.length; at += 1000) socket.write(nestedRaw.subarray(at, at + 1000));
    socket.end();
  });
  const live = await runProgram(['--live', port, '--json']);
  const file = await runProgram([`${fixturesDirectory}/nested.bin`, '--json']);
  expect({code: live.code, stderr: live.stderr}).toEqual({code: 0, stderr: ''});
  expect(live.stdout).toBe(file.stdout.replace('"compression":"lz4"', '"compression":"none"'));
});

it('reports a connection that ends too early', async () => {
  const port = await listen(socket => socket.end(nestedRaw.subarray(0, 9000)));
  const {code, stdout, stderr} = await runProgram(['--live', port]);
  expect(code).toBe(0);
  expect(stdout).toContain('<ROOT>');
  expect(stderr).toBe(
    `memray-tree-ink: port ${port}: No end mark: the connection was closed before the recording ended.\n`,
  );
});

it.each<[string, (socket: Socket) => void, string]>([
  ['sends nothing', socket => socket.end(), 'closed the connection without having sent anything'],
  ['breaks off in its header', socket => socket.end(nestedRaw.subarray(0, 30)), 'ends inside its header'],
  [
    'speaks another language',
    socket => socket.write('HTTP/1.1 400 Bad Request\r\n'),
    'a program that is not memray answers there',
  ],
])('refuses in one line who %s', async (_, talk, message) => {
  const port = await listen(talk);
  const {code, stdout, stderr} = await runProgram(['--live', port, '--text']);
  expect({code, stdout}).toEqual({code: 1, stdout: ''});
  expect(stderr).toMatch(/^[^\n]+\n$/);
  expect(stderr).toContain(message);
});

it('waits for the program, and says how to start it', async () => {
  const port = await listen(() => {});
  await new Promise(resolve => server!.close(resolve));
  const program = startProgram(['--live', port, '--text']);
  await program.waitForError(
    `memray-tree-ink: port ${port}: Waiting for a program on port ${port}. ` +
      `Start it with: memray run --live-remote --live-port ${port} … `,
  );
  server = createServer(socket => socket.end(nestedRaw)).listen(Number(port), '127.0.0.1');
  const {code, stdout} = await program.ended;
  expect(code).toBe(0);
  expect(stdout).toContain('<ROOT>');
});

it('waits on the screen, and leaves at once', async () => {
  const port = await listen(() => {});
  await new Promise(resolve => server!.close(resolve));
  const terminal = openTerminal(['--live', port], {columns: 110, rows: 24});
  await terminal.waitFor(`memray run --live-remote --live-port ${port} …`);
  terminal.press('q');
  expect(await terminal.exited).toEqual({code: 0, signal: undefined});
  terminal.dispose();
});

it('Ctrl+C ends the wait at once, and leaves no file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'live-'));
  const port = await listen(() => {});
  await new Promise(resolve => server!.close(resolve));
  const terminal = openTerminal(['--live', port, '--save', 'run.bin'], {columns: 80, rows: 24, cwd: folder});
  await terminal.waitFor('Waiting for a program');
  terminal.press('ctrl-c');
  expect((await terminal.exited).code).toBe(130);
  terminal.dispose();
  const program = startProgram(['--live', port, '--text', '--save', 'run.bin'], {cwd: folder});
  await program.waitForError('memray-tree-ink: port');
  program.signal('SIGINT');
  expect(await program.ended).toMatchObject({code: null, stdout: ''});
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, {recursive: true});
});

const records: CaptureRecord[] = [
  {type: 'thread', id: 1},
  {type: 'code', id: 1, function: 'load', file: 'app.py'},
  {type: 'push', code: 1},
  {type: 'allocate', address: 64, size: 5e6},
  {type: 'free', address: 64},
  {type: 'allocate', address: 128, size: 2e6},
  {type: 'trailer'},
];

it('says that the connection was lost', async () => {
  let socket: Socket | null = null;
  const port = await listen(connected => {
    socket = connected;
    connected.write(writeCapture(records.slice(0, 4)));
  });
  const terminal = openTerminal(['--live', port], {columns: 110, rows: 25});
  await terminal.waitFor(/5\.000MB 100\.00 % .*load/);
  socket!.resetAndDestroy();
  await terminal.waitFor('Connection lost (ECONNRESET) before the recording ended.');
  terminal.press('q', 'q');
  expect((await terminal.exited).code).toBe(0);
  terminal.dispose();
});

it('grows the tree while the program runs', async () => {
  const whole = writeCapture(records);
  let socket: Socket | null = null;
  const port = await listen(connected => {
    socket = connected;
    connected.write(writeCapture(records.slice(0, 4)));
  });
  const terminal = openTerminal(['--live', port], {columns: 110, rows: 25});
  await terminal.waitFor(/5\.000MB 100\.00 % .*load/);
  await terminal.waitFor(/recording 0:\d\d {2}1 record {2}heap 5\.000MB/);
  terminal.press('v');
  await terminal.waitFor(' allocated now ');
  socket!.write(whole.subarray(writeCapture(records.slice(0, 4)).length, -1));
  await terminal.waitFor(/2\.000MB 100\.00 % .*load/);
  socket!.end(whole.subarray(-1));
  await terminal.waitFor(/^leaks .*peak 5\.000MB/m);
  terminal.press('v');
  await terminal.waitFor(/5\.000MB 100\.00 % .*load/);
  terminal.press('q', 'q');
  expect(await terminal.exited).toEqual({code: 0, signal: undefined});
  terminal.dispose();
});

it('asks before it drops a run, then ends while it waits, and hangs up', async () => {
  let hasHungUp: Promise<unknown> | null = null;
  const port = await listen(socket => {
    socket.write(writeCapture(records.slice(0, 4)));
    socket.resume();
    hasHungUp = new Promise(resolve => socket.on('close', resolve));
  });
  const terminal = openTerminal(['--live', port], {columns: 110, rows: 25});
  await terminal.waitFor(/recording 0:\d\d, nothing new {2}1 record {2}heap 5\.000MB/);
  terminal.press('q');
  await terminal.waitFor('The recording is not kept. Press q again to quit, or W to save it.');
  terminal.press('j', 'R');
  await terminal.waitFor('A live run can be received only once');
  terminal.press('q', 'q');
  expect((await terminal.exited).code).toBe(0);
  await hasHungUp;
  terminal.dispose();
});

describe('saving', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'live-'));
  });
  afterEach(() => rmSync(folder, {recursive: true}));

  const start = writeCapture(records.slice(0, 4), {commandLine: 'memray run app.py', pid: 77});
  const whole = writeCapture(records, {commandLine: 'memray run app.py', pid: 77});

  it('writes the bytes as they came, beside the report', async () => {
    const port = await listen(socket => socket.end(nestedRaw));
    const path = join(folder, 'run.bin');
    const live = await runProgram(['--live', port, '--json', '--save', path]);
    expect({code: live.code, stderr: live.stderr}).toEqual({code: 0, stderr: ''});
    expect(readFileSync(path).equals(nestedRaw)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const again = await runProgram([path, '--json']);
    expect(again.stdout).toBe(live.stdout);
  });

  it('never replaces a file, and says so before it connects', async () => {
    const port = await listen(() => {});
    const path = join(folder, 'run.bin');
    writeFileSync(path, 'old');
    const {code, stderr} = await runProgram(['--live', port, '--text', '--save', path]);
    expect({code, stderr}).toEqual({
      code: 1,
      stderr: `memray-tree-ink: ${path}: exists already; --force overwrites it\n`,
    });
    expect(readFileSync(path, 'utf8')).toBe('old');
  });

  it('leaves no file of what is no recording', async () => {
    const port = await listen(socket => socket.end('HTTP/1.1 400 Bad Request\r\n'));
    const {code} = await runProgram(['--live', port, '--text', '--save', join(folder, 'run.bin')]);
    expect(code).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['q', 'ctrl-c'])('keeps what was received until %s', async key => {
    const port = await listen(socket => socket.write(start));
    const terminal = openTerminal(['--live', port, '--save', 'run.bin'], {
      columns: 110,
      rows: 25,
      cwd: folder,
    });
    await terminal.waitFor(/5\.000MB 100\.00 % .*load/);
    await terminal.waitFor('saving to run.bin');
    terminal.press(key);
    expect((await terminal.exited).code).toBe(key === 'q' ? 0 : 130);
    expect(readdirSync(folder)).toEqual(['run.bin']);
    expect(readFileSync(join(folder, 'run.bin')).equals(start)).toBe(true);
    terminal.dispose();
  });

  it('keeps what was received until a signal ends the program', async () => {
    const port = await listen(socket => socket.write(start));
    const terminal = openTerminal(['--live', port, '--save', 'run.bin'], {
      columns: 110,
      rows: 25,
      cwd: folder,
    });
    await terminal.waitFor(/5\.000MB 100\.00 % .*load/);
    terminal.signal('SIGTERM');
    await terminal.exited;
    expect(readdirSync(folder)).toEqual(['run.bin']);
    expect(readFileSync(join(folder, 'run.bin')).equals(start)).toBe(true);
    terminal.dispose();
  });

  it('keeps the order of a long run, which comes faster than it is written', async () => {
    // malloc and free of one address in the form of version 11, ten million bytes of them.
    const pairs = Buffer.alloc(10_000_000, Uint8Array.of(0x11, 0, 1, 0x21, 0));
    const run = Buffer.concat([writeHeader({version: 11}), pairs]);
    const port = await listen(socket => socket.end(run));
    const terminal = openTerminal(['--live', port, '--save', 'run.bin'], {
      columns: 110,
      rows: 25,
      cwd: folder,
    });
    await terminal.waitFor('saved to run.bin');
    expect(readFileSync(join(folder, 'run.bin')).equals(run)).toBe(true);
    terminal.press('q');
    expect((await terminal.exited).code).toBe(0);
    terminal.dispose();
  });

  it('by key has everything from before the key, and goes on to the end', async () => {
    let socket: Socket | null = null;
    const port = await listen(connected => {
      socket = connected;
      connected.write(start);
    });
    const terminal = openTerminal(['--live', port], {columns: 110, rows: 25, cwd: folder});
    await terminal.waitFor(/5\.000MB 100\.00 % .*load/);
    terminal.press('W');
    await terminal.waitFor('Saving to memray-app.py.77.bin');
    socket!.end(whole.subarray(start.length));
    await terminal.waitFor('Saved to memray-app.py.77.bin');
    expect(readFileSync(join(folder, 'memray-app.py.77.bin')).equals(whole)).toBe(true);
    terminal.press('q');
    expect((await terminal.exited).code).toBe(0);
    terminal.dispose();
  });

  it('by key is possible after the end, and asked for until then', async () => {
    const port = await listen(socket => socket.end(whole));
    const terminal = openTerminal(['--live', port], {columns: 110, rows: 25, cwd: folder});
    await terminal.waitFor(/^peak .*peak 5\.000MB/m);
    terminal.press('q');
    await terminal.waitFor('The recording is not kept.');
    terminal.press('W');
    await terminal.waitFor('Saved to memray-app.py.77.bin');
    terminal.press('q');
    expect((await terminal.exited).code).toBe(0);
    expect(readFileSync(join(folder, 'memray-app.py.77.bin')).equals(whole)).toBe(true);
    terminal.dispose();
  });
});

describe('a moment of a run that is received', () => {
  /** `load` rises to 20 MB and falls to 1 MB, 1 MB a record. */
  const rising: CaptureRecord[] = [
    {type: 'thread', id: 1},
    {type: 'code', id: 1, function: 'load', file: 'app.py'},
    {type: 'push', code: 1},
    ...Array.from({length: 20}, (_, n) => ({type: 'allocate', address: 64 * (n + 1), size: 1e6}) as const),
    ...Array.from({length: 19}, (_, n) => ({type: 'free', address: 64 * (n + 1)}) as const),
    {type: 'trailer'},
  ];
  const whole = writeCapture(rising);
  const soFar = writeCapture(rising.slice(0, 33));

  it('is shown while the program runs, and after its end', async () => {
    let socket: Socket | null = null;
    const port = await listen(connected => {
      socket = connected;
      connected.write(soFar);
    });
    const terminal = openTerminal(['--live', port], {columns: 110, rows: 30});
    await terminal.waitFor(/20\.000MB 100\.00 % .*load/);
    terminal.press('T', 'home');
    await terminal.waitFor(/Time: heap \d\.000MB at @\d/);
    await terminal.waitFor(/ 1\.000MB 100\.00 % .*load/);
    expect(terminal.screen()).toContain('recording');
    terminal.press('p');
    await terminal.waitFor(/20\.000MB 100\.00 % .*load/);
    terminal.press('home');
    await terminal.waitFor(/ 1\.000MB 100\.00 % .*load/);
    socket!.end(whole.subarray(soFar.length));
    await terminal.waitFor(/^at @1 /m);
    expect(terminal.screen()).toMatch(/ 1\.000MB 100\.00 % .*load/);
    terminal.press('end');
    await terminal.waitFor(/^at @39 /m);
    terminal.press('left');
    await terminal.waitFor(/ 2\.000MB 100\.00 % .*load/);
    terminal.press('escape', 'g', 'B');
    await terminal.waitFor(/ 10\.000MB 100\.00 % .*load/);
    terminal.press('q', 'q');
    expect((await terminal.exited).code).toBe(0);
    terminal.dispose();
  });
});
