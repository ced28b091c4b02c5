import fc from 'fast-check';
import {isEnd, isStart, type Moment} from '../../src/heap/moment.js';
import {arbitraryRecords} from './arbitrary-records.js';
import type {CaptureRecord} from './capture-writer.js';

/** When the recordings of these tests start; they take a second. */
export const START_MS = 1_700_000_000_000;
const LENGTH_MS = 1000;

export interface TimedRecords {
  readonly records: readonly CaptureRecord[];
  /** For each memory record how many allocation records come before it, and its time from the start. */
  readonly memory: readonly {readonly count: number; readonly ms: number}[];
  /** All allocation records. */
  readonly count: number;
}

/** Any sound records, with memory records between them. */
export const arbitraryTimedRecords: fc.Arbitrary<TimedRecords> = fc
  .tuple(
    arbitraryRecords,
    fc.array(fc.tuple(fc.nat({max: 120}), fc.nat({max: 200})), {maxLength: 12}),
    fc.boolean(),
  )
  .map(([records, places, isOrdered]) => {
    const steps = isOrdered ? places.toSorted(([a], [b]) => a - b) : places;
    let ms = 0;
    const timed = steps.map(([place, step]) => {
      ms = isOrdered ? ms + step : step;
      return {place, ms};
    });
    return addMemory(
      records,
      timed.toSorted((a, b) => a.place - b.place),
    );
  });

function addMemory(
  records: readonly CaptureRecord[],
  timed: readonly {readonly place: number; readonly ms: number}[],
): TimedRecords {
  const all: CaptureRecord[] = [];
  const memory: {count: number; ms: number}[] = [];
  let count = 0;
  let next = 0;
  for (let place = 0; place <= records.length; place++) {
    // Before the first thread there is nothing that could be alive, but a memory record may be there.
    for (; next < timed.length && (timed[next]!.place <= place || place === records.length); next++) {
      const {ms} = timed[next]!;
      all.push({type: 'memory', rss: 1000 + next, ms});
      memory.push({count, ms});
    }
    const record = records[place];
    if (record === undefined) break;
    all.push(record);
    if (record.type === 'allocate' || record.type === 'free') count++;
  }
  return {records: all, memory, count};
}

/** Times of version 6 count from the epoch. */
export function toVersion({records}: TimedRecords, version: number): readonly CaptureRecord[] {
  if (version > 6) return records;
  return records.map(record => (record.type === 'memory' ? {...record, ms: START_MS + record.ms} : record));
}

export const arbitraryMoment: fc.Arbitrary<Moment> = fc.oneof(
  fc.nat({max: 12}).map((record): Moment => ({kind: 'record', record})),
  fc.nat({max: 120}).map((count): Moment => ({kind: 'allocations', count})),
  fc.nat({max: 1100}).map((ms): Moment => ({kind: 'time', ms})),
  fc.nat({max: 100}).map((percent): Moment => ({kind: 'share', percent})),
  fc.constantFrom<Moment>({kind: 'share', percent: 0}, {kind: 'share', percent: 100}),
);

/** How many allocation records come before a moment, by looking at all memory records; null where it is not in the recording. */
export function countBefore(moment: Moment, {memory, count}: TimedRecords): number | null {
  if (isStart(moment)) return 0;
  if (isEnd(moment)) return count;
  switch (moment.kind) {
    case 'allocations':
      return moment.count <= count ? moment.count : null;
    case 'record':
      return memory[moment.record]?.count ?? null;
    case 'time':
    case 'share': {
      const ms = moment.kind === 'time' ? moment.ms : (moment.percent / 100) * LENGTH_MS;
      const isLate = ms >= Math.max(LENGTH_MS, memory.at(-1)?.ms ?? 0);
      if (moment.kind === 'time' && isLate) return count;
      const found = memory.findLast((record, index) => record.ms <= ms || index === 0);
      return found?.count ?? null;
    }
  }
}
