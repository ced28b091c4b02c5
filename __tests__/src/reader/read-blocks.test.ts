import {readFileSync, writeFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {Readable} from 'node:stream';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {readCapture} from '../../../src/headless.js';
import type {View} from '../../../src/heap/snapshot.js';
import type {CaptureSource} from '../../../src/reader/capture-source.js';
import {type InputSpec, loadInput} from '../../../src/reader/input-spec.js';
import type {LoadMessage} from '../../../src/reader/load-messages.js';
import {openSource} from '../../../src/reader/open-source.js';
import {type LoadOptions, runLoad} from '../../../src/reader/run-load.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {fixturesDirectory} from '../../helpers/captures.js';
import {parseWithBlocks, toPlainBlocks} from '../../helpers/read-snapshot.js';

const PEAK: View = {kind: 'peak'};
const nested = readFileSync(`${fixturesDirectory}/nested.bin`);
const fileOf = (name: string): string => `${fixturesDirectory}/${name}.bin`;

/** How a load ends, and how often its source was opened. */
async function load(getBytes: (opened: number) => Uint8Array, options: Partial<LoadOptions> = {}) {
  let opened = 0;
  const open = (): Promise<CaptureSource> => openSource(getBytes(++opened));
  let last: LoadMessage | null = null;
  await runLoad(open, {view: PEAK, biggestAllocs: Infinity, blocks: true, ...options}, message => {
    last = message;
  });
  return {opened, last: last as unknown as LoadMessage};
}

function expectSnapshot(message: LoadMessage) {
  if (message.type !== 'done') throw new Error(`it ended with ${JSON.stringify(message)}`);
  return message.snapshot;
}

/** A capture whose peak comes after so many allocations. */
function peakAfter(count: number): Uint8Array {
  const records: CaptureRecord[] = [{type: 'thread', id: 1}];
  for (let i = 1; i <= count; i++) records.push({type: 'allocate', address: 4096 * i, size: 100 + i});
  for (let i = 1; i <= count; i++) records.push({type: 'free', address: 4096 * i});
  return writeCapture([...records, {type: 'trailer'}]);
}

describe('the blocks of the peak', () => {
  test('take a second reading, which gives the same snapshot otherwise', async () => {
    const {opened, last} = await load(() => nested);
    expect(opened).toBe(2);
    expect(expectSnapshot(last)).toEqual(parseWithBlocks(nested, {biggestAllocs: Infinity}));
  });

  test('take one reading where it is known how many records lead to it', async () => {
    const {peakRecords} = parseWithBlocks(nested).capture.run!;
    const {opened, last} = await load(() => nested, {peakRecords: peakRecords!});
    expect(opened).toBe(1);
    expect(toPlainBlocks(expectSnapshot(last)).length).toBeGreaterThan(0);
  });

  test('are read again where the file has changed meanwhile', async () => {
    const {opened, last} = await load(number => peakAfter(number === 1 ? 3 : 5));
    expect(opened).toBe(3);
    const sizes = toPlainBlocks(expectSnapshot(last)).map(([, , size]) => size);
    expect(sizes).toEqual([101, 102, 103, 104, 105]);
  });

  test('are given up, with a reason, of a file that changes each time', async () => {
    const {opened, last} = await load(number => peakAfter(number));
    expect(opened).toBe(4);
    expect(last).toMatchObject({type: 'failed', code: 'read-once'});
  });

  test('are the ones before the damage, where a capture is cut off', async () => {
    const {last} = await load(() => nested.subarray(0, nested.length - 400));
    const {capture, blocks, locations} = expectSnapshot(last);
    expect(capture.damage).not.toBeNull();
    const sums = new Float64Array(locations.length);
    for (let row = 0; row < blocks!.length; row++) {
      sums[blocks!.location[row]!]! += blocks!.size[row]! * blocks!.count[row]!;
    }
    expect(sums).toEqual(locations.bytes);
  });
});

test.each<View>([{kind: 'leaks'}, {kind: 'temporary', threshold: 1}, {kind: 'allocated'}])(
  'the blocks of $kind take one reading',
  async view => {
    const {opened, last} = await load(() => nested, {view});
    expect(opened).toBe(1);
    expect(expectSnapshot(last)).toEqual(parseWithBlocks(nested, {view, biggestAllocs: Infinity}));
  },
);

test('an aggregated capture has none', async () => {
  const {last} = await load(() => readFileSync(fileOf('aggregate-middle')));
  expect(last).toMatchObject({
    type: 'failed',
    code: 'no-blocks',
    message: expect.stringContaining('aggregated'),
  });
});

test('an abort ends the second reading', async () => {
  const abort = new AbortController();
  const loading = load(
    opened => {
      if (opened === 2) abort.abort(new Error('enough'));
      return nested;
    },
    {signal: abort.signal},
  );
  await expect(loading).rejects.toThrow('enough');
});

describe('what can be read once', () => {
  async function end(input: InputSpec, options: Partial<LoadOptions>) {
    let last: LoadMessage | null = null;
    await loadInput(input, {view: PEAK, biggestAllocs: 200, blocks: true, ...options}, message => {
      last = message;
    });
    return last;
  }

  test.each<InputSpec>([
    {kind: 'file', path: '-'},
    {kind: 'files', paths: [fileOf('nested'), '-'], isMerged: false},
    {kind: 'live', port: 1},
  ])('has no blocks of the peak: $kind', async input => {
    expect(await end(input, {})).toMatchObject({type: 'failed', code: 'read-once'});
  });

  test('a stream says so too, but has blocks of the leaks', async () => {
    const stream = () => Readable.from([nested]);
    await expect(readCapture(stream(), {blocks: true})).rejects.toMatchObject({code: 'read-once'});
    const {snapshot} = await readCapture(stream(), {blocks: true, leaks: true});
    const view: View = {kind: 'leaks'};
    expect(toPlainBlocks(snapshot)).toEqual(toPlainBlocks(parseWithBlocks(nested, {view})));
  });
});

describe('several captures', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'read-blocks-'));
    for (const count of [2, 3]) writeFileSync(path.join(folder, `${count}.bin`), peakAfter(count));
  });
  afterAll(() => rm(folder, {recursive: true}));

  test.each([true, false])('have the blocks of each, merged: %s', async isMerged => {
    const paths = [2, 3].map(count => path.join(folder, `${count}.bin`));
    let last: LoadMessage | null = null;
    await loadInput(
      {kind: 'files', paths, isMerged},
      {view: PEAK, biggestAllocs: Infinity, blocks: true},
      message => {
        last = message;
      },
    );
    const blocks = toPlainBlocks(expectSnapshot(last as unknown as LoadMessage));
    const ofBoth = [
      [0, 6, 101, 2],
      [0, 6, 102, 2],
      [0, 6, 103, 1],
    ];
    const ofEach = [
      [0, 6, 101, 1],
      [0, 6, 102, 1],
      [0, 6, 103, 1],
      [1, 6, 101, 1],
      [1, 6, 102, 1],
    ];
    expect(blocks).toEqual(isMerged ? ofBoth : ofEach);
  });
});
