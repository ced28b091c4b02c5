import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gzipSync, zstdCompressSync} from 'node:zlib';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import type {ProcessState} from '../../../src/platform/process-state.js';
import {followFile} from '../../../src/reader/follow-source.js';
import type {LoadDone, StreamState} from '../../../src/reader/load-messages.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {fixturesDirectory} from '../../helpers/captures.js';
import {decodeLz4} from '../../helpers/decode-lz4.js';
import {loadSource} from '../../helpers/load-source.js';
import {parseSnapshot, toPlainLocations} from '../../helpers/read-snapshot.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'follow-'));
  path = join(folder, 'results.bin');
});
afterEach(() => rmSync(folder, {recursive: true}));

const nested = readFileSync(`${fixturesDirectory}/nested.bin`);
const nestedRaw = decodeLz4(nested);

/** Of the clock that tests give. */
const START_MS = 1_000_000;

interface Process {
  isAlive: boolean;
}
/** What happens between two looks. */
type Step = (process: Process) => void;

/** Follows the file while one step after the other happens. Fails where it waits for more than happens. */
async function follow(steps: readonly Step[], process: Process = {isAlive: true}) {
  const states: StreamState[] = [];
  let source = followFile(path);
  const noteState = (): void => {
    const state = source.getStreamState!();
    if (states.at(-1) !== state) states.push(state);
  };
  const left = [...steps];
  let nowMs = START_MS;
  const host = {
    now: () => nowMs,
    getProcessState: (): ProcessState => (process.isAlive ? 'running' : 'gone'),
    async pause() {
      nowMs += 100;
      noteState();
      const step = left.shift();
      if (step === undefined) throw new Error('waits although nothing happens any more');
      step(process);
    },
  };
  const open = async () => {
    source = followFile(path, host);
    return source;
  };
  const done = await loadSource(open, {view: {kind: 'peak'}, biggestAllocs: 200});
  noteState();
  return {done, states, left: left.length, elapsedMs: source.getElapsedMs!()};
}

/** The first bytes of a capture in a file of zeros, as memray maps it. */
const write = (bytes: Uint8Array, count = bytes.length, zeros = 500): void => {
  const file = new Uint8Array(count + zeros);
  file.set(bytes.subarray(0, count));
  writeFileSync(path, file, {flag: 'r+'});
};
const create = (): void => writeFileSync(path, '');
const grow =
  (bytes: Uint8Array, count?: number): Step =>
  () =>
    write(bytes, count);

/** All but what the container and the source say. */
const getResult = ({capture, ...rest}: Snapshot) => ({
  ...rest,
  capture: {...capture, compression: null, notes: null},
});
const expectSame = ({snapshot}: LoadDone, bytes: Uint8Array) =>
  expect(getResult(snapshot)).toEqual(getResult(parseSnapshot(bytes)));

/** Numbers and addresses that end in zero bytes, at the end of records too. */
const records: CaptureRecord[] = [
  {type: 'thread', id: 1},
  {type: 'code', id: 0, function: 'f', file: 'f.py', table: [0, 0, 0, 0]},
  {type: 'push', code: 0},
  {type: 'allocate', address: 0, size: 0},
  {type: 'allocate', address: 8, size: 300},
  {type: 'thread', id: 256},
  {type: 'allocate', address: 2 ** 40, size: 0},
  {type: 'free', address: 8},
  {type: 'name', name: ''},
  {type: 'trailer'},
];

describe('a file that grows', () => {
  test('is read to its trailer, cut anywhere between two looks', async () => {
    const bytes = writeCapture(records, {pid: 7});
    const steps = Array.from({length: bytes.length + 1}, (_, count) => grow(bytes, count));
    create();
    const {done} = await follow([create, ...steps]);
    expectSame(done, bytes);
    expect(done.snapshot.capture.finished).toBe(true);
    expect(done.snapshot.locations.length).toBe(2);
  });

  test('is read like the whole file', async () => {
    create();
    const steps = [100, 5000, 5001, 20_000, 20_001, nestedRaw.length].map(count => grow(nestedRaw, count));
    const {done, left} = await follow(steps);
    expectSame(done, nested);
    expect(left).toBe(0);
  });

  test('need not be there at first, and may be empty for as long as it likes', async () => {
    const {done, states} = await follow([() => {}, create, () => {}, () => writeFileSync(path, nestedRaw)]);
    expectSame(done, nested);
    expect(states).toEqual(['missing', 'growing']);
  });

  test('is called quiet when nothing comes for a while', async () => {
    createWith(nestedRaw, 9000);
    const nothing = Array.from({length: 20}, () => () => {});
    const {done, states} = await follow([...nothing, grow(nestedRaw)]);
    expectSame(done, nested);
    expect(states).toEqual(['growing', 'quiet', 'growing']);
  });
});

