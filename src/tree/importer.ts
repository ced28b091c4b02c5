import type {CallTreeColumns} from './call-tree.js';

/** A place in a program. */
export interface Caller {
  readonly function: string;
  readonly file: string;
  readonly line: number;
}

/** What imported the module of a row; null where that is not known, and for rows of other tables. */
export function getImporter(
  {importer, frames, strings}: Pick<CallTreeColumns, 'importer' | 'frames' | 'strings'>,
  row: number,
): Caller | null {
  const frame = importer?.[row] ?? -1;
  if (frame < 0) return null;
  return {
    function: strings[frames.function[frame]!]!,
    file: strings[frames.file[frame]!]!,
    line: frames.line[frame]!,
  };
}
