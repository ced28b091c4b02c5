import {ChildTable} from '../base/child-table.js';
import type {ExportedStacks} from './exported-stacks.js';

/** Numbers for frames, from 0 on, in the order in which stacks reach them. */
export interface FrameNumbers {
  /** The number of each frame; −1 of frames that no stack has. */
  readonly numberOf: Int32Array;
  /** For each number the first frame that has it. */
  readonly frames: readonly number[];
}

export function numberFrames({frame: reached, frames}: ExportedStacks): FrameNumbers {
  const numberOf = new Int32Array(frames.length).fill(-1);
  const numbered: number[] = [];
  for (let node = 1; node < reached.length; node++) {
    const frame = reached[node]!;
    if (numberOf[frame]! < 0) numberOf[frame] = numbered.push(frame) - 1;
  }
  return {numberOf, frames: numbered};
}

/** The same for functions: frames of the same name and file have one number. */
export function numberFunctions(stacks: ExportedStacks): FrameNumbers {
  const {frames} = stacks;
  const table = new ChildTable(frames.length);
  const numberOf = new Int32Array(frames.length).fill(-1);
  const numbered: number[] = [];
  for (const frame of numberFrames(stacks).frames) {
    const [file, name] = [frames.file[frame]!, frames.function[frame]!];
    const known = table.get(file, name);
    numberOf[frame] = known >= 0 ? known : table.ensure(file, name, numbered.push(frame) - 1);
  }
  return {numberOf, frames: numbered};
}
