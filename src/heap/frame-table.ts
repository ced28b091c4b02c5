import {StringTable} from '../base/string-table.js';
import {TripleTable} from '../base/triple-table.js';
import type {FrameColumns} from './snapshot.js';

/** Function, file and line of a frame. */
export interface FrameNames {
  readonly function: string;
  readonly file: string;
  readonly line: number;
}

/** Collects distinct frames and strings. */
export class FrameTable {
  readonly #strings = new StringTable();
  /** Function, file and line of each frame. */
  readonly #frames = new TripleTable();

  get strings(): readonly string[] {
    return this.#strings.strings;
  }

  add({function: name, file, line}: FrameNames): number {
    return this.#frames.add(this.#strings.add(name), this.#strings.add(file), line);
  }

  toColumns(): FrameColumns {
    return toFrameColumns(this.#frames);
  }
}

/** The columns of triples of function, file and line. */
export function toFrameColumns(frames: TripleTable): FrameColumns {
  const {length} = frames;
  const columns = {
    length,
    function: new Int32Array(length),
    file: new Int32Array(length),
    line: new Int32Array(length),
  };
  for (let frame = 0; frame < length; frame++) {
    columns.function[frame] = frames.firstAt(frame);
    columns.file[frame] = frames.secondAt(frame);
    columns.line[frame] = frames.thirdAt(frame);
  }
  return columns;
}
