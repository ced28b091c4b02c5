import {readFileSync} from 'node:fs';
import {createServer, type Server, type Socket} from 'node:net';
import {afterEach, expect, it} from 'vitest';
import {type CaptureRecord, writeCapture} from '../helpers/capture-writer.js';
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
  terminal.press('q');
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
  await terminal.waitFor(/recording, /);
  terminal.press('v');
  await terminal.waitFor(' allocated now ');
  socket!.write(whole.subarray(writeCapture(records.slice(0, 4)).length, -1));
  await terminal.waitFor(/2\.000MB 100\.00 % .*load/);
  socket!.end(whole.subarray(-1));
  await terminal.waitFor(/^leaks .*peak 5\.000MB/m);
  terminal.press('v');
  await terminal.waitFor(/5\.000MB 100\.00 % .*load/);
  terminal.press('q');
  expect(await terminal.exited).toEqual({code: 0, signal: undefined});
  terminal.dispose();
});

it('ends at once while it waits, and hangs up', async () => {
  let hasHungUp: Promise<unknown> | null = null;
  const port = await listen(socket => {
    socket.write(writeCapture(records.slice(0, 4)));
    socket.resume();
    hasHungUp = new Promise(resolve => socket.on('close', resolve));
  });
  const terminal = openTerminal(['--live', port], {columns: 110, rows: 25});
  await terminal.waitFor('recording, nothing new');
  terminal.press('q');
  expect((await terminal.exited).code).toBe(0);
  await hasHungUp;
  terminal.dispose();
});
