import {DoubleColumn, IntColumn} from '../base/column.js';
import {StringTable} from '../base/string-table.js';
import {TripleTable} from '../base/triple-table.js';
import {type NativeName, SYMBOL_STATES} from '../symbols/native-frame.js';
import type {FrameNames} from './frame-table.js';
import type {FrameColumns, NativeColumns} from './snapshot.js';

/** Of all strings of native frames together: a library may be made to give long names without end. */
const MAX_NATIVE_CHARACTERS = 1 << 27;
const UNKNOWN_NAME: NativeName = {
  function: '<unknown>',
  file: '<unknown>',
  line: 0,
  state: 'no-symbol',
  directory: null,
};

/**
 * Collects the frames of merged stacks and their strings. Three levels, so that what repeats is kept once:
 * names (function, file, line) ← what is known (names, directory, state) ← a frame (what is known, image,
 * offset).
 */
export class NativeFrameTable {
  readonly #strings = new StringTable();
  #nativeCharacters = 0;
  readonly #maxNativeCharacters: number;
  /** (function, file, line) */
  readonly #names = new TripleTable();
  /** By names: the first frame that has them, and the Python frame; −1 before there is one. */
  readonly #firstFrame = new IntColumn();
  readonly #pythonFrame = new IntColumn();
  /** (names, directory + 1, state) */
  readonly #known = new TripleTable();
  readonly #frame = {
    known: new IntColumn(),
    identity: new IntColumn(),
    image: new IntColumn(),
    offset: new DoubleColumn(),
  };

  constructor(maxNativeCharacters = MAX_NATIVE_CHARACTERS) {
    this.#maxNativeCharacters = maxNativeCharacters;
  }

  get strings(): readonly string[] {
    return this.#strings.strings;
  }

  /** The number of a Python frame. Equal ones have the same. */
  add(frame: FrameNames): number {
    const known = this.#addKnown({...frame, state: SYMBOL_STATES[0], directory: null});
    const names = this.#known.firstAt(known);
    const number = this.#pythonFrame.at(names);
    if (number >= 0) return number;
    const added = this.#addFrame(known, -1, -1);
    this.#pythonFrame.set(names, added);
    return added;
  }

  /**
   * A new native frame: what is known of it (see `addName`), its image as an index into `strings`, the offset
   * in it.
   */
  addNative(known: number, image: number, offset: number): number {
    return this.#addFrame(known, image, offset);
  }

  #addFrame(known: number, image: number, offset: number): number {
    const columns = this.#frame;
    const frame = columns.known.length;
    const names = this.#known.firstAt(known);
    if (this.#firstFrame.at(names) < 0) this.#firstFrame.set(names, frame);
    columns.known.push(known);
    columns.identity.push(this.#firstFrame.at(names));
    columns.image.push(image);
    columns.offset.push(offset);
    return frame;
  }

  /**
   * A number for what is known of native frames. Equal ones have the same; when there is too much text, new
   * ones are unknown.
   */
  addName(name: NativeName): number {
    const before = this.#strings.characters;
    const known = this.#addKnown(this.#nativeCharacters > this.#maxNativeCharacters ? UNKNOWN_NAME : name);
    this.#nativeCharacters += this.#strings.characters - before;
    return known;
  }

  #addKnown({function: name, file, line, state, directory}: NativeName): number {
    const names = this.#names.add(this.addString(name), this.addString(file), line >>> 0);
    if (names === this.#firstFrame.length) {
      this.#firstFrame.push(-1);
      this.#pythonFrame.push(-1);
    }
    const folder = directory === null ? -1 : this.addString(directory);
    return this.#known.add(names, folder + 1, SYMBOL_STATES.indexOf(state));
  }

  addString(text: string): number {
    return this.#strings.add(text);
  }

  /** Index into `strings`, −1 if the text is not there. */
  findString(text: string): number {
    return this.#strings.find(text);
  }

  toColumns(): FrameColumns & {readonly native: NativeColumns} {
    const {identity, image, offset} = this.#frame;
    const known = this.#frame.known.toArray();
    const names = known.map(each => this.#known.firstAt(each));
    return {
      length: known.length,
      function: names.map(each => this.#names.firstAt(each)),
      file: names.map(each => this.#names.secondAt(each)),
      line: names.map(each => this.#names.thirdAt(each)),
      native: {
        identity: identity.toArray(),
        image: image.toArray(),
        offset: offset.toArray(),
        state: Uint8Array.from(known, each => this.#known.thirdAt(each)),
        directory: known.map(each => this.#known.secondAt(each) - 1),
      },
    };
  }
}
