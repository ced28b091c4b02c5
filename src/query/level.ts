import {ChildTable} from '../base/child-table.js';
import {countProcesses, type FrameColumns} from '../heap/snapshot.js';
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
  const {frames, strings, flags} = stacks;
  if (level === 'line') {
    const keyOf = frames.native?.identity ?? Int32Array.from({length: frames.length}, (_, frame) => frame);
    return {frames, strings, flags, keyOf, hasRuns: false};
  }
  const synthetic = new SyntheticFrames(stacks);
  const toKey = level === 'function' ? createFunctionKeys(stacks, synthetic) : createNameKeys();
  const processes = countProcesses(stacks.snapshot.capture);
  const keyOf = Int32Array.from({length: frames.length}, (_, frame) =>
    frame < processes ? frame : toKey(frame),
  );
  return {...synthetic.finish(), keyOf, hasRuns: isRunLevel(level)};

  function createNameKeys(): (frame: number) => number {
    const known = new Map<number, number>();
    return frame => {
      const file = frames.file[frame]!;
      let key = known.get(file);
      if (key === undefined) {
        key = synthetic.addNamed(nameLevel(level, strings[file]!, naming));
        known.set(file, key);
      }
      return key;
    };
  }
}

function createFunctionKeys({frames}: StackSet, synthetic: SyntheticFrames): (frame: number) => number {
  const table = new ChildTable(frames.length);
  return frame => {
    const [file, name] = [frames.file[frame]!, frames.function[frame]!];
    const known = table.get(file, name);
    return known >= 0 ? known : table.ensure(file, name, synthetic.add(name, file));
  };
}
