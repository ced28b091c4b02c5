import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Timeline} from '../../../src/heap/timeline.js';
import {getColumnMoment, listColumnMoments, stepMoment} from '../../../src/timeline/column-moments.js';
import {computeColumns} from '../../../src/timeline/columns.js';
import {findHighestMoment, listKeptMoments} from '../../../src/timeline/kept-moments.js';
import {countBefore, countExactly, getMomentSizes} from '../../../src/timeline/locate.js';
import {listRises} from '../../../src/timeline/rises.js';
import {countRecords, createScale, findColumn, type Scale} from '../../../src/timeline/scale.js';
import {arbitraryRun, buildHills, buildTimeline} from '../../helpers/timeline-builder.js';

const arbitraryWidth = fc.integer({min: 1, max: 80});

/** The column of a state by looking at all of them. */
function findColumnSlowly({ends}: Scale, records: number): number {
  return ends.findIndex(end => end >= records);
}

test('each state belongs to one column, the later one to the same or a later one', () => {
  fc.assert(
    fc.property(arbitraryRun, arbitraryWidth, (run, width) => {
      const timeline = buildTimeline(run);
      const scale = createScale(timeline, width);
      expect(scale.ends).toHaveLength(width);
      expect(scale.ends.at(-1)).toBe(countRecords(timeline));
      expect(scale.ends).toEqual(scale.ends.toSorted());
      expect(scale.pointColumns).toEqual(scale.pointColumns.toSorted());
      expect(scale.pointColumns.every(column => column >= 0 && column < width)).toBe(true);
      for (let records = 0; records <= run.heaps.length; records++) {
        expect(findColumn(scale, records)).toBe(findColumnSlowly(scale, records));
      }
    }),
  );
});

test('the axis is the time where there is a memory record for each column', () => {
  const timeline = buildHills();
  expect(createScale(timeline, 100).kind).toBe('time');
  expect(createScale(timeline, 101).kind).toBe('records');
  const noTime: Timeline = {...timeline, points: {...timeline.points, timeMs: new Float64Array(100)}};
  expect(createScale(noTime, 50).kind).toBe('records');
});

test('a clock that steps back takes no column back', () => {
  const timeline = buildHills();
  timeline.points.timeMs[50] = timeline.startTimeMs;
  const scale = createScale(timeline, 50);
  expect(scale.kind).toBe('time');
  expect(scale.pointColumns[50]).toBe(scale.pointColumns[49]);
});

test('no column hides a maximum, and none shows more than the heap ever held in it', () => {
  fc.assert(
    fc.property(arbitraryRun, arbitraryWidth, (run, width) => {
      const timeline = buildTimeline(run);
      const {cells, points} = timeline;
      const scale = createScale(timeline, width);
      const {heap, rss} = computeColumns(timeline, scale);
      cells.highRecords.forEach((records, cell) => {
        expect(heap[findColumn(scale, records)]).toBeGreaterThanOrEqual(cells.highestHeap[cell]!);
      });
      points.rss.forEach((bytes, point) => {
        expect(rss[scale.pointColumns[point]!]).toBeGreaterThanOrEqual(bytes);
      });
      expect(Math.max(0, ...heap)).toBe(Math.max(0, ...run.heaps));
      expect(Math.max(0, ...rss)).toBe(Math.max(0, ...points.rss));
      const known = new Set([0, ...run.heaps]);
      expect(heap.every(bytes => known.has(bytes))).toBe(true);
    }),
  );
});

test('with a cell for each allocation record, a column has the highest of its states', () => {
  fc.assert(
    fc.property(arbitraryRun, arbitraryWidth, ({heaps}, width) => {
      const timeline = buildTimeline({heaps, memory: [], cellCount: heaps.length});
      const scale = createScale(timeline, width);
      const {heap} = computeColumns(timeline, scale);
      const expected = Array.from(scale.ends, (end, column) => {
        const own = heaps.slice(scale.ends[column - 1] ?? 0, end);
        return own.length > 0 ? Math.max(...own) : (heaps[end - 1] ?? 0);
      });
      expect([...heap]).toEqual(expected);
    }),
  );
});

