import {type BlockKeeper, createBlockKeeper} from '../../src/heap/block-keeper.js';
import {type CaptureParser, createCaptureParser} from '../../src/heap/capture-parser.js';
import type {Course} from '../../src/heap/course.js';
import type {MomentFacts} from '../../src/heap/moment.js';
import {MomentFinder} from '../../src/heap/moment-finder.js';
import {MomentStopper} from '../../src/heap/moment-stopper.js';
import {listMoments, type MomentView, type Snapshot} from '../../src/heap/snapshot.js';

interface ReadAtMoments {
  readonly snapshot: Snapshot;
  readonly facts: readonly (MomentFacts | null)[];
  /** The heap at each of the moments, by the second reading. */
  readonly heaps: readonly number[];
}

/** What a capture holds at the moments of a view; all of them have to be in it. */
export function readAtMoments(
  bytes: Uint8Array,
  view: MomentView,
  pieceBytes?: number,
  hasBlocks = false,
): ReadAtMoments {
  const {facts, capture} = findMoments(bytes, view, pieceBytes);
  const marks = facts.map(found => (found!.isEnd ? Infinity : found!.allocationRecords));
  const read = (blocks?: BlockKeeper) => {
    const course = new MomentStopper(view, marks, capture);
    return {course, parser: parse(bytes, view, course, pieceBytes, blocks)};
  };
  const first = read();
  const {course, parser} = hasBlocks ? read(createBlockKeeper(first.parser.peak.records ?? 0)) : first;
  return {snapshot: parser.getSnapshot(), facts, heaps: course.heaps};
}

export function findMoments(bytes: Uint8Array, view: MomentView, pieceBytes?: number) {
  const finder = new MomentFinder(listMoments(view));
  const capture = parse(bytes, view, finder, pieceBytes).getInfo();
  return {facts: finder.getFound(), capture, finder};
}

function parse(
  bytes: Uint8Array,
  view: MomentView,
  course: Course,
  pieceBytes = bytes.length,
  blocks?: BlockKeeper,
): CaptureParser {
  const parser = createCaptureParser({view, biggestAllocs: Infinity, course, blocks});
  for (let at = 0; at < bytes.length && !parser.isDone; at += pieceBytes) {
    parser.push(bytes.subarray(at, at + pieceBytes));
  }
  parser.end();
  return parser;
}
