import fc from 'fast-check';
import {expect, test} from 'vitest';
import {thinTimeline} from '../../../src/heap/thin-timeline.js';
import type {TimelinePoints} from '../../../src/heap/timeline.js';
import {arbitraryRun, buildTimeline} from '../../helpers/timeline-builder.js';

const listPoints = ({length, ...columns}: TimelinePoints) =>
  Array.from({length}, (_, point) =>
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[point]!])),
  );

test('no more points than asked for; each is the last of its neighbours, with the greatest of them all', () => {
  fc.assert(
    fc.property(arbitraryRun, fc.integer({min: 1, max: 70}), (run, maxPoints) => {
      const timeline = buildTimeline(run);
      const thin = thinTimeline(timeline, maxPoints);
      expect(thin.cells).toBe(timeline.cells);
      expect(thin.points.length).toBeLessThanOrEqual(maxPoints);
      const all = listPoints(timeline.points);
      let start = 0;
      for (const {highestHeap, rss, ...last} of listPoints(thin.points)) {
        const end = all.findIndex(point => point.record === last.record) + 1;
        expect(end).toBeGreaterThan(start);
        const joined = all.slice(start, end);
        expect(joined.at(-1)).toMatchObject(last);
        expect(highestHeap).toBe(Math.max(...joined.map(point => point.highestHeap!)));
        expect(rss).toBe(Math.max(...joined.map(point => point.rss!)));
        start = end;
      }
      expect(start).toBe(all.length);
    }),
  );
});

test('points that are few enough stay as they are', () => {
  fc.assert(
    fc.property(arbitraryRun, run => {
      const timeline = buildTimeline(run);
      expect(thinTimeline(timeline, Math.max(1, run.memory.length))).toEqual(timeline);
    }),
  );
});
