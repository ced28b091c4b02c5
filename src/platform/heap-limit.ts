import {getHeapStatistics} from 'node:v8';

/** How much of what V8's heap may still grow by a result may take: it is posted, searched and built upon. */
const SHARE = 0.4;

/** The limit counts the young generation at its largest, where nothing that lasts can stay. */
const YOUNG_BYTES = 192 << 20;

/** Bytes of V8's heap in this thread that a result may take. */
export function getFreeHeapBytes(
  {
    heap_size_limit: limit,
    used_heap_size: used,
  }: Pick<ReturnType<typeof getHeapStatistics>, 'heap_size_limit' | 'used_heap_size'> = getHeapStatistics(),
): number {
  // Node's options can make the young generation smaller, which V8 does not say.
  const lasting = Math.max(limit - YOUNG_BYTES, limit / 4);
  return Math.max(0, (lasting - used) * SHARE);
}
