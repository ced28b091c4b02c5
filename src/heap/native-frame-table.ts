import {ChildTable} from '../base/child-table.js';
import {FloatColumn} from '../base/float-column.js';
import {IntColumn} from '../base/int-column.js';
import {type NativeName, SYMBOL_STATES} from '../symbols/native-frame.js';
import type {FrameNames} from './frame-table.js';
import type {FrameColumns, NativeColumns} from './snapshot.js';

/** Of all strings together: a library may be made to give long names without end. */
const MAX_CHARACTERS = 1 << 27;
const UNKNOWN_NAME: NativeName = {
  function: '<unknown>',
  file: '<unknown>',
  line: 0,
  state: 'no-symbol',
  directory: null,
};

/**
 * Collects the frames of merged stacks and their strings. Three levels, so that what repeats is kept once:
 * names (function, file, line) ← a name with what else is known of it (state, directory) ← a frame (image, offset).
 */
export class NativeFrameTable {
  readonly strings: string[] = [];
  #characters = 0;
  readonly #stringIndex = new Map<string, number>();
  /** (function, file) → pair; (pair, line) → names. */
  readonly #pairOf = new ChildTable();
  #pairs = 0;
  readonly #namesOf = new ChildTable();
  /** By names: the first frame that has them, and the Python frame; −1 before there is one. */
  readonly #firstFrame = new IntColumn();
  readonly #pythonFrame = new IntColumn();
  readonly #nameOf = new ChildTable();
  readonly #name = {
    names: new IntColumn(),
    function: new IntColumn(),
    file: new IntColumn(),
    line: new IntColumn(),
    state: new IntColumn(),
    directory: new IntColumn(),
  };
  readonly #frame = {
    name: new IntColumn(),
    identity: new IntColumn(),
    image: new IntColumn(),
    offset: new FloatColumn(),
  };

  /** The number of a Python frame. Equal ones have the same. */
  add(frame: FrameNames): number {
    const name = this.#addName({...frame, state: SYMBOL_STATES[0], directory: null});
    const names = this.#name.names.at(name);
    const known = this.#pythonFrame.at(names);
    if (known >= 0) return known;
    const added = this.#addFrame(name, -1, -1);
    this.#pythonFrame.set(names, added);
    return added;
  }

  /** A new native frame of a name. `image` is an index into `strings`. */
  addNative(name: number, image: number, offset: number): number {
    return this.#addFrame(name, image, offset);
  }

  #addFrame(name: number, image: number, offset: number): number {
    const columns = this.#frame;
    const frame = columns.name.length;
    const names = this.#name.names.at(name);
    if (this.#firstFrame.at(names) < 0) this.#firstFrame.set(names, frame);
    columns.name.push(name);
    columns.identity.push(this.#firstFrame.at(names));
    columns.image.push(image);
    columns.offset.push(offset);
    return frame;
  }

  /** The number of a native frame's name. Equal ones have the same; new ones are unknown when there is too much text. */
  addName(name: NativeName): number {
    return this.#addName(this.#characters > MAX_CHARACTERS ? UNKNOWN_NAME : name);
  }

  #addName(added: NativeName): number {
    const {directory} = added;
    const [name, file, line] = [this.addString(added.function), this.addString(added.file), added.line | 0];
    const folder = directory === null ? -1 : this.addString(directory);
    const state = SYMBOL_STATES.indexOf(added.state);
    const names = this.#addNames(name, file, line);
    const known = this.#nameOf.get(names, (folder + 1) * SYMBOL_STATES.length + state);
    if (known >= 0) return known;
    const columns = this.#name;
    const number = columns.names.length;
    this.#nameOf.add(names, (folder + 1) * SYMBOL_STATES.length + state, number);
    columns.names.push(names);
    columns.function.push(name);
    columns.file.push(file);
    columns.line.push(line);
    columns.state.push(state);
    columns.directory.push(folder);
    return number;
  }

  #addNames(name: number, file: number, line: number): number {
    let pair = this.#pairOf.get(name, file);
    if (pair < 0) {
      pair = this.#pairs++;
      this.#pairOf.add(name, file, pair);
    }
    let names = this.#namesOf.get(pair, line);
    if (names < 0) {
      names = this.#firstFrame.length;
      this.#firstFrame.push(-1);
      this.#pythonFrame.push(-1);
      this.#namesOf.add(pair, line, names);
    }
    return names;
  }

  addString(text: string): number {
    const known = this.findString(text);
    if (known >= 0) return known;
    this.#characters += text.length;
    const index = this.strings.push(text) - 1;
    this.#stringIndex.set(toKey(text), index);
    return index;
  }

  /** Index into `strings`, −1 if the text is not there. */
  findString(text: string): number {
    return this.#stringIndex.get(toKey(text)) ?? -1;
  }

  toColumns(): FrameColumns & {readonly native: NativeColumns} {
    const {name, identity, image, offset} = this.#frame;
    const names = name.toArray();
    const pick = (column: IntColumn) => names.map(each => column.at(each));
    return {
      length: names.length,
      function: pick(this.#name.function),
      file: pick(this.#name.file),
      line: pick(this.#name.line),
      native: {
        identity: identity.toArray(),
        image: image.toArray(),
        offset: offset.toArray(),
        state: Uint8Array.from(names, each => this.#name.state.at(each)),
        directory: pick(this.#name.directory),
      },
    };
  }
}

/** A quote before what may be an integer: V8 takes "123" for one, and its hash of integers is not seeded. */
function toKey(text: string): string {
  const first = text.charCodeAt(0);
  return first === QUOTE || (first >= DIGIT_0 && first <= DIGIT_9) ? `"${text}` : text;
}

const QUOTE = 0x22;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
