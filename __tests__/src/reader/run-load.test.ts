import {afterEach, expect, test, vi} from 'vitest';
import type {View} from '../../../src/heap/snapshot.js';
import type {LoadMessage} from '../../../src/reader/load-messages.js';
import {openSource} from '../../../src/reader/open-source.js';
import {type LoadOptions, runLoad} from '../../../src/reader/run-load.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';

afterEach(() => {
  vi.restoreAllMocks();
});

/** One location for each function. */
function writeLocations(count: number): Uint8Array {
  const records: CaptureRecord[] = [{type: 'thread', id: 1}];
  for (let id = 1; id <= count; id++) {
    records.push(
      {type: 'code', id, function: `f${id}`, file: 'f.py'},
      {type: 'push', code: id},
      {type: 'allocate', address: id * 8, size: id},
      {type: 'pop'},
    );
  }
  return writeCapture([...records, {type: 'trailer'}]);
}

async function* cut(bytes: Uint8Array, pieceBytes: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

/** Reads with a clock that every look at moves by `tickMs`. Returns the messages. */
async function read(bytes: Uint8Array, tickMs: number, options: Partial<LoadOptions> = {}) {
  let nowMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    nowMs += tickMs;
    return nowMs;
  });
  const messages: LoadMessage[] = [];
  await runLoad(
    () => openSource(cut(bytes, Math.ceil(bytes.length / 50))),
    {view: {kind: 'peak'}, biggestAllocs: 5000, ...options},
    message => messages.push(message),
  );
  return messages;
}

const getPartials = (messages: readonly LoadMessage[]) =>
  messages.flatMap(message => (message.type === 'progress' && message.partial ? [message.partial] : []));

test('after the progress comes the end, with everything', async () => {
  const messages = await read(writeLocations(1500), 100);
  const types = messages.map(message => message.type);
  expect(types.slice(0, -1)).toEqual(Array(types.length - 1).fill('progress'));
  expect(types.length).toBeGreaterThan(10);
  const end = messages.at(-1)!;
  expect(end.type === 'done' && end.snapshot.locations.length).toBe(1500);
});

test('a partial snapshot holds no more than the 1000 biggest locations', async () => {
  const partials = getPartials(await read(writeLocations(1500), 100));
  const last = partials.at(-1)!;
  expect(last.locations.length).toBe(1000);
  expect(last.elided.locations).toBeGreaterThan(0);
  expect(last.locations.bytes[0]! - last.locations.bytes[999]!).toBe(999);
});

test('making and sending partial snapshots takes a twentieth of the time at most', async () => {
  const messages = await read(writeLocations(1500), 100);
  const times = messages.flatMap(message =>
    message.type === 'progress' && message.partial ? [message.progress.elapsedMs] : [],
  );
  expect(times.length).toBeGreaterThan(1);
  // Each of them costs a tick of the clock.
  for (let i = 1; i < times.length; i++) expect(times[i]! - times[i - 1]!).toBeGreaterThanOrEqual(20 * 100);
});

test('another selection comes at once, however long ago the last partial snapshot was', async () => {
  const selections: View[] = [
    {kind: 'peak'},
    {kind: 'peak'},
    {kind: 'leaks'},
    {kind: 'leaks'},
    {kind: 'peak'},
  ];
  const messages = await read(writeLocations(1500), 100, {
    getWantedPartial: () => selections.shift() ?? null,
  });
  const kinds = messages.flatMap(message =>
    message.type === 'progress' ? [message.partial?.view.kind ?? null] : [],
  );
  expect(kinds.slice(0, 6)).toEqual(['peak', null, 'leaks', null, 'peak', null]);
});

test('partial snapshots are made for those who want them', async () => {
  const messages = await read(writeLocations(100), 100, {getWantedPartial: () => null});
  expect(getPartials(messages)).toEqual([]);
  expect(messages.length).toBeGreaterThan(10);
});

test('while a capture is read, the moment that is kept nearest stands for the one that is wanted', async () => {
  const count = 40_000;
  const select: View = {kind: 'moment', at: {kind: 'allocations', count}};
  const messages = await read(writeLocations(100_000), 100, {
    history: true,
    getWantedPartial: () => select,
  });
  const seen = getPartials(messages).map(({view, locations, elided}) => {
    if (view.kind !== 'moment' || view.at.kind !== 'allocations') throw new Error(view.kind);
    // One location for each allocation so far.
    expect(locations.length + elided.locations).toBe(view.at.count);
    return view.at.count;
  });
  expect(seen.length).toBeGreaterThan(2);
  // As far as the reading has come; once it is beyond it, as near as the cells are.
  expect(seen[0]).toBeLessThan(count / 2);
  expect(Math.abs(seen.at(-1)! - count)).toBeLessThan(200);
  expect(getPartials(await read(writeLocations(5000), 100, {getWantedPartial: () => select}))).toEqual([]);
});
