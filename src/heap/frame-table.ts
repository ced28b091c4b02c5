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
  readonly strings: string[] = [];
  readonly #stringIndex = new Map<string, number>();
  /** Function, file and line of each frame. */
  readonly #frames = new TripleTable();

  add({function: name, file, line}: FrameNames): number {
    return this.#frames.add(this.#addString(name), this.#addString(file), line);
  }

  #addString(text: string): number {
    // The prefix keeps V8 from taking "123" for an integer, whose hash is not seeded.
    const key = `"${text}`;
    const known = this.#stringIndex.get(key);
    if (known !== undefined) return known;
    this.#stringIndex.set(key, this.strings.length);
    this.strings.push(text);
    return this.strings.length - 1;
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
