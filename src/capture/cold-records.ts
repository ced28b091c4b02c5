import type {CoreExports} from '../core/core.js';
import type {ByteReader, Parsing} from './byte-reader.js';
import type {CodeObjects} from './code-objects.js';
import {coldTags} from './record-tags.js';

/** Gets what is loaded. */
export interface ImageSink {
  /** All images that are loaded from here on follow. */
  startGeneration(): void;
  /** Its segments follow. */
  addImage(image: SegmentHeader): void;
}

/**
 * Gets the records that the core leaves aside. It keeps the segments of an image until the next image or
 * generation.
 */
export interface ColdRecordSink extends ImageSink {
  /** The name of the core's current thread. */
  nameThread(name: string): void;
}

/** An image: its file, how many segments follow, and where it was loaded. */
export interface SegmentHeader {
  readonly path: string;
  readonly count: bigint;
  readonly address: bigint;
}

const MAX_PATH_BYTES = 4096;

/** Reads a record that the core leaves aside; the reader stands at its tag. Throws InvalidDataError. */
export type ColdRecordParser = (reader: ByteReader) => Parsing<void>;

/** Records of version 12 and later. */
export function createColdParser12(
  core: CoreExports,
  codes: CodeObjects,
  sink: ColdRecordSink,
): ColdRecordParser {
  const tags = coldTags[12];
  return function* parse(reader) {
    const tag = yield* reader.u8();
    if (tag === tags.codeObject) yield* codes.parse(reader);
    else if (tag === tags.threadName) sink.nameThread(yield* reader.text());
    else if (tag === tags.mapStart) sink.startGeneration();
    else addImage(core, sink, yield* parseSegmentHeader(reader));
  };
}

/** Records of versions 7 to 11. */
export function createColdParser7(
  core: CoreExports,
  codes: CodeObjects,
  sink: ColdRecordSink,
): ColdRecordParser {
  const tags = coldTags[7];
  return function* parse(reader) {
    const tag = yield* reader.u8();
    const type = tag & 15;
    // Flag 1: not an entry frame.
    if (type === tags.frameIndex) yield* codes.parseFrame7(reader, (tag & 0x10) === 0);
    else if (type === tags.threadName) sink.nameThread(yield* reader.text());
    else if (type === tags.mapStart) sink.startGeneration();
    else addImage(core, sink, yield* parseSegmentHeader(reader));
  };
}

/** Records of version 6: their tag has four bytes, numbers have a fixed size, and each names its thread. */
export function createColdParser6(
  core: CoreExports,
  codes: CodeObjects,
  sink: ColdRecordSink,
): ColdRecordParser {
  const tags = coldTags[6];
  return function* parse(reader) {
    const tag = yield* reader.u32();
    if (tag === tags.frameIndex) {
      yield* codes.parseFrame6(reader);
    } else if (tag === tags.threadName) {
      const thread = yield* reader.u64();
      const name = yield* reader.text();
      core.switchThread(thread);
      sink.nameThread(name);
    } else if (tag === tags.mapStart) {
      sink.startGeneration();
    } else {
      // path text · count u64 · load address u64
      const path = yield* reader.text(MAX_PATH_BYTES);
      addImage(core, sink, {path, count: yield* reader.u64(), address: yield* reader.u64()});
    }
  };
}

function addImage(core: CoreExports, sink: ColdRecordSink, image: SegmentHeader): void {
  sink.addImage(image);
  core.expectSegments(image.count);
}

/** From version 7 on: path text · count varint · load address u64 */
export function* parseSegmentHeader(reader: ByteReader): Parsing<SegmentHeader> {
  const path = yield* reader.text(MAX_PATH_BYTES);
  return {path, count: yield* reader.varint(), address: yield* reader.u64()};
}