describe('the time of a recording', () => {
  const bytes = writeCapture(records, {pid: 7, startTimeMs: START_MS - 60_000});

  test('counts from its beginning where its process is running here', async () => {
    createWith(bytes, bytes.length - 1);
    const {elapsedMs} = await follow([() => {}, grow(bytes)]);
    expect(elapsedMs).toBe(60_000 + 200);
  });

  test('counts from the first bytes that were seen where it is not', async () => {
    createWith(bytes, bytes.length - 1);
    const {elapsedMs} = await follow([() => {}, () => {}, grow(bytes)], {isAlive: false});
    expect(elapsedMs).toBe(300);
  });
});

describe('the end', () => {
  test('comes with the process, and the last zeros count then', async () => {
    const bytes = writeCapture(records.slice(0, 7), {pid: 7});
    createWith(bytes);
    const die: Step = process => {
      process.isAlive = false;
    };
    const {done, left} = await follow([() => {}, die]);
    expectSame(done, bytes);
    expect(done.snapshot.capture).toMatchObject({finished: false, damage: null, allocationRecords: 3});
    expect(done.snapshot.capture.notes).toEqual([
      expect.stringMatching(/^No end mark: the process was killed, /),
    ]);
    expect(left).toBe(0);
  });

  test('is taken for reached where the process was never seen and nothing has come for half a minute', async () => {
    createWith(nestedRaw, 9000);
    const halfMinute = Array.from({length: 310}, () => () => {});
    const {done} = await follow(halfMinute, {isAlive: false});
    expect(done.snapshot.capture).toMatchObject({finished: false, damage: null});
    expect(toPlainLocations(done.snapshot).length).toBeGreaterThan(3);
  });

  test('is that of the recording when the compressed file replaces it before the last look', async () => {
    createWith(nestedRaw, 9000);
    const finish: Step = () => {
      write(nestedRaw);
      writeFileSync(`${path}.lz4.tmp`, nested);
      renameSync(`${path}.lz4.tmp`, path);
    };
    const {done} = await follow([finish]);
    expectSame(done, nested);
    expect(done.snapshot.capture.compression).toBe('none');
  });

  test('is that of the file where the recording is over and compressed', async () => {
    writeFileSync(path, nested);
    const {done} = await follow([]);
    expectSame(done, nested);
    expect(done.snapshot.capture.compression).toBe('lz4');
  });
});

describe('a compressed file that arrives slowly', () => {
  const arrive =
    (from: number, to?: number): Step =>
    () =>
      appendFileSync(path, nested.subarray(from, to));
  const nothing = Array.from({length: 290}, () => () => {});

  test('is unfinished, not cut, while its last frame has no end', async () => {
    writeFileSync(path, nested.subarray(0, 2000));
    const {done, states, left} = await follow([...nothing, arrive(2000, 4096), ...nothing, arrive(4096)]);
    expectSame(done, nested);
    expect(done.snapshot.capture).toMatchObject({finished: true, damage: null, compression: 'lz4'});
    expect({states, left}).toEqual({states: ['incomplete'], left: 0});
  });

  test('may arrive byte by byte', async () => {
    const start = 64;
    create();
    const bytes = Array.from({length: start}, (_, at) => arrive(at, at + 1));
    const {done} = await follow([...bytes, arrive(start)]);
    expectSame(done, nested);
  });

  test('is cut where nothing has come for half a minute', async () => {
    writeFileSync(path, nested.subarray(0, 4096));
    const halfMinute = Array.from({length: 310}, () => () => {});
    const {done} = await follow(halfMinute, {isAlive: false});
    expect(done.snapshot.capture).toMatchObject({finished: false, damage: {code: 'cut', byteOffset: 4096}});
  });

  test('ends with its last frame where its format has no end mark', async () => {
    const old = readFileSync(`${fixturesDirectory}/old-versions/v07-1.1.0-versions.bin`);
    writeFileSync(path, old.subarray(0, 500));
    const {done, left} = await follow([() => {}, () => appendFileSync(path, old.subarray(500))]);
    expectSame(done, old);
    expect(done.snapshot.capture).toMatchObject({finished: true, damage: null, compression: 'lz4'});
    expect(left).toBe(0);
  });

  test('does not end between a skippable frame and the capture', async () => {
    const skippable = Uint8Array.of(0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 7);
    writeFileSync(path, skippable);
    const {done} = await follow([() => {}, arrive(0)]);
    expectSame(done, nested);
  });

  test('is read from its start where another one takes its place', async () => {
    writeFileSync(path, nested.subarray(0, 4096));
    const replace: Step = () => {
      writeFileSync(`${path}.new`, nested);
      renameSync(`${path}.new`, path);
    };
    const {done} = await follow([replace]);
    expectSame(done, nested);
  });
});

