import type {CoreExports} from '../core/core.js';
import type {ByteFeed, Parsing} from './byte-feed.js';
import type {CodeObjects} from './code-objects.js';
import {rareTags} from './record-tags.js';
import {parseFrameNames, type ResolvedFrames} from './resolved-frames.js';

/** Told the name of the core's current thread. */
export type NameThread = (name: string) => void;

/** Reads a record that the core leaves aside; the feed stands at its tag. Throws BadValue. */
export type RareRecordParser = (feed: ByteFeed) => Parsing<void>;

/** Records of version 12 and later. */
export function createRareParser12(
  core: CoreExports,
  codes: CodeObjects,
  nameThread: NameThread,
): RareRecordParser {
  const tags = rareTags[12];
  return function* parse(feed) {
    const tag = yield* feed.u8();
    if (tag === tags.codeObject) core.addCode(yield* codes.parse(feed));
    else if (tag === tags.threadName) nameThread(yield* feed.text());
    else core.expectSegments(yield* parseSegmentHeader(feed));
  };
}

/** Records of versions 7 to 11. */
export function createRareParser7(
  core: CoreExports,
  frames: ResolvedFrames,
  nameThread: NameThread,
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
      nameThread(yield* feed.text());
    } else {
      core.expectSegments(yield* parseSegmentHeader(feed));
    }
  };
}

/** Records of version 6: their tag has four bytes, numbers have a fixed size, and each names its thread. */
export function createRareParser6(
  core: CoreExports,
  frames: ResolvedFrames,
  nameThread: NameThread,
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
      nameThread(name);
    } else {
      // path text · count u64 · load address u64
      yield* feed.text(0);
      const count = yield* feed.u64();
      yield* feed.u64();
      core.expectSegments(count);
    }
  };
}

/** From version 7 on: path text · count varint · load address u64. Returns how many segments follow. */
export function* parseSegmentHeader(feed: ByteFeed): Parsing<bigint> {
  yield* feed.text(0);
  const count = yield* feed.varint();
  yield* feed.u64();
  return count;
}