test('kept moments are in order, and each has its own heap', () => {
  fc.assert(
    fc.property(arbitraryRun, run => {
      const {records, heap, length} = listKeptMoments(buildTimeline(run).cells);
      expect(records).toEqual(Float64Array.from(new Set(records)).toSorted());
      expect([...heap]).toEqual(Array.from(records, count => run.heaps[count - 1]!));
      expect(length === 0).toBe(run.heaps.length === 0);
    }),
  );
});

test('the highest kept moment is the last one of equals', () => {
  fc.assert(
    fc.property(arbitraryRun, run => {
      const kept = listKeptMoments(buildTimeline(run).cells);
      expect(findHighestMoment(kept)).toBe(kept.heap.lastIndexOf(Math.max(...kept.heap)));
    }),
  );
});

test('the moment of a column is the highest kept one in it', () => {
  fc.assert(
    fc.property(arbitraryRun, arbitraryWidth, (run, width) => {
      const timeline = buildTimeline(run);
      const scale = createScale(timeline, width);
      const kept = listKeptMoments(timeline.cells);
      const moments = listColumnMoments(kept, scale);
      moments.forEach((moment, column) => {
        const own = Array.from(kept.records.keys()).filter(
          each => findColumnSlowly(scale, kept.records[each]!) === column,
        );
        const highest = Math.max(...own.map(each => kept.heap[each]!));
        expect(moment).toBe(own.find(each => kept.heap[each] === highest) ?? -1);
        // A column without a moment has the state at its end, the first one where there is none yet.
        const before = kept.records.findLastIndex(records => records <= scale.ends[column]!);
        const held = kept.length === 0 ? -1 : Math.max(0, before);
        expect(getColumnMoment(kept, scale, column)).toBe(moment < 0 ? held : moment);
      });
    }),
  );
});

test('steps go to the highest moment of each column, and to the states that stay, in both directions', () => {
  fc.assert(
    fc.property(arbitraryRun, arbitraryWidth, (run, width) => {
      const timeline = buildTimeline(run);
      const scale = createScale(timeline, width);
      const kept = listKeptMoments(timeline.cells);
      const columns = Array.from(kept.records, records => findColumnSlowly(scale, records));
      const highest = [...listColumnMoments(kept, scale)];
      const own = Array.from(kept.records.keys()).filter(moment => {
        const column = columns[moment]!;
        const isLast = columns.lastIndexOf(column) === moment;
        return moment === highest[column] || (isLast && !columns.includes(column + 1));
      });
      const walk = (from: number, step: 1 | -1): readonly number[] => {
        const walked = [from];
        for (let moment = from; ; walked.push(moment)) {
          moment = stepMoment(kept, scale, kept.records[moment]!, step);
          if (moment < 0) return walked;
        }
      };
      if (own.length === 0) return;
      expect(walk(own[0]!, 1)).toEqual(own);
      expect(walk(own.at(-1)!, -1)).toEqual(own.toReversed());
    }),
  );
});

test('rises go from a low to a high, do not overlap, and leave only small ones between them', () => {
  fc.assert(
    fc.property(arbitraryRun, run => {
      const {cells} = buildTimeline(run);
      const kept = listKeptMoments(cells);
      const rises = listRises(cells);
      const least = Math.max(0, ...kept.heap) / 100;
      const states = [0, ...kept.heap];
      const counts = [0, ...kept.records];
      const between = (from: number, to: number) =>
        states.slice(counts.indexOf(from), counts.indexOf(to) + 1);
      const byTime = rises.toSorted((a, b) => a.from - b.from);
      let end = 0;
      for (const {from, to, gain} of byTime) {
        const own = between(from, to);
        expect(from).toBeGreaterThanOrEqual(end);
        expect(gain).toBe(own.at(-1)! - own[0]!);
        expect(gain).toBeGreaterThan(least);
        expect([Math.min(...own), Math.max(...own)]).toEqual([own[0], own.at(-1)]);
        expect(findGreatestGain(between(end, from))).toBeLessThanOrEqual(least);
        end = to;
      }
      expect(findGreatestGain(between(end, counts.at(-1)!))).toBeLessThanOrEqual(least);
      expect(rises.map(({gain}) => gain)).toEqual(rises.map(({gain}) => gain).toSorted((a, b) => b - a));
    }),
  );
});

function findGreatestGain(states: readonly number[]): number {
  return Math.max(0, ...states.flatMap((low, index) => states.slice(index).map(high => high - low)));
}

