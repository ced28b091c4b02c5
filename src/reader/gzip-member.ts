import type {PackedBytes} from './packed-bytes.js';

// One part of a gzip file:
//
//   1f 8b · method u8 = 8 · flags u8 · time u32 · extra flags u8 · system u8
//   [flag 4: length u16 · extra] [flag 8: name, NUL] [flag 16: comment, NUL] [flag 2: checksum u16]
//   deflated data · CRC-32 of the data u32 · its length modulo 2^32 u32

const DEFLATE = 8;
const HAS_CHECKSUM = 2;
const HAS_EXTRA = 4;
const HAS_NAME = 8;
const HAS_COMMENT = 16;
const RESERVED = 0xe0;

export const GZIP_TRAILER_BYTES = 8;

/** What is wrong with a part: it ends too early, or in a few words why it is damaged. */
export type GzipFault = 'cut' | {readonly reason: string};

/** Skips what stands before the deflated data. */
export async function skipGzipHeader(bytes: PackedBytes): Promise<GzipFault | null> {
  const head = await bytes.take(10);
  if (head.length < 10) return 'cut';
  const [, , method, flags = 0] = head;
  if (method !== DEFLATE) return {reason: 'unknown compression method'};
  if ((flags & RESERVED) !== 0) return {reason: 'unknown header flags set'};
  if ((flags & HAS_EXTRA) !== 0 && !(await skipExtra(bytes))) return 'cut';
  for (const text of [HAS_NAME, HAS_COMMENT]) {
    if ((flags & text) !== 0 && !(await bytes.skipPast(0))) return 'cut';
  }
  if ((flags & HAS_CHECKSUM) !== 0 && (await bytes.take(2)).length < 2) return 'cut';
  return null;
}

async function skipExtra(bytes: PackedBytes): Promise<boolean> {
  const [low = 0, high = 0] = await bytes.take(2);
  const length = low + 256 * high;
  return (await bytes.take(length)).length === length;
}

/**
 * Compares what stands after the deflated data with the data.
 * @param byteCount how many bytes of data there are
 */
export function checkGzipTrailer(trailer: Uint8Array, crc: number, byteCount: number): GzipFault | null {
  if (trailer.length < GZIP_TRAILER_BYTES) return 'cut';
  const view = new DataView(trailer.buffer, trailer.byteOffset);
  if (view.getUint32(0, true) !== crc) return {reason: 'incorrect data check'};
  if (view.getUint32(4, true) !== byteCount % 2 ** 32) return {reason: 'incorrect length check'};
  return null;
}
