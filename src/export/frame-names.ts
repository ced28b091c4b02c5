import type {CallTree} from '../tree/call-tree.js';

/** A frame as it is recorded. A file, a module or a package that stands as one frame is its own function. */
export interface FrameNames {
  readonly name: string;
  readonly file: string;
  /** 0 where it is not known. */
  readonly line: number;
}

export function getFrameNames(
  {frames, strings}: Pick<CallTree, 'frames' | 'strings'>,
  frame: number,
): FrameNames {
  const file = strings[frames.file[frame]!]!;
  return {name: strings[frames.function[frame]!]! || file, file, line: frames.line[frame]!};
}

/** Where a frame is, for rows: `module:line`, or only the module of a function as a whole. Empty where its name says it. */
export function formatPlace({name, file, line}: FrameNames, module: string): string {
  if (line !== 0) return `${module}:${line}`;
  return name === file ? '' : module;
}
