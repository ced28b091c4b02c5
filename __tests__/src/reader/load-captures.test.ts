import {afterEach, describe, expect, test, vi} from 'vitest';
import {type CapturesOptions, readCaptures} from '../../../src/reader/load-captures.js';
import type {LoadMessage} from '../../../src/reader/load-messages.js';
import {openSource} from '../../../src/reader/open-source.js';
import {reportEnd} from '../../../src/reader/run-load.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {toPlainLocations} from '../../helpers/read-snapshot.js';

afterEach(() => {
  vi.restoreAllMocks();
});

/** One location of `size + function` bytes for each function from 1 to `count`. */
function writeLocations(count: number, size: number, pid: number): Uint8Array {
  const records: CaptureRecord[] = [{type: 'thread', id: 1}];
  for (let id = 1; id <= count; id++) {
    records.push(
      {type: 'code', id, function: `f${id}`, file: 'f.py'},
      {type: 'push', code: id},
      {type: 'allocate', address: id * 8, size: size + id},
      {type: 'pop'},
    );
  }
  return writeCapture([...records, {type: 'trailer'}], {pid});
}

async function* cut(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  const piece = Math.ceil(bytes.length / 20);
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}

/** Loads captures, null for one that cannot be opened, with a clock that every look at moves by 0.1 s. */
async function load(captures: readonly (Uint8Array | null)[], options: Partial<CapturesOptions>) {
  let nowMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    nowMs += 100;
    return nowMs;
  });
  const sources = captures.map((bytes, index) => ({
    name: `${index}.bin`,
    open: async () => {
      if (bytes === null) throw new Error('gone');
      return openSource(cut(bytes));
    },
  }));
  const messages: LoadMessage[] = [];
  const given = {
    view: {kind: 'peak'},
    biggestAllocs: 2,
    isMerged: false,
    totalBytes: null,
    ...options,
  } as const;
  const emit = (message: LoadMessage) => messages.push(message);
  await reportEnd(readCaptures(sources, given, emit), given, emit);
  const end = messages.at(-1)!;
  if (end.type !== 'done') throw new Error(`ended with ${end.type}`);
  const partials = messages.flatMap(message =>
    message.type === 'progress' && message.partial ? [message.partial] : [],
  );
  return {snapshot: end.snapshot, partials};
}

const listBytes = (snapshot: Parameters<typeof toPlainLocations>[0]) =>
  toPlainLocations(snapshot).map(({bytes, stack}) => `${stack.map(([name]) => name).join(' ')} ${bytes}`);

describe('captures as one tree', () => {
  test('the biggest sums are there, also of locations that are small in each', async () => {
    // The locations f1 and f2 are below the cut of each capture; f3 is in one of them alone.
    const records = (ids: readonly (readonly [number, number])[]): CaptureRecord[] => [
      {type: 'thread', id: 1},
      ...ids.flatMap(([id, size]): CaptureRecord[] => [
        {type: 'code', id, function: `f${id}`, file: 'f.py'},
        {type: 'push', code: id},
        {type: 'allocate', address: id * 8, size},
        {type: 'pop'},
      ]),
      {type: 'trailer'},
    ];
    const captures = [
      writeCapture(
        records([
          [3, 60],
          [1, 50],
        ]),
        {pid: 1},
      ),
      writeCapture(
        records([
          [4, 60],
          [1, 50],
        ]),
        {pid: 2},
      ),
    ];
    const {snapshot} = await load(captures, {isMerged: true, biggestAllocs: 1});
    expect(listBytes(snapshot)).toEqual(['f1 100']);
    expect(snapshot.elided).toEqual({locations: 2, allocations: 2, bytes: 120});
  });

  test('the same capture 20 times shows 20 times what it shows alone', async () => {
    const one = await load([writeLocations(9, 0, 1)], {isMerged: true, biggestAllocs: 3});
    const all = await load(Array(20).fill(writeLocations(9, 0, 1)), {isMerged: true, biggestAllocs: 3});
    expect(listBytes(one.snapshot)).toEqual(['f9 9', 'f8 8', 'f7 7']);
    expect(listBytes(all.snapshot)).toEqual(['f9 180', 'f8 160', 'f7 140']);
    expect(all.snapshot.elided).toEqual({
      locations: one.snapshot.elided.locations,
      allocations: 20 * one.snapshot.elided.allocations,
      bytes: 20 * one.snapshot.elided.bytes,
    });
  });

  test('all locations are there where they are wanted', async () => {
    const captures = [writeLocations(9, 0, 1), writeLocations(9, 0, 2)];
    const {snapshot} = await load(captures, {isMerged: true, wantsAll: true});
    expect(snapshot.locations.length).toBe(9);
    expect(snapshot.elided.locations).toBe(0);
  });
});

describe.each([true, false])('partial trees, merged: %s', isMerged => {
  test('hold at most 1000 locations of each capture, and count the others', async () => {
    const captures = [writeLocations(1200, 0, 1), null, writeLocations(1200, 2000, 2)];
    const {snapshot, partials} = await load(captures, {isMerged, biggestAllocs: 5000, wantsAll: true});
    const last = partials.at(-1)!;
    expect(last.capture.parts!.map(part => part.failure !== null)).toEqual([false, true, false]);
    expect(last.locations.length).toBeLessThanOrEqual(2000);
    expect(last.elided.locations).toBeGreaterThanOrEqual(200);
    const sum = (list: Iterable<number>) => [...list].reduce((total, value) => total + value, 0);
    const shownOf = ({locations, elided}: typeof last) => sum(locations.bytes) + elided.bytes;
    const first = (1200 * 1201) / 2;
    expect(shownOf(last)).toBeGreaterThan(first);
    expect(shownOf(snapshot)).toBe(2 * first + 1200 * 2000);
    expect(snapshot.locations.length).toBe(isMerged ? 1200 : 2400);
  });
});

test('captures with a node each come with the biggest locations of each', async () => {
  const {snapshot} = await load([writeLocations(9, 0, 1), writeLocations(9, 100, 2)], {});
  expect(snapshot.locations.length).toBe(4);
  expect(snapshot.capture.parts!.map(part => part.heldLocations)).toEqual([2, 2]);
  expect(snapshot.elided.locations).toBe(14);
});
