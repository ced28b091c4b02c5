import {type CoreExports, stop} from '../core/core.js';
import type {ByteReader, Parsing} from './byte-reader.js';
import type {DamageCode} from './damage.js';

/** Why the records have ended, other than by the end of the input. */
export type RecordsEnd =
  | {readonly kind: 'trailer'}
  /** Reading stops here, as it was told to. */
  | {readonly kind: 'stopped'}
  | {readonly kind: 'damage'; readonly code: DamageCode; readonly message: string};

export interface StreamingSink {
  /** The core stands at a record that it does not read, or at one that ends the load. */
  startRecord(): void;
  /** Reads a record that the core leaves aside. */
  parseColdRecord(reader: ByteReader): Parsing<void>;
  /** The core has stopped between two records, as it was told to. Returns whether it goes on. */
  passStop(): boolean;
}

/** Called with damage of code too-large when memory has run out. */
export const TOO_LARGE = 'The capture is too large to be kept in memory';

const damageOf = new Map<number, RecordsEnd>([
  [stop.badTag, {kind: 'damage', code: 'bad-tag', message: 'A record has an unknown type'}],
  [stop.badVarint, {kind: 'damage', code: 'bad-value', message: 'A number has more than ten bytes'}],
  [stop.badAllocator, {kind: 'damage', code: 'bad-value', message: 'A record has an unknown allocator'}],
  [stop.badSize, {kind: 'damage', code: 'bad-value', message: 'An allocation is too large to be true'}],
  [stop.noMemory, {kind: 'damage', code: 'too-large', message: TOO_LARGE}],
]);

/**
 * Reads all records of a streaming file: the core reads, and what it leaves aside is parsed here. Yields when
 * it needs more bytes; between records the reader's position is where the core's is.
 */
export function* parseStreamingRecords(
  core: CoreExports,
  reader: ByteReader,
  sink: StreamingSink,
): Parsing<RecordsEnd> {
  for (;;) {
    core.setParsePos(reader.pos);
    const status = core.readRecords();
    reader.pos = core.parsePos() >>> 0;
    if (status === stop.more) {
      yield;
      continue;
    }
    if (status === stop.stopped) {
      if (sink.passStop()) continue;
      return {kind: 'stopped'};
    }
    sink.startRecord();
    if (status === stop.cold) {
      yield* sink.parseColdRecord(reader);
      core.addRecord();
    } else if (status === stop.trailer) {
      return {kind: 'trailer'};
    } else if (status === stop.zeroTag) {
      // Unused room at the end of a file whose process was killed. Nothing but zeros may follow.
      yield* skipZeros(reader);
      return damageOf.get(stop.badTag)!;
    } else {
      return damageOf.get(status)!;
    }
  }
}

/** Returns when there is something else than zeros. */
export function* skipZeros(reader: ByteReader): Parsing<void> {
  for (;;) {
    while (reader.pos < reader.end && reader.bytes[reader.pos] === 0) reader.pos++;
    if (reader.pos < reader.end) return;
    yield;
  }
}
