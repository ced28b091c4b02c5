import type {AggregatedSink} from './aggregated-records.js';
import type {ByteReader, Parsing} from './byte-reader.js';
import type {CodeObjects} from './code-objects.js';
import {aggregatedTags as tags} from './record-tags.js';

/**
 * What differs between the versions of aggregated files: allocator numbers, and how frames and stacks are
 * described.
 */
export interface AggregatedEncoding {
  /** The allocators that an allocation can come from, as bits: no frees, no munmap. */
  readonly allocators: number;
  /**
   * Takes the rest of a record of a frequent kind if it lies in the window as a whole. False if it does not,
   * or is of another kind, or there is anything unusual about it; the reader may then stand anywhere.
   */
  takeWhole(tag: number, reader: ByteReader, sink: AggregatedSink): boolean;
  /**
   * Reads the rest of a record of one of the tags that not all versions have alike. False if it has no such
   * tag.
   */
  parseRecord(tag: number, reader: ByteReader, sink: AggregatedSink): Parsing<boolean>;
}

/** The bits from 1 to 15 without these. */
const allBut = (...numbers: readonly number[]): number =>
  numbers.reduce((bits, number) => bits & ~(1 << number), 0xfffe);

/** Version 12 and later. */
export function createAggregatedForm12(codes: CodeObjects, hasNative: boolean): AggregatedEncoding {
  return {
    allocators: allBut(1, 5, 15),
    takeWhole(tag, reader, sink) {
      if (tag === tags.traceIndex) return takeTrace(reader, sink);
      if (tag === tags.frameIndex) return takeFrame(reader, sink);
      return tag === tags.codeObject && codes.takeWhole(reader);
    },
    *parseRecord(tag, reader, sink) {
      if (tag === tags.traceIndex) {
        sink.addTrace(Number(yield* reader.varint()), Number(yield* reader.varint()));
      } else if (tag === tags.frameIndex) {
        yield* parseFrame(reader, sink);
      } else if (tag === tags.codeObject) {
        yield* codes.parse(reader);
      } else if (tag === tags.survivingObject) {
        yield* reader.varint();
        if (hasNative) yield* reader.varint();
      } else {
        return false;
      }
      return true;
    },
  };
}

function takeTrace(reader: ByteReader, sink: AggregatedSink): boolean {
  const frame = reader.wholeVarint();
  const parent = frame < 0 ? -1 : reader.wholeVarint();
  if (parent < 0) return false;
  sink.addTrace(frame, parent);
  return true;
}

function takeFrame(reader: ByteReader, sink: AggregatedSink): boolean {
  const id = reader.wholeVarint();
  const code = id < 0 ? -1 : reader.wholeVarint();
  const offset = code < 0 ? -1 : reader.wholeVarint();
  if (offset < 0 || reader.pos >= reader.end) return false;
  const isInterpreterEntry = reader.bytes[reader.pos++] !== 0;
  // Zig-zag, and 32 bits of it.
  sink.addFrame(
    id,
    BigInt(code),
    (offset % 2 === 0 ? offset / 2 : -(offset + 1) / 2) | 0,
    isInterpreterEntry,
  );
  return true;
}

/** id varint · code id varint · instruction offset signed varint · is entry frame u8 */
function* parseFrame(reader: ByteReader, sink: AggregatedSink): Parsing<void> {
  const id = Number(yield* reader.varint());
  const code = yield* reader.varint();
  const offset = Number(BigInt.asIntN(32, yield* reader.signedVarint()));
  const isInterpreterEntry = (yield* reader.u8()) !== 0;
  sink.addFrame(id, code, offset, isInterpreterEntry);
}

/**
 * Versions 10 and 11: frames are resolved, and their numbers are in no order. They get running numbers as
 * they are met, in whatever record that is; each is its own code then.
 */
export function createAggregatedForm10(codes: CodeObjects): AggregatedEncoding {
  const numbers = new Map<string, number>();
  return {
    allocators: allBut(2, 11, 15),
    takeWhole: (tag, reader) => tag === tags.frameIndex && codes.takeWholeFrame10(reader),
    *parseRecord(tag, reader, sink) {
      if (tag === tags.traceIndex) {
        // frame u64 · parent u32
        const frame = yield* reader.u64();
        const parent = yield* reader.u32();
        sink.addTrace(numberOf(frame, numbers, sink), parent);
      } else if (tag === tags.frameIndex) {
        yield* codes.parseFrame10(reader);
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