describe.each([
  ['gzip', gzipSync],
  ['zstd', zstdCompressSync],
] as const)('a file packed with %s that arrives slowly', (kind, pack) => {
  const packed = pack(nestedRaw);
  const arrive =
    (from: number, to?: number): Step =>
    () =>
      appendFileSync(path, packed.subarray(from, to));
  const quiet = (looks: number): Step[] => Array.from({length: looks}, () => () => {});
  /** A second without news shows that nothing follows what is complete. */
  const second = quiet(15);

  test('is waited for, and shown when it is complete', async () => {
    writeFileSync(path, packed.subarray(0, 100));
    const {done, states} = await follow([
      ...quiet(290),
      arrive(100, 4096),
      ...quiet(290),
      arrive(4096),
      ...second,
    ]);
    expectSame(done, nested);
    expect(done.snapshot.capture).toMatchObject({finished: true, damage: null});
    expect(states).toEqual(['incomplete']);
  });

  test('may hold what memray has compressed', async () => {
    const twice = pack(nested);
    writeFileSync(path, twice.subarray(0, 3000));
    const {done} = await follow([() => appendFileSync(path, twice.subarray(3000)), ...second]);
    expectSame(done, nested);
    expect(done.snapshot.capture).toMatchObject({damage: null, compression: 'lz4'});
  });

  test('is cut where nothing has come for half a minute', async () => {
    const many = Array.from(
      {length: 50_000},
      (_, index): CaptureRecord => ({type: 'allocate', address: 64 * index, size: index}),
    );
    writeFileSync(path, pack(writeCapture([...records.slice(0, 3), ...many])).subarray(0, -100));
    const {done} = await follow(quiet(310), {isAlive: false});
    const {damage, allocationRecords} = done.snapshot.capture;
    expect(damage).toMatchObject({code: 'cut', message: `The ${kind} data is cut off`});
    expect(allocationRecords).toBeGreaterThan(0);
  });
});

test('a file of a format that is not unpacked here is refused at once', async () => {
  writeFileSync(path, Uint8Array.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4]));
  await expect(follow([])).rejects.toThrow('is compressed with xz; unpack it first: xz -dk');
});

describe('another recording', () => {
  const first = writeCapture(records.slice(0, 7), {pid: 7, startTimeMs: 1000});
  const second = writeCapture(records, {pid: 8, startTimeMs: 2000});
  const truncate: Step = () => writeFileSync(path, '');

  test.each<[string, readonly Step[]]>([
    ['emptied and written again', [truncate, () => {}, grow(second)]],
    [
      'written again so quickly that it is no shorter',
      [() => writeFileSync(path, Buffer.concat([second, nested]))],
    ],
    ['emptied, with zeros in its place', [() => writeFileSync(path, new Uint8Array(9000)), grow(second)]],
    [
      'replaced by another file',
      [
        () => {
          writeFileSync(`${path}.new`, second);
          renameSync(`${path}.new`, path);
        },
      ],
    ],
  ])('is read from its start: %s', async (_, steps) => {
    createWith(first);
    const {done} = await follow(steps);
    expectSame(done, second);
  });

  test('a file that was only removed is still followed', async () => {
    createWith(nestedRaw, 9000);
    const file = join(folder, 'kept');
    const {done} = await follow([
      () => renameSync(path, file),
      () => {
        const other = path;
        path = file;
        write(nestedRaw);
        path = other;
      },
    ]);
    expectSame(done, nested);
  });
});

test('a file that was deleted is said to be', async () => {
  createWith(nestedRaw, 9000);
  const remove: Step = () => rmSync(path);
  const die: Step = process => {
    process.isAlive = false;
  };
  const {done, states} = await follow([() => {}, remove, () => {}, die]);
  expect(states).toEqual(['growing', 'deleted']);
  expect(done.snapshot.capture.notes).toEqual([
    'The file was deleted while it was being followed.',
    expect.stringMatching(/^No end mark: /),
  ]);
});

describe('what is no capture', () => {
  test('is said', async () => {
    writeFileSync(path, 'no capture at all');
    await expect(follow([])).rejects.toMatchObject({code: 'not-a-capture'});
  });

  test('a directory is refused', async () => {
    mkdirSync(path);
    await expect(follow([])).rejects.toMatchObject({code: 'not-a-file'});
  });
});

/** Creates the file. */
function createWith(bytes: Uint8Array, count?: number): void {
  create();
  write(bytes, count);
}
