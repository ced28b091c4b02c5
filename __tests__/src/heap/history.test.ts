import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {CaptureParser} from '../../../src/heap/capture-parser.js';
import {HistoryReader} from '../../../src/heap/history.js';
import {findKeptState} from '../../../src/heap/kept-states.js';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {surveyStates} from '../../../src/heap/survey-states.js';
import {arbitraryLongRecords, arbitraryRecords} from '../../helpers/arbitrary-records.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {fixturesDirectory, listCaptures} from '../../helpers/captures.js';
import {openHistoryOf, parseWithHistory} from '../../helpers/keep-history.js';
import {toPlainLocations} from '../../helpers/read-snapshot.js';
import {replay, replayStates} from '../../helpers/reference-heap.js';

const LEAKS = {kind: 'leaks'} as const;

const keyOf = ({thread, stack}: ReturnType<typeof toPlainLocations>[number]): string =>
  JSON.stringify([Number(thread), stack.map(([name]) => name).reverse()]);

function listHeld(snapshot: Snapshot): ReadonlyMap<string, readonly [number, number]> {
  return new Map(
    toPlainLocations(snapshot).map(location => [keyOf(location), [location.bytes, location.allocations]]),
  );
}

/** Numbers of allocation records of which the states are kept. */
function listKept(parser: CaptureParser): readonly number[] {
  const {cells} = parser.getTimeline()!;
  return [0, ...cells.records, ...cells.highRecords];
}

function checkStates(records: readonly CaptureRecord[], version: number): void {
  const parser = parseWithHistory(writeCapture(records, {version}));
  const states = replayStates(records);
  const history = new HistoryReader(parser.getHistory()!);
  for (const kept of listKept(parser)) {
    const expected = states[kept]!.held;
    expect(listHeld(history.read(kept, LEAKS)!)).toEqual(expected);
    expect(listHeld(parser.getNearestSnapshot(kept)!)).toEqual(expected);
  }
}

describe.each([6, 7, 12])('version %i', version => {
  test('the states of all moments of short runs are those of a plain replay', () => {
    fc.assert(
      fc.property(arbitraryRecords, records => {
        checkStates(records, version);
      }),
      {numRuns: 60},
    );
  });
});

test('so are those that are kept of long runs', () => {
  fc.assert(
    fc.property(arbitraryLongRecords, records => {
      checkStates(records, 12);
    }),
    {numRuns: 8},
  );
});

test('states are the same from wherever they are reached', () => {
  fc.assert(
    fc.property(
      arbitraryLongRecords,
      fc.array(fc.nat(), {minLength: 20, maxLength: 40}),
      (records, numbers) => {
        const parser = parseWithHistory(writeCapture(records, {version: 12}));
        const history = parser.getHistory()!;
        const {checkpoints} = surveyStates(history.states, (history.numbers.at(-1) ?? -1) + 1, 0);
        expect(checkpoints.length).toBeGreaterThan(0);
        const reader = new HistoryReader({...history, checkpoints});
        const kept = listKept(parser);
        for (const number of numbers) {
          const moment = kept[number % kept.length]!;
          const fromStart = new HistoryReader({...history, checkpoints: []}).read(moment, LEAKS);
          expect(reader.read(moment, LEAKS)).toEqual(fromStart);
        }
      },
    ),
    {numRuns: 8},
  );
});

test('traces are the sums of what is traced, at the highest moment of each cell and at its end', () => {
  fc.assert(
    fc.property(fc.oneof(arbitraryRecords, arbitraryLongRecords), fc.integer({min: 1}), (records, bits) => {
      const history = openHistoryOf(writeCapture(records, {version: 12}));
      const keys = toPlainLocations(history.base).map(keyOf);
      const isTraced = (index: number): boolean => ((bits >> (index % 31)) & 1) === 1;
      const traced = keys.filter((_, index) => isTraced(index));
      const states = replayStates(records);
      const {records: ends, highRecords, length} = history.cells;
      const moments = Array.from({length}, (_, cell) => [highRecords[cell]!, ends[cell]!]).flat();
      const sums = moments.map(count =>
        traced.reduce((sum, key) => sum + (states[count]!.held.get(key)?.[0] ?? 0), 0),
      );
      const counted = Uint8Array.from(keys, (_, index) => Number(isTraced(index)));
      expect([...history.traceBytes(counted)]).toEqual(sums);
    }),
    {numRuns: 40},
  );
});

