import type {CoreExports} from '../core/core.js';
import type {ByteFeed, Parsing} from './byte-feed.js';
import type {CodeObjects} from './code-objects.js';
import {rareTags} from './record-tags.js';
import {parseFrameNames, type ResolvedFrames} from './resolved-frames.js';

/** Told what is loaded. */
export interface ImageSink {
  /** All images that are loaded from here on follow. */
  startGeneration(): void;
  /** Its segments follow. */
  addImage(image: SegmentHeader): void;
}

/** Told what the core leaves aside. It keeps the segments of an image until the next image or generation. */
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
    if (tag === tags.codeObject) core.addCode(yield* codes.parse(feed));
    else if (tag === tags.threadName) sink.nameThread(yield* feed.text());
    else if (tag === tags.mapStart) sink.startGeneration();
    else addImage(core, sink, yield* parseSegmentHeader(feed));
  };
}

/** Records of versions 7 to 11. */
export function createRareParser7(
  core: CoreExports,
  frames: ResolvedFrames,
  sink: RareSink,
): RareRecordParser {
  const tags = rareTags[7];
  /** The register of lines: 32 bits, shared by all frames. */
  let line = 0;
  return function* parse(feed) {
    const tag = yield* feed.u8();
    const type = tag & 15;
    if (type === tags.frameIndex) {
      // step of the number signed varint · names · step of the line signed varint; flag 1: not an entry frame
      const step = yield* feed.signedVarint();
      const names = yield* parseFrameNames(feed);
      line = Number(BigInt.asIntN(32, BigInt(line) + (yield* feed.signedVarint())));
      const id = BigInt.asUintN(64, core.defineFrame(step));
      frames.add(id, {...names, line, isEntry: (tag & 0x10) === 0});
    } else if (type === tags.threadName) {
      sink.nameThread(yield* feed.text());
    } else if (type === tags.mapStart) {
      sink.startGeneration();
    } else {
      addImage(core, sink, yield* parseSegmentHeader(feed));
    }
  };
}

/** Records of version 6: their tag has four bytes, numbers have a fixed size, and each names its thread. */
export function createRareParser6(
  core: CoreExports,
  frames: ResolvedFrames,
  sink: RareSink,
): RareRecordParser {
  const tags = rareTags[6];
  return function* parse(feed) {
    const tag = yield* feed.u32();
    if (tag === tags.frameIndex) {
      // number u64 · names · line i32
      const id = yield* feed.u64();
      const names = yield* parseFrameNames(feed);
      frames.add(id, {...names, line: (yield* feed.u32()) | 0, isEntry: true});
      core.addCode(id);
    } else if (tag === tags.threadName) {
      const thread = yield* feed.u64();
      const name = yield* feed.text();
      core.switchThread(thread);
      sink.nameThread(name);
    } else if (tag === tags.mapStart) {
      sink.startGeneration();
    } else {
      // path text · count u64 · load address u64
      const path = yield* feed.passingText(MAX_PATH_BYTES);
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
  // The same names come again with every library that is loaded: who keeps them counts them.
  const path = yield* feed.passingText(MAX_PATH_BYTES);
  return {path, count: yield* feed.varint(), address: yield* feed.u64()};
}
