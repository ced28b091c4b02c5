import type {Timeline} from '../heap/timeline.js';

const HEADINGS = 'kind,allocation_records,heap,highest_heap,highest_heap_at,record,time_ms,rss';

/**
 * A timeline as comma-separated values with a line of headings, lines ending in LF: first the rows of the points, whose
 * `kind` is `point`, then those of the cells. What a kind does not have is empty: points have no `highest_heap_at`, cells no
 * memory record, time and resident memory. The values are those of the JSON form.
 */
export function* formatTimelineCsv({points, cells, hasRecords}: Timeline): Generator<string> {
  yield `${HEADINGS}\n`;
  for (let point = 0; point < points.length; point++) {
    const {allocationRecords, heap, highestHeap, record, timeMs, rss} = points;
    const count = hasRecords === false ? '' : allocationRecords[point];
    const sizes = [count, heap[point], highestHeap[point]].join(',');
    yield `point,${sizes},,${record[point]},${timeMs[point]},${rss[point]}\n`;
  }
  for (let cell = 0; cell < cells.length; cell++) {
    const {records, heap, highestHeap, highRecords} = cells;
    yield `cell,${records[cell]},${heap[cell]},${highestHeap[cell]},${highRecords[cell]},,,\n`;
  }
}
