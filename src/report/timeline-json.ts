import type {Timeline} from '../heap/timeline.js';

/**
 * A timeline as JSON, in one line. Sizes are bytes, times ms since the epoch.
 * ```
 * {"format": "memray-tree-ink/timeline", "formatVersion": 1, "startTimeMs",
 *  "points": [{"record", "allocationRecords", "timeMs", "heap", "highestHeap", "rss"}, …],
 *  "cells": [{"allocationRecords", "heap", "highestHeap", "highestHeapAt"}, …]}
 * ```
 * A point is a memory record (`record` is its number, from 0), or several of them, as of the last one: how many allocation
 * records come before it, the heap then, and the highest heap and resident memory since the point before. A cell is one of
 * the parts of about equally many allocation records, of which the state at the end and the highest one can be shown:
 * `highestHeapAt` counts the allocation records before the highest one. Aggregated captures have points whose
 * `allocationRecords` is null, and no cells.
 */
export function* formatTimelineJson({startTimeMs, points, cells, hasRecords}: Timeline): Generator<string> {
  const head = {format: 'memray-tree-ink/timeline', formatVersion: 1, startTimeMs};
  yield `${JSON.stringify(head).slice(0, -1)},"points":[`;
  for (let point = 0; point < points.length; point++) {
    const value = {
      record: points.record[point]!,
      allocationRecords: hasRecords === false ? null : points.allocationRecords[point]!,
      timeMs: points.timeMs[point]!,
      heap: points.heap[point]!,
      highestHeap: points.highestHeap[point]!,
      rss: points.rss[point]!,
    };
    yield `${point > 0 ? ',' : ''}${JSON.stringify(value)}`;
  }
  yield '],"cells":[';
  for (let cell = 0; cell < cells.length; cell++) {
    const value = {
      allocationRecords: cells.records[cell]!,
      heap: cells.heap[cell]!,
      highestHeap: cells.highestHeap[cell]!,
      highestHeapAt: cells.highRecords[cell]!,
    };
    yield `${cell > 0 ? ',' : ''}${JSON.stringify(value)}`;
  }
  yield ']}\n';
}
