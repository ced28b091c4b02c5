import {recall} from '../base/recall.js';
import type {TimelineCells} from '../heap/timeline.js';
import {type KeptMoments, listKeptMoments} from './kept-moments.js';

/** A part of the run in which the heap rises. */
export interface Rise {
  /** How many allocation records come before its lowest and its highest moment. */
  readonly from: number;
  readonly to: number;
  /** In bytes. */
  readonly gain: number;
}

/** Falls of less than this share of the highest heap do not end a rise: heaps never stand still. */
const LEAST_SHARE = 0.01;

/**
 * The rises of the heap, greatest first, equals by their time. A rise goes from a low of the kept moments to the next high;
 * before the first moment the heap is empty. A high is where the heap then falls by more than a hundredth of its highest
 * size, and a low where it then rises by more than that. So rises do not overlap, and between them the heap only falls, but
 * for that hundredth.
 */
export const listRises = recall((cells: TimelineCells): readonly Rise[] => {
  const rises = findRises(listKeptMoments(cells));
  return rises.toSorted((a, b) => b.gain - a.gain || a.from - b.from);
});

function findRises({records, heap, length}: KeptMoments): readonly Rise[] {
  const least = heap.reduce((highest, bytes) => Math.max(highest, bytes), 0) * LEAST_SHARE;
  const rises: Rise[] = [];
  let low = {records: 0, heap: 0};
  let high = low;
  const endRise = (): void => {
    const gain = high.heap - low.heap;
    if (gain > least) rises.push({from: low.records, to: high.records, gain});
  };
  for (let moment = 0; moment < length; moment++) {
    const here = {records: records[moment]!, heap: heap[moment]!};
    if (here.heap > high.heap) high = here;
    const isEnded = high.heap - here.heap > least;
    if (isEnded) endRise();
    // Until the heap has risen from it, a lower moment takes the place of the low.
    const isRising = high.heap - low.heap > least;
    if (isEnded || (!isRising && here.heap <= low.heap)) {
      low = here;
      high = here;
    }
  }
  endRise();
  return rises;
}
