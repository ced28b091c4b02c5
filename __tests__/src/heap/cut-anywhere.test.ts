import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {CaptureError} from '../../../src/capture/damage.js';
import {createCaptureParser} from '../../../src/heap/capture-parser.js';
import type {Snapshot, View} from '../../../src/heap/snapshot.js';
import {listCaptures} from '../../helpers/captures.js';
import {parseSnapshot} from '../../helpers/read-snapshot.js';

const small = listCaptures()
  .map(capture => ({...capture, bytes: readFileSync(capture.path)}))
  .filter(({name, bytes}) => bytes.length < 120_000 && !/^bad/.test(name) && bytes.length > 0);

const views: View[] = [{kind: 'peak'}, {kind: 'leaks'}];

/** Pseudo-random sizes of 1 to 3000 bytes: the same in every run. */
const mixedSizes = Array.from({length: 400}, (_, i) => 1 + ((i * 7919 + 13) % 3000));

function checkInvariants(snapshot: Snapshot): void {
  const {locations, stacks, frames, strings, threads, elided, capture} = snapshot;
  let bytes = elided.bytes;
  for (let i = 0; i < locations.length; i++) {
    bytes += locations.bytes[i]!;
    if (i > 0) expect(locations.bytes[i]!).toBeLessThanOrEqual(locations.bytes[i - 1]!);
    expect(locations.allocations[i]!).toBeGreaterThan(0);
    expect(locations.stack[i]!).toBeLessThan(stacks.length);
    expect(threads[locations.thread[i]!]).toBeDefined();
  }
  if (snapshot.view.kind === 'peak') expect(bytes).toBeLessThanOrEqual(capture.peakBytes);
  for (let i = 0; i < stacks.length; i++) {
    expect(stacks.prefix[i]!).toBeLessThan(i);
    expect(stacks.frame[i]!).toBeLessThan(frames.length);
  }
  const keys = Array.from(
    {length: frames.length},
    (_, i) => `${frames.function[i]} ${frames.file[i]} ${frames.line[i]}`,
  );
  expect(new Set(keys).size).toBe(frames.length);
  expect(new Set(strings).size).toBe(strings.length);
}

describe.each(small)('$name', ({bytes}) => {
  test.each(views)('$kind: the same whatever the pieces', view => {
    const whole = parseSnapshot(bytes, {view});
    checkInvariants(whole);
    for (const sizes of [[1], [7], mixedSizes, [65536]])
      expect(parseSnapshot(bytes, {view}, sizes)).toEqual(whole);
  });

  test('asking on the way changes nothing, and grows', () => {
    const parser = createCaptureParser({view: {kind: 'peak'}, biggestAllocs: 5});
    let records = 0;
    let peakBytes = 0;
    for (let at = 0; at < bytes.length; at += 997) {
      parser.push(bytes.subarray(at, at + 997));
      expect(parser.records).toBeGreaterThanOrEqual(records);
      records = parser.records;
      if (!parser.hasHeader) continue;
      const snapshot = parser.getSnapshot();
      checkInvariants(snapshot);
      expect(snapshot.capture.peakBytes).toBeGreaterThanOrEqual(peakBytes);
      peakBytes = snapshot.capture.peakBytes;
    }
    parser.end();
    expect(parser.getSnapshot()).toEqual(parseSnapshot(bytes, {biggestAllocs: 5}));
  });
});

/** Of the larger ones not every byte. */
const tiny = small
  .filter(({bytes}) => bytes.length < 30_000)
  .map(capture => ({...capture, step: capture.bytes.length < 3000 ? 1 : 997}));

describe.each(tiny)('$name cut at every $step bytes', ({bytes, step}) => {
  test('shows what came before, or says that there is nothing', () => {
    let records = 0;
    for (let length = 0; length <= bytes.length; length += step) {
      const cut = bytes.subarray(0, length);
      const snapshot = readOrRefuse(cut);
      if (snapshot === null) {
        expect(records).toBe(0);
        continue;
      }
      expect(snapshot.capture.allocationRecords).toBeGreaterThanOrEqual(records);
      records = snapshot.capture.allocationRecords;
      if (length < bytes.length && snapshot.capture.compression === 'lz4') {
        expect(snapshot.capture.damage).toMatchObject({code: 'cut', byteOffset: length});
      }
    }
  });
});

function readOrRefuse(bytes: Uint8Array): Snapshot | null {
  try {
    return parseSnapshot(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(CaptureError);
    return null;
  }
}
