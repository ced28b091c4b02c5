import {isDeepStrictEqual} from 'node:util';
import {CaptureError} from '../../../src/capture/damage.js';
import type {CaptureParser} from '../../../src/heap/capture-parser.js';
import {HistoryReader} from '../../../src/heap/history.js';
import type {MomentView, Snapshot} from '../../../src/heap/snapshot.js';
import {surveyStates} from '../../../src/heap/survey-states.js';
import {parseWithHistory} from '../keep-history.js';
import {readAtMoments} from '../read-at-moments.js';
import {toPlainLocations} from '../read-snapshot.js';
import {checkSnapshot} from './check-snapshot.js';
import type {Random} from './random.js';

/** How many moments are read again; each takes two readings of the capture. */
const READ_MOMENTS = [1, 1, 1, 4];
/** Beyond it no heap is exact, and the capture is damaged. */
const EXACT = 2 ** 53;

function ensure(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/**
 * Reads a capture with the history of its heap. Throws unless the states that are kept are those that a second
 * reading up to the same moment gives, from wherever they are reached, and what is traced adds up to the heap.
 */
export function checkHistory(bytes: Uint8Array, random: Random): void {
  const parser = tryParse(bytes);
  const history = parser?.getHistory() ?? null;
  if (parser === null || history === null) return;
  const {cells} = history.states;
  const kept = [0, ...cells.records, ...cells.highRecords];
  const {checkpoints} = surveyStates(history.states, (history.numbers.at(-1) ?? -1) + 1, 0);
  const reader = new HistoryReader(random.chance(0.5) ? history : {...history, checkpoints});
  for (let left = random.pick(READ_MOMENTS); left > 0; left--) checkMoment(bytes, reader, random.pick(kept));
  ensure(reader.read(2 ** 40, {kind: 'leaks'}) === null, 'a moment that never was is kept');
  ensure(reader.readRuns([0, random.pick(kept)]) !== null, 'moments that are kept give no runs');
  checkTrace(reader, random);
}

function tryParse(bytes: Uint8Array): CaptureParser | null {
  try {
    return parseWithHistory(bytes);
  } catch (error) {
    if (error instanceof CaptureError) return null;
    throw error;
  }
}

function checkMoment(bytes: Uint8Array, reader: HistoryReader, records: number): void {
  const view: MomentView = {kind: 'moment', at: {kind: 'allocations', count: records}};
  const kept = reader.read(records, view);
  ensure(kept !== null, `the state after ${records} records is not kept`);
  checkSnapshot(kept);
  const read = readAtMoments(bytes, view).snapshot;
  ensure(
    isDeepStrictEqual(listSorted(kept), listSorted(read)),
    `after ${records} records another state is kept`,
  );
}

/**
 * What locations hold and how deep they are, in an order of their own: equals may stand in any order. Names are not
 * compared: a second reading ends at the moment, and damaged captures name threads and code again after it.
 */
function listSorted(snapshot: Snapshot): readonly string[] {
  return toPlainLocations(snapshot)
    .map(({bytes, allocations, stack}) => JSON.stringify([bytes, allocations, stack.length]))
    .sort();
}

/** What is overwritten at an address, without having been freed, counts for the heap, and is held by nobody. */
function checkTrace(reader: HistoryReader, random: Random): void {
  const {cells, base} = reader;
  if (cells.length === 0) return;
  const traced = reader.traceBytes(new Uint8Array(base.locations.length).fill(1));
  const cell = random.below(cells.length);
  const {highRecords, highestHeap, records, heap} = cells;
  for (const [index, count, most] of [
    [2 * cell, highRecords[cell]!, highestHeap[cell]!],
    [2 * cell + 1, records[cell]!, heap[cell]!],
  ] as const) {
    const held = reader.read(count, {kind: 'leaks'})!.locations.bytes.reduce((sum, each) => sum + each, 0);
    const isRight = traced[index] === held && held <= most;
    ensure(
      isRight || most >= EXACT,
      `cell ${cell} has ${traced[index]} traced of ${held}, in a heap of ${most}`,
    );
  }
}
