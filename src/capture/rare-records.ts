import type {CoreExports} from '../core/core.js';
import type {ByteFeed, Parsing} from './byte-feed.js';
import type {CodeObjects} from './code-objects.js';
import {rareTags} from './record-tags.js';

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
export interface RareSink extends ImageSink {
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

/** Reads a record that the core leaves aside; the feed stands at its tag. Throws BadValue. */
export type RareRecordParser = (feed: ByteFeed) => Parsing<void>;

/** Records of version 12 and later. */
export function createRareParser12(core: CoreExports, codes: CodeObjects, sink: RareSink): RareRecordParser {
  const tags = rareTags[12];
  return function* parse(feed) {
    const tag = yield* feed.u8();
    if (tag === tags.codeObject) yield* codes.parse(feed);
    else if (tag === tags.threadName) sink.nameThread(yield* feed.text());
    else if (tag === tags.mapStart) sink.startGeneration();
    else addImage(core, sink, yield* parseSegmentHeader(feed));
  };
}

/** Records of versions 7 to 11. */
export function createRareParser7(core: CoreExports, codes: CodeObjects, sink: RareSink): RareRecordParser {
  const tags = rareTags[7];
  return function* parse(feed) {
    const tag = yield* feed.u8();
    const type = tag & 15;
    // Flag 1: not an entry frame.
    if (type === tags.frameIndex) yield* codes.parseFrame7(feed, (tag & 0x10) === 0);
    else if (type === tags.threadName) sink.nameThread(yield* feed.text());
    else if (type === tags.mapStart) sink.startGeneration();
    else addImage(core, sink, yield* parseSegmentHeader(feed));
  };
}

/** Records of version 6: their tag has four bytes, numbers have a fixed size, and each names its thread. */
export function createRareParser6(core: CoreExports, codes: CodeObjects, sink: RareSink): RareRecordParser {
  const tags = rareTags[6];
  return function* parse(feed) {
    const tag = yield* feed.u32();
    if (tag === tags.frameIndex) {
      yield* codes.parseFrame6(feed);
    } else if (tag === tags.threadName) {
      const thread = yield* feed.u64();
      const name = yield* feed.text();
      core.switchThread(thread);
      sink.nameThread(name);
    } else if (tag === tags.mapStart) {
      sink.startGeneration();
    } else {
      // path text · count u64 · load address u64
      const path = yield* feed.text(MAX_PATH_BYTES);
      addImage(core, sink, {path, count: yield* feed.u64(), address: yield* feed.u64()});
    }
  };
}

function addImage(core: CoreExports, sink: RareSink, image: SegmentHeader): void {
  sink.addImage(image);
  core.expectSegments(image.count);
}

/** From version 7 on: path text · count varint · load address u64 */
export function* parseSegmentHeader(feed: ByteFeed): Parsing<SegmentHeader> {
  const path = yield* feed.text(MAX_PATH_BYTES);
  return {path, count: yield* feed.varint(), address: yield* feed.u64()};
}
