import {ChildTable} from '../base/child-table.js';
import {recall} from '../base/recall.js';
import {countProcesses, type FrameColumns, type Snapshot} from '../heap/snapshot.js';
import type {Naming} from './naming.js';
import type {StackSet} from './stack-set.js';
import {SyntheticFrames} from './synthetic-frames.js';
import type {Level} from './tree-query.js';

/** Which frames are the same. */
export interface Frames {
  /** Those of the stacks first. */
  readonly frames: FrameColumns;
  readonly strings: readonly string[];
  readonly flags: Uint8Array;
  /** For each frame of the stacks the one that stands for it and its equals. */
  readonly keyOf: Int32Array;
  /** Whether equal frames that follow each other in a stack are one. */
  readonly hasRuns: boolean;
}

/** Levels at which a run of equal neighbours is one frame. */
export function isRunLevel(level: Level): boolean {
  return level !== 'line' && level !== 'function';
}

/** What a frame of a file is called at a level with runs. */
export function nameLevel(level: Level, file: string, naming: Naming): string {
  if (level === 'module') return naming.moduleOf(file);
  return level === 'package' ? naming.packageOf(file) : file;
}

export function computeLevel(stacks: StackSet, level: Level, naming: Naming): Frames {
  return computeKeys(stacks.frames, stacks.strings, stacks.flags, stacks.snapshot, level, naming);
}

/** As many as there are levels. */
const KEPT_LEVELS = 5;

/** Steps mostly leave the frames as they are: then the keys of a level are the same. */
const computeKeys = recall(
  (
    frames: FrameColumns,
    strings: readonly string[],
    flags: Uint8Array,
    snapshot: Snapshot,
    level: Level,
    naming: Naming,
  ): Frames => {
    if (level === 'line') {
      const keyOf = frames.native?.identity ?? mapFrames(frames, frame => frame);
      return {frames, strings, flags, keyOf, hasRuns: false};
    }
    const tables = {frames, strings, flags};
    const synthetic = new SyntheticFrames(tables);
    const toKey =
      level === 'function'
        ? createFunctionKeys(frames, synthetic)
        : createNameKeys(tables, level, naming, synthetic);
    const processes = countProcesses(snapshot.capture);
    const keyOf = mapFrames(frames, frame => (frame < processes ? frame : toKey(frame)));
    return {...synthetic.finish(), keyOf, hasRuns: isRunLevel(level)};
  },
  KEPT_LEVELS,
);

function mapFrames({length}: FrameColumns, toKey: (frame: number) => number): Int32Array {
  const keys = new Int32Array(length);
  for (let frame = 0; frame < length; frame++) keys[frame] = toKey(frame);
  return keys;
}

function createNameKeys(
  {frames, strings}: Pick<Frames, 'frames' | 'strings'>,
  level: Level,
  naming: Naming,
  synthetic: SyntheticFrames,
): (frame: number) => number {
  const known = new Int32Array(strings.length).fill(-1);
  return frame => {
    const file = frames.file[frame]!;
    if (known[file]! < 0) known[file] = synthetic.addNamed(nameLevel(level, strings[file]!, naming));
    return known[file]!;
  };
}

function createFunctionKeys(frames: FrameColumns, synthetic: SyntheticFrames): (frame: number) => number {
  const table = new ChildTable(frames.length);
  return frame => {
    const [file, name] = [frames.file[frame]!, frames.function[frame]!];
    const known = table.get(file, name);
    return known >= 0 ? known : table.ensure(file, name, synthetic.add(name, file));
  };
}
