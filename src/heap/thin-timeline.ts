import type {Timeline, TimelinePoints} from './timeline.js';

/** A timeline with at most so many points: neighbours become one, as of the last of them with the greatest of all. */
export function thinTimeline({points, ...timeline}: Timeline, maxPoints: number): Timeline {
  const stride = Math.ceil(points.length / maxPoints);
  return {...timeline, points: stride <= 1 ? points : joinPoints(points, stride)};
}

function joinPoints(points: TimelinePoints, stride: number): TimelinePoints {
  const length = Math.ceil(points.length / stride);
  const pickLast = (column: Float64Array): Float64Array =>
    Float64Array.from({length}, (_, i) => column[Math.min((i + 1) * stride, points.length) - 1]!);
  const pickGreatest = (column: Float64Array): Float64Array =>
    Float64Array.from({length}, (_, i) => Math.max(...column.subarray(i * stride, (i + 1) * stride)));
  return {
    length,
    record: pickLast(points.record),
    allocationRecords: pickLast(points.allocationRecords),
    timeMs: pickLast(points.timeMs),
    heap: pickLast(points.heap),
    highestHeap: pickGreatest(points.highestHeap),
    rss: pickGreatest(points.rss),
  };
}
