import {ChildTable} from '../base/child-table.js';
import {recall} from '../base/recall.js';
import type {FrameColumns} from '../heap/snapshot.js';
import type {Term} from './grammar/term.js';
import type {Frames} from './level.js';
import {matchFrames} from './match-frames.js';
import type {Naming} from './naming.js';
import {listFrames, type StackSet} from './stack-set.js';
import {SyntheticFrames} from './synthetic-frames.js';

/**
 * Frames of one line of one file are the same, whatever their function: a comprehension runs in the line of the function
 * around it. A line that several functions of the stacks have is called after none of them.
 * @param term only frames that match have a line, the others have the key −1
 */
export const computeLineLevel = recall((stacks: StackSet, term: Term, naming: Naming): Frames => {
  const {frames} = stacks;
  const isThere = listFrames(stacks);
  const isMatch = matchFrames(stacks, term, naming);
  const {first, isShared} = groupByLine(
    frames,
    isThere.map((there, frame) => there & isMatch[frame]!),
  );
  const synthetic = new SyntheticFrames(stacks);
  const shared = new Map<number, number>();
  const keyOf = first.map(frame => {
    if (frame < 0 || isShared[frame] === 0) return frame;
    const known = shared.get(frame) ?? synthetic.addLine(frames.file[frame]!, frames.line[frame]!);
    shared.set(frame, known);
    return known;
  });
  return {...synthetic.finish(), keyOf, hasRuns: false};
});

/** For each frame the first one of its line. */
export const listFirstOfLines = recall(
  (frames: FrameColumns): Int32Array => groupByLine(frames, new Uint8Array(frames.length).fill(1)).first,
);

interface LineGroups {
  /** For each frame the first one of its line, −1 for frames that are left out. */
  readonly first: Int32Array;
  /** 1 for the first frames of lines that several functions have. */
  readonly isShared: Uint8Array;
}

function groupByLine(frames: FrameColumns, isWanted: Uint8Array): LineGroups {
  const table = new ChildTable(frames.length);
  const first = new Int32Array(frames.length).fill(-1);
  const isShared = new Uint8Array(frames.length);
  for (let frame = 0; frame < frames.length; frame++) {
    if (isWanted[frame] === 0) continue;
    const [file, line] = [frames.file[frame]!, frames.line[frame]!];
    const known = table.get(file, line);
    first[frame] = known >= 0 ? known : table.ensure(file, line, frame);
    if (frames.function[first[frame]!] !== frames.function[frame]) isShared[first[frame]!] = 1;
  }
  return {first, isShared};
}
