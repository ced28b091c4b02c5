import {growArray} from '../base/column.js';
import {getFrameFlags} from '../tree/frame-rules.js';
import type {StackSet} from './stack-set.js';

type FrameTables = Pick<StackSet, 'frames' | 'strings' | 'flags'>;

/**
 * Adds frames that no capture holds after those of a snapshot: a file, a module or a package as one frame, which has
 * no function and no line, its name standing as the file; or a line of several functions.
 */
export class SyntheticFrames {
  readonly #tables: FrameTables;
  readonly #names = new Map<string, number>();
  readonly #added: {readonly function: number; readonly file: number; readonly line: number}[] = [];
  readonly #strings: string[] = [];
  /** Index of the empty name. */
  #nameless: number | null = null;

  constructor(tables: FrameTables) {
    this.#tables = tables;
  }

  /** The frame that stands for a name, the same for equal names. */
  addNamed(name: string): number {
    let frame = this.#names.get(name);
    if (frame === undefined) {
      frame = this.add(this.#addString(''), this.#addString(name));
      this.#names.set(name, frame);
    }
    return frame;
  }

  /** A frame. @param name index of the function's name in the strings */
  add(name: number, file: number, line = 0): number {
    return this.#tables.frames.length + this.#added.push({function: name, file, line}) - 1;
  }

  /** A line that belongs to no function alone. */
  addLine(file: number, line: number): number {
    this.#nameless ??= this.#addString('');
    return this.add(this.#nameless, file, line);
  }

  #addString(text: string): number {
    return this.#tables.strings.length + this.#strings.push(text) - 1;
  }

  finish(): FrameTables {
    const {frames, flags} = this.#tables;
    const strings = [...this.#tables.strings, ...this.#strings];
    const length = frames.length + this.#added.length;
    const grown = {
      length,
      function: growArray(frames.function, length),
      file: growArray(frames.file, length),
      line: growArray(frames.line, length),
    };
    const grownFlags = growArray(flags, length);
    this.#added.forEach((added, index) => {
      const frame = frames.length + index;
      grown.function[frame] = added.function;
      grown.file[frame] = added.file;
      grown.line[frame] = added.line;
      grownFlags[frame] = getFrameFlags(strings[added.function]!, strings[added.file]!);
    });
    return {
      frames: {...grown, ...(frames.native && {native: growNative(frames, length)})},
      strings,
      flags: grownFlags,
    };
  }
}

/** Synthetic frames are no native ones, even where they stand for some. */
function growNative({native, length: known}: StackSet['frames'], length: number) {
  const {identity, image, offset, state, directory} = native!;
  const grown = {
    identity: growArray(identity, length),
    image: growArray(image, length).fill(-1, known),
    offset: growArray(offset, length).fill(-1, known),
    state: growArray(state, length),
    directory: growArray(directory, length).fill(-1, known),
  };
  for (let frame = known; frame < length; frame++) grown.identity[frame] = frame;
  return grown;
}