test('several moments are one snapshot, each of them a run; a moment that is not kept gives none', () => {
  fc.assert(
    fc.property(arbitraryRecords, records => {
      const bytes = writeCapture(records, {version: 12});
      const history = openHistoryOf(bytes);
      const kept = [...history.cells.records, 0, ...history.cells.highRecords];
      const all = history.readRuns(kept)!;
      const keys = toPlainLocations(all).map(keyOf);
      const states = replayStates(records);
      const runs = all.runs!.map(
        ({location, bytes: held, allocations}) =>
          new Map(Array.from(location, (each, i) => [keys[each]!, [held[i]!, allocations[i]!]])),
      );
      expect(runs).toEqual(kept.map(count => states[count]!.held));
      keys.forEach((key, index) => {
        const held = kept.map(count => states[count]!.held.get(key) ?? [0, 0]);
        const sumOf = (of: 0 | 1): number => held.reduce((sum, each) => sum + each[of]!, 0);
        expect([all.locations.bytes[index], all.locations.allocations[index]]).toEqual([sumOf(0), sumOf(1)]);
      });
      expect(history.readRuns([0, states.length + 1])).toBeNull();
    }),
    {numRuns: 40},
  );
});

test.each([2 ** 52 - 1, 2 ** 52 + 1, 2 ** 53 - 1])(
  'a block of %i bytes that is freed is held by nobody after it',
  size => {
    const history = openHistoryOf(
      writeCapture([
        {type: 'thread', id: 1},
        {type: 'allocate', address: 8, size},
        {type: 'memory', rss: 1, ms: 1},
        {type: 'free', address: 8},
        {type: 'memory', rss: 1, ms: 2},
        {type: 'trailer'},
      ]),
    );
    const held = [0, 1, 2].map(records => [...history.read(records, LEAKS)!.locations.bytes]);
    expect(held).toEqual([[], [size], []]);
    expect(history.traceBytes(new Uint8Array(history.base.locations.length).fill(1)).at(-1)).toBe(0);
  },
);

test('the nearest moment is as near as any that is kept', () => {
  fc.assert(
    fc.property(arbitraryLongRecords, fc.nat({max: 7000}), (records, count) => {
      const history = openHistoryOf(writeCapture(records, {version: 12}));
      const {view} = history.readNearest(count)!;
      const found = view.kind === 'moment' && view.at.kind === 'allocations' ? view.at.count : Number.NaN;
      const kept = [0, ...history.cells.records, ...history.cells.highRecords];
      expect(kept).toContain(found);
      expect(Math.abs(found - count)).toBe(Math.min(...kept.map(each => Math.abs(each - count))));
    }),
    {numRuns: 8},
  );
});

test('cells follow each other to the end, each with the highest moment in it', () => {
  fc.assert(
    fc.property(fc.oneof(arbitraryRecords, arbitraryLongRecords), records => {
      const states = replayStates(records);
      const {cells} = parseWithHistory(writeCapture(records, {version: 12})).getTimeline()!;
      let start = 0;
      for (let cell = 0; cell < cells.length; cell++) {
        const end = cells.records[cell]!;
        expect(end).toBeGreaterThanOrEqual(start);
        const heaps = states.slice(start, end + 1).map(({heap}) => heap);
        expect(cells.highestHeap[cell]).toBe(Math.max(...heaps));
        expect(states[cells.highRecords[cell]!]!.heap).toBe(cells.highestHeap[cell]);
        expect(cells.heap[cell]).toBe(states[end]!.heap);
        start = end;
      }
      expect(start).toBe(states.length - 1);
    }),
    {numRuns: 20},
  );
});

test('peak and leaks are those of a reading without history', () => {
  fc.assert(
    fc.property(arbitraryRecords, records => {
      const parser = parseWithHistory(writeCapture(records, {version: 12}));
      for (const kind of ['peak', 'leaks'] as const) {
        expect(toPlainLocations(parser.getSnapshot(Infinity, {kind}))).toEqual(
          replay(records, {kind}).locations,
        );
      }
    }),
    {numRuns: 60},
  );
});

const captures = listCaptures(fixturesDirectory).filter(
  ({name, goldens}) => goldens.includes('tree') && !name.includes('aggregate'),
);

test.each(captures)('$name: a whole capture keeps its peak and its end', ({path}) => {
  const bytes = readFileSync(path);
  const parser = parseWithHistory(bytes);
  const {cells} = parser.getTimeline()!;
  const history = new HistoryReader(parser.getHistory()!);
  expect(findKeptState(cells, parser.allocationRecords)).not.toBeNull();
  const highest = cells.highestHeap.indexOf(Math.max(...cells.highestHeap));
  const atPeak = history.read(cells.highRecords[highest]!, LEAKS)!;
  const atEnd = history.read(parser.allocationRecords, LEAKS)!;
  const sum = ({locations}: Snapshot): number => locations.bytes.reduce((all, each) => all + each, 0);
  const sumOf = (kind: 'peak' | 'leaks'): number => sum(parser.getSnapshot(Infinity, {kind}));
  expect(sum(atEnd)).toBe(sumOf('leaks'));
  expect(sum(atPeak)).toBe(sumOf('peak'));
});
