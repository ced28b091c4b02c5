import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Moment} from '../../../src/heap/moment.js';
import type {MomentView, Snapshot, View} from '../../../src/heap/snapshot.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {createRandom} from '../../helpers/fuzzing/random.js';
import {MappedRanges, rangeShapes, recordMap, recordUnmap} from '../../helpers/mapped-ranges.js';
import {
  arbitraryMoment,
  arbitraryTimedRecords,
  countBefore,
  START_MS,
  type TimedRecords,
  toVersion,
} from '../../helpers/memory-records.js';
import {findMoments, readAtMoments} from '../../helpers/read-at-moments.js';
import {toPlainBlocks, toPlainLocations} from '../../helpers/read-snapshot.js';
import {replay} from '../../helpers/reference-heap.js';

const VERSIONS = [6, 7, 11, 12, 13];

/** The same moments as numbers of allocation records; null where one is not in the recording, or they are not in order. */
function toCounted(moments: readonly Moment[], timed: TimedRecords): readonly Moment[] | null {
  const counts = moments.map(moment => countBefore(moment, timed));
  const isOrdered = counts.every((count, i) => count !== null && (i === 0 || count >= counts[i - 1]!));
  return isOrdered ? counts.map(count => ({kind: 'allocations', count: count!})) : null;
}

type MakeView = (from: Moment, to: Moment) => MomentView;

const VIEWS: Readonly<Record<string, MakeView>> = {
  'the state at a moment': (_, at) => ({kind: 'moment', at}),
  'the peak of a range': (from, to) => ({kind: 'range', of: 'peak', from, to}),
  'the growth in a range': (from, to) => ({kind: 'range', of: 'grown', from, to}),
  'the first generation': (from, to) => ({kind: 'generations', marks: [from, to]}),
};

describe.each(Object.entries(VIEWS))('%s', (_, makeView) => {
  test.each(VERSIONS)('version %i: any records give what a plain replay of them gives', version => {
    fc.assert(
      fc.property(
        arbitraryTimedRecords,
        arbitraryMoment,
        arbitraryMoment,
        fc.integer({min: 1, max: 40}),
        fc.boolean(),
        (timed, first, second, pieceBytes, hasBlocks) => {
          const isOrdered = toCounted([first, second], timed) !== null;
          const [from, to] = isOrdered ? [first, second] : [second, first];
          const counted = toCounted([from, to], timed);
          fc.pre(counted !== null);
          const bytes = writeCapture(toVersion(timed, version), {version});
          const {snapshot, heaps, facts} = readAtMoments(bytes, makeView(from, to), pieceBytes, hasBlocks);
          const expected = replay(timed.records, makeView(counted[0]!, counted[1]!) as View);
          expect(toPlainLocations(snapshot)).toEqual(expected.locations);
          if (hasBlocks) expect(toPlainBlocks(snapshot)).toEqual(expected.blocks);
          // Both readings have found the same moments.
          for (const [index, fact] of facts.entries()) {
            const isCounted = [from, to].slice(-facts.length)[index]!.kind === 'allocations';
            if (!isCounted) expect(heaps[index]).toBe(fact!.heap);
          }
          expect(snapshot.capture.allocationRecords).toBe(timed.count);
          expect(snapshot.capture.damage).toBeNull();
        },
      ),
      {numRuns: 150},
    );
  });
});

/** Many maps above each other, which the core keeps in another form. */
describe('layered maps', () => {
  const random = createRandom(7);
  const shape = rangeShapes.overlapping!;
  const model = new MappedRanges();
  const records: CaptureRecord[] = [{type: 'thread', id: 1}];
  /** By the number of the record. */
  const states: {
    readonly left: MappedRanges['left'];
    readonly sizes: MappedRanges['sizes'];
    readonly heap: number;
  }[] = [];
  const note = () => states.push({left: model.left, sizes: model.sizes, heap: model.heapBytes});
  note();
  for (let step = 0; step < 2500; step++) {
    const range = shape(random, step);
    if (random.chance(0.5)) {
      records.push(...recordMap(step, range));
      model.map(step, range);
    } else {
      records.push(recordUnmap(range));
      model.unmap(range);
    }
    note();
  }
  const bytes = writeCapture(records);
  const at = (count: number): Moment => ({kind: 'allocations', count});
  const read = (view: MomentView, hasBlocks: boolean) => {
    const {snapshot} = readAtMoments(bytes, view, 5000, hasBlocks);
    return {
      left: new Map(
        toPlainLocations(snapshot).map(({stack, bytes: size, allocations}) => [
          stack[0]![0],
          {bytes: size, allocations},
        ]),
      ),
      sizes: hasBlocks ? listSizes(snapshot) : null,
    };
  };
  // Each function has mapped one range: its number is that of the record.
  const isBorn = (name: string, from: number, to: number) => {
    const record = Number(name.slice(1));
    return record >= from && record < to;
  };

  test.each([
    [0, 2500],
    [500, 1700],
    [1700, 1700],
    [1900, 2400],
  ])('@%i..@%i', (from, to) => {
    for (const hasBlocks of [false, true]) {
      const moment = read({kind: 'moment', at: at(to)}, hasBlocks);
      expect(moment.left).toEqual(states[to]!.left);
      if (hasBlocks) expect(moment.sizes).toEqual(states[to]!.sizes);
      const grown = read({kind: 'range', of: 'grown', from: at(from), to: at(to)}, hasBlocks);
      const pick = <T>(all: ReadonlyMap<string, T>) =>
        new Map([...all].filter(([name]) => isBorn(name, from, to)));
      expect(grown.left).toEqual(pick(states[to]!.left));
      if (hasBlocks) expect(grown.sizes).toEqual(pick(states[to]!.sizes));
      let peak = from;
      for (let count = from; count <= to; count++)
        if (states[count]!.heap >= states[peak]!.heap) peak = count;
      const highest = read({kind: 'range', of: 'peak', from: at(from), to: at(to)}, hasBlocks);
      expect(highest.left).toEqual(states[peak]!.left);
      if (hasBlocks) expect(highest.sizes).toEqual(states[peak]!.sizes);
    }
  });
});

