import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Timeline} from '../../../src/heap/timeline.js';
import {formatTimelineCsv} from '../../../src/report/timeline-csv.js';
import {formatTimelineJson} from '../../../src/report/timeline-json.js';
import {arbitraryRun, buildTimeline} from '../../helpers/timeline-builder.js';

const SMALL = buildTimeline({
  heaps: [100, 300, 200, 50],
  memory: [
    {after: 1, ms: 10, rss: 4096},
    {after: 3, ms: 20, rss: 8192},
  ],
  cellCount: 2,
});

const toCsv = (timeline: Timeline) => [...formatTimelineCsv(timeline)].join('');
const toJson = (timeline: Timeline) => JSON.parse([...formatTimelineJson(timeline)].join(''));

test('as JSON', () => {
  expect(toJson(SMALL)).toEqual({
    format: 'memray-tree-ink/timeline',
    formatVersion: 1,
    startTimeMs: 1_700_000_000_000,
    points: [
      {record: 0, allocationRecords: 1, timeMs: 1_700_000_000_010, heap: 100, highestHeap: 100, rss: 4096},
      {record: 1, allocationRecords: 3, timeMs: 1_700_000_000_020, heap: 200, highestHeap: 300, rss: 8192},
    ],
    cells: [
      {allocationRecords: 2, heap: 300, highestHeap: 300, highestHeapAt: 2},
      {allocationRecords: 4, heap: 50, highestHeap: 200, highestHeapAt: 3},
    ],
  });
});

test('as comma-separated values', () => {
  expect(toCsv(SMALL)).toMatchInlineSnapshot(`
    "kind,allocation_records,heap,highest_heap,highest_heap_at,record,time_ms,rss
    point,1,100,100,,0,1700000000010,4096
    point,3,200,300,,1,1700000000020,8192
    cell,2,300,300,2,,,
    cell,4,50,200,3,,,
    "
  `);
});

test('both have the same numbers, in equally many rows and columns', () => {
  fc.assert(
    fc.property(arbitraryRun, run => {
      const timeline = buildTimeline(run);
      const {points, cells} = toJson(timeline);
      const [headings, ...rows] = toCsv(timeline)
        .trimEnd()
        .split('\n')
        .map(line => line.split(','));
      expect(rows).toHaveLength(points.length + cells.length);
      expect(rows.every(row => row.length === headings!.length)).toBe(true);
      const column = (name: string, kind: string) =>
        rows.filter(row => row[0] === kind).map(row => Number(row[headings!.indexOf(name)]));
      const list = (each: readonly Record<string, number>[], name: string) => each.map(row => row[name]);
      expect(column('rss', 'point')).toEqual(list(points, 'rss'));
      expect(column('time_ms', 'point')).toEqual(list(points, 'timeMs'));
      expect(column('highest_heap', 'cell')).toEqual(list(cells, 'highestHeap'));
      expect(column('highest_heap_at', 'cell')).toEqual(list(cells, 'highestHeapAt'));
    }),
  );
});
