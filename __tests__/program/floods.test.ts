import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {type AddressInfo, createServer, type Server} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type CaptureRecord, writeCapture} from '../helpers/capture-writer.js';
import {floods, packFlood, streamFlood} from '../helpers/floods.js';
import {wrapBlocks} from '../helpers/lz4-writer.js';
import {runProgram} from '../helpers/run-program.js';

// What the program promises of its memory: so much, and 60 bytes more for each live allocation.
const MAX_BYTES = 512e6;

const folder = mkdtempSync(join(tmpdir(), 'floods-'));
afterAll(() => rmSync(folder, {recursive: true}));

/** Loaded before the program: writes down, when it ends, how much memory it had at most. */
const PROBE = `import {writeFileSync} from 'node:fs';
process.on('exit', () => writeFileSync(process.env.MEMORY_FILE, String(process.resourceUsage().maxRSS * 1024)));`;

/** Runs the program with a small heap. */
async function runSmall(args: readonly string[]) {
  const memoryFile = join(folder, 'memory');
  const result = await runProgram(args, {
    nodeOptions: ['--max-old-space-size=64', `--import=data:text/javascript,${encodeURIComponent(PROBE)}`],
    env: {MEMORY_FILE: memoryFile},
  });
  return {...result, bytes: Number(readFileSync(memoryFile, 'utf8'))};
}

describe('a flood ends as one clear line, with what was read before it', () => {
  test.each(Object.keys(floods))('of %s', {timeout: 300_000}, async kind => {
    const path = join(folder, 'flood.bin.gz');
    writeFileSync(path, packFlood(floods[kind]!));
    const {code, stdout, stderr, bytes} = await runSmall(['--json', path]);
    expect(code).toBe(3);
    const [line, ...others] = stderr.trimEnd().split('\n');
    expect(line).toMatch(
      /^memray-tree-ink: \S+: The capture is too large to be kept in memory.*; reading stopped at byte \d+ of the unpacked data \(record \d+\)\. Shown: everything before it\.$/,
    );
    // Some of them refer to what is not there, which is said as well.
    for (const other of others) expect(other).toMatch(/refers? to nothing\.$/);
    expect(JSON.parse(stdout).capture.damage.code).toBe('too-large');
    expect(bytes).toBeLessThan(MAX_BYTES);
  });
});

describe('a flood from a live run ends in the same way', () => {
  /** Sends without end. Resolves to the port. */
  function flood(kind: string): Promise<{port: number; server: Server}> {
    const server = createServer(socket => {
      server.close();
      socket.on('error', () => {});
      Readable.from(streamFlood(floods[kind]!), {highWaterMark: 1})
        .on('error', () => {})
        .pipe(socket);
    });
    return new Promise(resolve =>
      server.listen(0, '127.0.0.1', () => resolve({port: (server.address() as AddressInfo).port, server})),
    );
  }

  test.each(['frames', 'frames with names', 'stack nodes', 'threads'])(
    'of %s',
    {timeout: 300_000},
    async kind => {
      const {port, server} = await flood(kind);
      const {code, stdout, stderr, bytes} = await runSmall(['--live', String(port), '--json']);
      server.close();
      expect(code).toBe(3);
      expect(stderr.split('\n')[0]).toMatch(
        /^memray-tree-ink: port \d+: The capture is too large to be kept in memory.*; reading stopped at byte \d+ \(record \d+\)\./,
      );
      expect(JSON.parse(stdout).capture.damage.code).toBe('too-large');
      expect(bytes).toBeLessThan(MAX_BYTES);
    },
  );
});

test('3 MiB of LZ4 that unpack to 800 take no more memory than one block', {
  timeout: 300_000,
}, async () => {
  const path = join(folder, 'bomb.bin');
  // A literal, a match of 4 MiB with what is one byte before it, and five literals, which end a block.
  const match = 4 * 2 ** 20 - 6 - 19;
  const lengths = [...Array<number>(Math.floor(match / 255)).fill(255), match % 255];
  const block = Uint8Array.of(0x1f, 0, 1, 0, ...lengths, 0x50, 0, 0, 0, 0, 0);
  const start = {bytes: writeCapture([{type: 'thread', id: 1}]), isStored: true};
  const zeros = Array.from({length: 200}, () => ({bytes: block, isStored: false}));
  writeFileSync(path, wrapBlocks([start, ...zeros], new Uint8Array(0), {sizeCode: 7}));
  const {code, bytes} = await runSmall(['--json', path]);
  expect(code).toBe(0);
  expect(bytes).toBeLessThan(200e6);
});

describe('more locations than the heap has room for', () => {
  const path = join(folder, 'many.bin');
  const count = 80_000;

  beforeAll(() => {
    // A letter beyond Latin-1 gives each letter of its name two bytes of the heap.
    const rest = `Ж${'x'.repeat(400)}`;
    const records = Array.from({length: count}, (_, i): CaptureRecord[] => [
      {type: 'code', id: i, function: `function_${i}_${rest}`, file: 'app.py'},
      {type: 'push', code: i},
      {type: 'allocate', address: 8 * (i + 1), size: 10 * count - i},
      {type: 'pop'},
    ]);
    writeFileSync(path, writeCapture([{type: 'thread', id: 1}, ...records.flat(), {type: 'trailer'}]));
  }, 120_000);

  test.each(['--json', '--text'])(
    'the biggest are shown, and it is said (%s)',
    {timeout: 120_000},
    async form => {
      const {code, stdout, stderr} = await runSmall([form, '-b', String(count), path]);
      expect(code).toBe(0);
      const line =
        /^memray-tree-ink: \S+: There is not enough memory for more than the (\d+) biggest locations\.\n$/;
      expect(stderr).toMatch(line);
      const shown = Number(line.exec(stderr)![1]);
      expect(shown).toBeGreaterThan(1000);
      expect(stdout).toContain(`function_${shown - 1}_`);
      expect(stdout).not.toContain(`function_${shown}_`);
    },
  );
});
