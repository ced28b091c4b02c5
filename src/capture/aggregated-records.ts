import type {AggregatedForm} from './aggregated-forms.js';
import {BadValue, type ByteFeed, type Parsing} from './byte-feed.js';
import {type ImageSink, parseSegmentHeader} from './rare-records.js';
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
  /** Called before each record, when the feed stands at its tag. */
  startRecord(): void;
  endRecord(): void;
  addMemorySnapshot(heapBytes: number): void;
  nameThread(thread: bigint, name: string): void;
  addFrame(id: number, code: bigint, offset: number, isEntry: boolean): void;
  addTrace(frame: number, parent: number): void;
  addNativeTrace(ip: bigint, parent: bigint): void;
  addSegment(address: bigint, bytes: bigint): void;
  addAllocation(allocation: AggregatedAllocation): void;
}

const ALLOCATION_BYTES = 72;
const NO_NUMBER = 2 ** 53;

const badTag: RecordsEnd = {kind: 'damage', code: 'bad-tag', message: 'A record has an unknown type'};

/** Reads all records of an aggregated file. Throws BadValue. */
export function* parseAggregatedRecords(
  feed: ByteFeed,
  form: AggregatedForm,
  sink: AggregatedSink,
): Parsing<RecordsEnd> {
  let thread = 0n;
  let segmentsLeft = 0n;
  let native = 0n;
  let ip = 0n;
  for (;;) {
    if (segmentsLeft === 0n) readFrequentRecords(feed, form, sink);
    sink.startRecord();
    const tag = yield* feed.u8();
    if (segmentsLeft > 0n && tag !== tags.segment && tag !== 0) return badTag;
    switch (tag) {
      case 0:
        yield* skipZeros(feed);
        return badTag;
      case tags.allocation:
        while (feed.end - feed.pos < ALLOCATION_BYTES) yield;
        sink.addAllocation(takeAllocation(feed, form));
        break;
      case tags.nativeTraceIndex:
        ip = BigInt.asUintN(64, ip + (yield* feed.signedVarint()));
        native = BigInt.asUintN(64, native + (yield* feed.signedVarint()));
        sink.addNativeTrace(ip, native);
        break;
      case tags.memorySnapshot:
        yield* feed.u64();
        yield* feed.u64();
        sink.addMemorySnapshot(Number(yield* feed.u64()));
        break;
      case tags.contextSwitch:
        thread = yield* feed.u64();
        break;
      case tags.threadName:
        sink.nameThread(thread, yield* feed.text());
        break;
      case tags.mapStart:
        sink.startGeneration();
        break;
      case tags.segmentHeader: {
        const image = yield* parseSegmentHeader(feed);
        segmentsLeft = image.count;
        sink.addImage(image);
        break;
      }
      case tags.segment:
        if (segmentsLeft === 0n) return badTag;
        sink.addSegment(yield* feed.u64(), yield* feed.varint());
        segmentsLeft--;
        break;
      case tags.trailer:
        return {kind: 'trailer'};
      default:
        if (!(yield* form.parseRecord(tag, feed, sink))) return badTag;
    }
    sink.endRecord();
  }
}

/**
 * The records of the kinds that a capture mostly consists of, as long as they lie in the window as a whole
 * and there is nothing unusual about them: a generator for each would take most of the time.
 */
function readFrequentRecords(feed: ByteFeed, form: AggregatedForm, sink: AggregatedSink): void {
  for (;;) {
    sink.startRecord();
    if (feed.pos >= feed.end) return;
    const tag = feed.bytes[feed.pos++]!;
    if (tag === tags.allocation && feed.end - feed.pos >= ALLOCATION_BYTES) {
      sink.addAllocation(takeAllocation(feed, form));
    } else {
      const start = feed.pos - 1;
      if (!form.takeWhole(tag, feed, sink)) {
        feed.pos = start;
        return;
      }
    }
    sink.endRecord();
  }
}

/**
 * thread u64 · allocator u8 and 7 of padding · native id u64 · trace u64 · generation u64 · count at peak u64 ·
 * count leaked u64 · bytes at peak u64 · bytes leaked u64
 */
function takeAllocation(feed: ByteFeed, form: AggregatedForm): AggregatedAllocation {
  const {view, pos} = feed;
  const number = (at: number): number =>
    view.getUint32(pos + at, true) + view.getUint32(pos + at + 4, true) * 2 ** 32;
  const allocator = view.getUint8(pos + 8);
  if (allocator > 15 || ((form.allocators >> allocator) & 1) === 0) {
    throw new BadValue('a record has an unknown allocator');
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
    throw new BadValue('a number is too large to be true');
  }
  feed.pos += ALLOCATION_BYTES;
  return allocation;
}