/** By function the sizes of its blocks, ascending. */
function listSizes(snapshot: Snapshot): Map<string, number[]> {
  const names = toPlainLocations(snapshot).map(({stack}) => stack[0]![0]);
  const sizes = new Map<string, number[]>();
  for (const [location, , size, count] of toPlainBlocks(snapshot)) {
    const name = names[location]!;
    sizes.set(name, [...(sizes.get(name) ?? []), ...Array<number>(count).fill(size)]);
  }
  return sizes;
}

describe('moments', () => {
  test.each(VERSIONS)('version %i: are where the memory records say', version => {
    fc.assert(
      fc.property(arbitraryTimedRecords, arbitraryMoment, (timed, at) => {
        const bytes = writeCapture(toVersion(timed, version), {version});
        const {facts} = findMoments(bytes, {kind: 'moment', at});
        const count = countBefore(at, timed);
        expect(facts[0]?.allocationRecords ?? null).toBe(count);
        const record = facts[0]?.record;
        if (record == null) return;
        expect(facts[0]!.timeMs).toBe(START_MS + timed.memory[record]!.ms);
        expect(facts[0]!.rss).toBe(1000 + record);
        expect(timed.memory[record]!.count).toBeLessThanOrEqual(count!);
      }),
      {numRuns: 150},
    );
  });

  const allocate: CaptureRecord = {type: 'allocate', address: 8, size: 100};
  const findAt = (ms: number, endTimeMs: number, records: readonly CaptureRecord[]) =>
    findMoments(writeCapture([...records, {type: 'thread', id: 1}, allocate], {endTimeMs}), {
      kind: 'moment',
      at: {kind: 'time', ms},
    }).facts[0];
  const tenMs = [{type: 'memory', rss: 1, ms: 10}] as const;

  test.each([
    ['before the end', 19, START_MS + 20, tenMs, {record: 0, allocationRecords: 0}],
    ['at the end', 20, START_MS + 20, tenMs, {record: 0, allocationRecords: 1, isEnd: true}],
    ['after the end', 1e9, START_MS + 20, tenMs, {record: 0, allocationRecords: 1, isEnd: true}],
    ['before the last memory record, of an unfinished recording', 9, START_MS, tenMs, {record: 0, heap: 0}],
    ['after it', 11, START_MS, tenMs, {record: 0, allocationRecords: 1, heap: 100, isEnd: true}],
    ['after it, where no end was written', 11, 0, tenMs, {allocationRecords: 1, isEnd: true}],
    ['after the end, without memory records', 20, START_MS + 20, [], {record: null, heap: 100, isEnd: true}],
  ] as const)('a time %s', (_, ms, endTimeMs, records, expected) => {
    expect(findAt(ms, endTimeMs, records)).toMatchObject(expected);
  });

  test('a time without an end or memory records is not known', () => {
    expect(findAt(20, 0, [])).toBeNull();
  });

  test('a share of a recording that was not finished is one of the time up to the last memory record', () => {
    const records = [0, 100, 200, 400].map(ms => ({type: 'memory', rss: 1, ms}) as const);
    const bytes = writeCapture(records, {endTimeMs: 0});
    const at = {kind: 'share', percent: 50} as const;
    const {facts, finder} = findMoments(bytes, {kind: 'moment', at});
    expect(facts).toEqual([null]);
    expect(finder.getMissingEnd()).toBe(START_MS + 400);
  });
});