test('the rises of hills', () => {
  expect(listRises(buildHills().cells)).toEqual([
    {from: 800, to: 1500, gain: 26e6},
    {from: 0, to: 500, gain: 20e6},
  ]);
});

test('where moments are', () => {
  const timeline = buildHills();
  expect(countBefore(timeline, {kind: 'allocations', count: 12})).toBe(12);
  expect(countBefore(timeline, {kind: 'allocations', count: 9999})).toBe(2000);
  expect(countBefore(timeline, {kind: 'record', record: 3})).toBe(80);
  expect(countBefore(timeline, {kind: 'record', record: 300})).toBe(2000);
  expect(countBefore(timeline, {kind: 'time', ms: 0})).toBe(0);
  expect(countBefore(timeline, {kind: 'time', ms: 5})).toBe(20);
  expect(countBefore(timeline, {kind: 'time', ms: 25})).toBe(40);
  expect(countBefore(timeline, {kind: 'time', ms: 999})).toBe(1980);
  expect(countBefore(timeline, {kind: 'time', ms: 1000})).toBe(2000);
  expect(countBefore(timeline, {kind: 'share', percent: 50})).toBe(1000);
  expect(countBefore(timeline, {kind: 'share', percent: 100})).toBe(2000);
  // The header may know a later end than the last memory record is.
  expect(countBefore(timeline, {kind: 'share', percent: 50}, 2 * 1000 + timeline.startTimeMs)).toBe(2000);
  // While a recording goes on, its header tells an end that was long ago.
  expect(countBefore(timeline, {kind: 'share', percent: 50}, timeline.startTimeMs)).toBe(1000);
  expect(countBefore(timeline, {kind: 'time', ms: 500}, timeline.startTimeMs)).toBe(1000);
  expect(countExactly(timeline, {kind: 'record', record: 3})).toBe(80);
  expect(countExactly(timeline, {kind: 'record', record: 300})).toBeNull();
  expect(countExactly(timeline, {kind: 'allocations', count: 7})).toBe(7);
  expect(countExactly(timeline, {kind: 'time', ms: 5})).toBeNull();
});

test('a run goes on after its last memory record', () => {
  const {startTimeMs, points, cells} = buildHills();
  const timeline: Timeline = {startTimeMs, cells, points: {...points, length: 50}};
  for (const [name, column] of Object.entries(points)) {
    if (typeof column !== 'number') Object.assign(timeline.points, {[name]: column.subarray(0, 50)});
  }
  const countAt = (ms: number) => countBefore(timeline, {kind: 'time', ms}, startTimeMs + 700);
  expect([countAt(490), countAt(699), countAt(700), countAt(9999)]).toEqual([980, 1000, 2000, 2000]);
});

test('a state that stays was reached at its first memory record', () => {
  const timeline = buildHills();
  const allocationRecords = timeline.points.allocationRecords.map(count => Math.min(count, 1000));
  const staying: Timeline = {...timeline, points: {...timeline.points, allocationRecords}};
  expect(getMomentSizes(staying, 1000).ms).toBe(500);
  expect(getMomentSizes(staying, 1001).ms).toBe(1000);
});

test('times that go back are in no order', () => {
  const timeline = buildHills();
  const timeMs = timeline.points.timeMs.map((ms, point) => (point < 60 ? ms + 3_600_000 : ms));
  const back: Timeline = {...timeline, points: {...timeline.points, timeMs}};
  expect(countBefore(back, {kind: 'time', ms: 700})).toBe(1400);
  expect(countBefore(back, {kind: 'time', ms: 100})).toBe(20);
});

test('what is known of a moment', () => {
  const timeline = buildHills();
  expect(getMomentSizes(timeline, 0)).toEqual({heap: 0, ms: null, rss: null});
  expect(getMomentSizes(timeline, 500)).toEqual({heap: 20e6, ms: 250, rss: 28e6});
  // The first record of the next cell is its highest moment.
  expect(timeline.cells.highRecords[25]).toBe(501);
  expect(getMomentSizes(timeline, 501)).toEqual({heap: timeline.cells.highestHeap[25], ms: 250, rss: 28e6});
  expect(getMomentSizes(timeline, 510)).toEqual({heap: null, ms: 250, rss: 28e6});
  expect(getMomentSizes(timeline, 2000)).toEqual({heap: 5e6, ms: 1000, rss: 38e6});
});
