import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type CaptureParser, createCaptureParser} from '../../../src/heap/capture-parser.js';
import {HistoryReader} from '../../../src/heap/history.js';
import {createHistoryKeeper} from '../../../src/heap/history-keeper.js';
import {findKeptState} from '../../../src/heap/kept-states.js';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {arbitraryLongRecords, arbitraryRecords} from '../../helpers/arbitrary-records.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {fixturesDirectory, listCaptures} from '../../helpers/captures.js';
import {toPlainLocations} from '../../helpers/read-snapshot.js';
import {replay, replayStates} from '../../helpers/reference-heap.js';

const LEAKS = {kind: 'leaks'} as const;

function parse(bytes: Uint8Array): CaptureParser {
  const parser = createCaptureParser({
    view: {kind: 'peak'},
    biggestAllocs: Infinity,
    history: createHistoryKeeper(true),
  });
  parser.push(bytes);
  parser.end();
  return parser;
}

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
  const parser = parse(writeCapture(records, {version}));
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

test('cells follow each other to the end, each with the highest moment in it', () => {
  fc.assert(
    fc.property(fc.oneof(arbitraryRecords, arbitraryLongRecords), records => {
      const states = replayStates(records);
      const {cells} = parse(writeCapture(records, {version: 12})).getTimeline()!;
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
      const parser = parse(writeCapture(records, {version: 12}));
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
  const parser = parse(bytes);
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
