import type {ExportedStacks} from './exported-stacks.js';

/** A frame as it is recorded. A file, a module or a package that stands as one frame is its own function. */
export interface FrameNames {
  readonly name: string;
  readonly file: string;
  /** 0 where it is not known. */
  readonly line: number;
}

export function getFrameNames(
  {frames, strings}: Pick<ExportedStacks, 'frames' | 'strings'>,
  frame: number,
): FrameNames {
  const file = strings[frames.file[frame]!]!;
  return {name: strings[frames.function[frame]!]! || file, file, line: frames.line[frame]!};
}
