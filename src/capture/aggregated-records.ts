import type {AggregatedEncoding} from './aggregated-encodings.js';
import {type ByteReader, InvalidDataError, type Parsing} from './byte-reader.js';
import {type ImageSink, parseSegmentHeader} from './cold-records.js';
import {aggregatedTags as tags} from './record-tags.js';
import {type RecordsEnd, skipZeros} from './streaming-records.js';

/** One aggregated allocation: what one location held at the peak, and what it never freed. */
export interface AggregatedAllocation {
  readonly thread: bigint;
  readonly native: number;
  readonly trace: number;
  /** Number of the list of images, from 1. */
  readonly generation: number;
  readonly peakCount: number;
  readonly leakedCount: number;
  readonly peakBytes: number;
  readonly leakedBytes: number;
}

/** Records come in any order; references may point forward. */
export interface AggregatedSink extends ImageSink {
  /** Called before each record, when the reader stands at its tag. */
  startRecord(): void;
  endRecord(): void;
  addMemorySnapshot(timeMs: number, rss: number, heapBytes: number): void;
  nameThread(thread: bigint, name: string): void;
  addFrame(id: number, code: bigint, offset: number, isInterpreterEntry: boolean): void;
  addTrace(frame: number, parent: number): void;
  addNativeTrace(ip: bigint, parent: bigint): void;
  addSegment(address: bigint, bytes: bigint): void;
  addAllocation(allocation: AggregatedAllocation): void;
}

const ALLOCATION_BYTES = 72;
const NO_NUMBER = 2 ** 53;

const badTag: RecordsEnd = {kind: 'damage', code: 'bad-tag', message: 'A record has an unknown type'};

/** Reads all records of an aggregated file. Throws InvalidDataError. */
export function* parseAggregatedRecords(
  reader: ByteReader,
  encoding: AggregatedEncoding,
  sink: AggregatedSink,
): Parsing<RecordsEnd> {
  let thread = 0n;
  let segmentsLeft = 0n;
  let native = 0n;
  let ip = 0n;
  for (;;) {
    if (segmentsLeft === 0n) readFrequentRecords(reader, encoding, sink);
    sink.startRecord();
    const tag = yield* reader.u8();
    if (segmentsLeft > 0n && tag !== tags.segment && tag !== 0) return badTag;
    switch (tag) {
      case 0:
        yield* skipZeros(reader);
        return badTag;
      case tags.allocation:
        while (reader.end - reader.pos < ALLOCATION_BYTES) yield;
        sink.addAllocation(takeAllocation(reader, encoding));
        break;
      case tags.nativeTraceIndex:
        ip = BigInt.asUintN(64, ip + (yield* reader.signedVarint()));
        native = BigInt.asUintN(64, native + (yield* reader.signedVarint()));
        sink.addNativeTrace(ip, native);
        break;
      case tags.memorySnapshot:
        sink.addMemorySnapshot(
          Number(yield* reader.u64()),
          Number(yield* reader.u64()),
          Number(yield* reader.u64()),
        );
        break;
      case tags.contextSwitch:
        thread = yield* reader.u64();
        break;
      case tags.threadName:
        sink.nameThread(thread, yield* reader.text());
        break;
      case tags.mapStart:
        sink.startGeneration();
        break;
      case tags.segmentHeader: {
        const image = yield* parseSegmentHeader(reader);
        segmentsLeft = image.count;
        sink.addImage(image);
        break;
      }
      case tags.segment:
        if (segmentsLeft === 0n) return badTag;
        sink.addSegment(yield* reader.u64(), yield* reader.varint());
        segmentsLeft--;
        break;
      case tags.trailer:
        return {kind: 'trailer'};
      default:
        if (!(yield* encoding.parseRecord(tag, reader, sink))) return badTag;
    }
    sink.endRecord();
  }
}

/**
 * The records of the kinds that a capture mostly consists of, as long as they lie in the window as a whole
 * and there is nothing unusual about them: a generator for each would take most of the time.
 */
function readFrequentRecords(reader: ByteReader, encoding: AggregatedEncoding, sink: AggregatedSink): void {
  for (;;) {
    sink.startRecord();
    if (reader.pos >= reader.end) return;
    const tag = reader.bytes[reader.pos++]!;
    if (tag === tags.allocation && reader.end - reader.pos >= ALLOCATION_BYTES) {
      sink.addAllocation(takeAllocation(reader, encoding));
    } else {
      const start = reader.pos - 1;
      if (!encoding.takeWhole(tag, reader, sink)) {
        reader.pos = start;
        return;
      }
    }
    sink.endRecord();
  }
}

/**
 * thread u64 · allocator u8 and 7 of padding · native id u64 · trace u64 · generation u64 · count at peak u64
 * · count leaked u64 · bytes at peak u64 · bytes leaked u64
 */
function takeAllocation(reader: ByteReader, encoding: AggregatedEncoding): AggregatedAllocation {
  const {view, pos} = reader;
  const number = (at: number): number =>
    view.getUint32(pos + at, true) + view.getUint32(pos + at + 4, true) * 2 ** 32;
  const allocator = view.getUint8(pos + 8);
  if (allocator > 15 || ((encoding.allocators >> allocator) & 1) === 0) {
    throw new InvalidDataError('a record has an unknown allocator');
  }
  const allocation = {
    thread: view.getBigUint64(pos, true),
    native: number(16),
    trace: number(24),
    generation: number(32),
    peakCount: number(40),
    leakedCount: number(48),
    peakBytes: number(56),
    leakedBytes: number(64),
  };
  const {peakCount, leakedCount, peakBytes, leakedBytes} = allocation;
  if (Math.max(peakCount, leakedCount, peakBytes, leakedBytes) >= NO_NUMBER) {
    throw new InvalidDataError('a number is too large to be true');
  }
  reader.pos += ALLOCATION_BYTES;
  return allocation;
}
