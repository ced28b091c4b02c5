import {getHeapStatistics} from 'node:v8';

/** How much of what V8's heap may still grow by a result may take: it is posted, searched and built upon. */
const SHARE = 0.4;

/** The limit counts the young generation at its largest, where nothing that lasts can stay. */
const YOUNG_BYTES = 192 << 20;

/** Bytes of V8's heap in this thread that a result may take. */
export function getFreeHeapBytes(): number {
  const {heap_size_limit: limit, used_heap_size: used} = getHeapStatistics();
  return Math.max(0, (limit - Math.min(YOUNG_BYTES, limit / 2) - used) * SHARE);
}
