import type {AggregatedSink} from './aggregated-records.js';
import type {ByteFeed, Parsing} from './byte-feed.js';
import type {CodeObjects} from './code-objects.js';
import {aggregatedTags as tags} from './record-tags.js';

/**
 * What differs between the versions of aggregated files: allocator numbers, and how frames and stacks are
 * described.
 */
export interface AggregatedForm {
  /** The allocators that an allocation can come from, as bits: no frees, no munmap. */
  readonly allocators: number;
  /**
   * Takes the rest of a record of a frequent kind if it lies in the window as a whole. False if it does not,
   * or is of another kind, or there is anything unusual about it; the feed may then stand anywhere.
   */
  takeWhole(tag: number, feed: ByteFeed, sink: AggregatedSink): boolean;
  /**
   * Reads the rest of a record of one of the tags that not all versions have alike. False if it has no such
   * tag.
   */
  parseRecord(tag: number, feed: ByteFeed, sink: AggregatedSink): Parsing<boolean>;
}

/** The bits from 1 to 15 without these. */
const allBut = (...numbers: readonly number[]): number =>
  numbers.reduce((bits, number) => bits & ~(1 << number), 0xfffe);

/** Version 12 and later. */
export function createAggregatedForm12(codes: CodeObjects, hasNative: boolean): AggregatedForm {
  return {
    allocators: allBut(1, 5, 15),
    takeWhole(tag, feed, sink) {
      if (tag === tags.traceIndex) return takeTrace(feed, sink);
      if (tag === tags.frameIndex) return takeFrame(feed, sink);
      return tag === tags.codeObject && codes.takeWhole(feed);
    },
    *parseRecord(tag, feed, sink) {
      if (tag === tags.traceIndex) {
        sink.addTrace(Number(yield* feed.varint()), Number(yield* feed.varint()));
      } else if (tag === tags.frameIndex) {
        yield* parseFrame(feed, sink);
      } else if (tag === tags.codeObject) {
        yield* codes.parse(feed);
      } else if (tag === tags.survivingObject) {
        yield* feed.varint();
        if (hasNative) yield* feed.varint();
      } else {
        return false;
      }
      return true;
    },
  };
}

function takeTrace(feed: ByteFeed, sink: AggregatedSink): boolean {
  const frame = feed.wholeVarint();
  const parent = frame < 0 ? -1 : feed.wholeVarint();
  if (parent < 0) return false;
  sink.addTrace(frame, parent);
  return true;
}

function takeFrame(feed: ByteFeed, sink: AggregatedSink): boolean {
  const id = feed.wholeVarint();
  const code = id < 0 ? -1 : feed.wholeVarint();
  const offset = code < 0 ? -1 : feed.wholeVarint();
  if (offset < 0 || feed.pos >= feed.end) return false;
  const isEntry = feed.bytes[feed.pos++] !== 0;
  // Zig-zag, and 32 bits of it.
  sink.addFrame(id, BigInt(code), (offset % 2 === 0 ? offset / 2 : -(offset + 1) / 2) | 0, isEntry);
  return true;
}

/** id varint · code id varint · instruction offset signed varint · is entry frame u8 */
function* parseFrame(feed: ByteFeed, sink: AggregatedSink): Parsing<void> {
  const id = Number(yield* feed.varint());
  const code = yield* feed.varint();
  const offset = Number(BigInt.asIntN(32, yield* feed.signedVarint()));
  const isEntry = (yield* feed.u8()) !== 0;
  sink.addFrame(id, code, offset, isEntry);
}

/**
 * Versions 10 and 11: frames are resolved, and their numbers are in no order. They get running numbers as
 * they are met, in whatever record that is; each is its own code then.
 */
export function createAggregatedForm10(codes: CodeObjects): AggregatedForm {
  const numbers = new Map<string, number>();
  return {
    allocators: allBut(2, 11, 15),
    takeWhole: (tag, feed) => tag === tags.frameIndex && codes.takeWholeFrame10(feed),
    *parseRecord(tag, feed, sink) {
      if (tag === tags.traceIndex) {
        // frame u64 · parent u32
        const frame = yield* feed.u64();
        const parent = yield* feed.u32();
        sink.addTrace(numberOf(frame, numbers, sink), parent);
      } else if (tag === tags.frameIndex) {
        yield* codes.parseFrame10(feed);
      } else {
        return false;
      }
      return true;
    },
  };
}

function numberOf(frame: bigint, numbers: Map<string, number>, sink: AggregatedSink): number {
  const key = `#${frame}`;
  const known = numbers.get(key);
  if (known !== undefined) return known;
  const number = numbers.size;
  // Whether it is an entry frame is recorded where it is defined.
  sink.addFrame(number, frame, 0, true);
  numbers.set(key, number);
  return number;
}
