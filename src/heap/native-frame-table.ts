import {IntColumn} from '../base/int-column.js';
import {type NativeFrame, SYMBOL_STATES} from '../symbols/native-frame.js';
import type {FrameNames} from './frame-table.js';
import type {FrameColumns, NativeColumns} from './snapshot.js';

/** Function and file as indices into `strings`, line. */
type Names = readonly [number, number, number];

/** What the columns of native frames hold. */
interface NativeFacts {
  readonly image: number;
  readonly offset: number;
  readonly state: number;
  readonly directory: number;
}

/** Collects distinct frames of either kind, and their strings. */
export class NativeFrameTable {
  readonly strings: string[] = [];
  readonly #stringIndex = new Map<string, number>();
  readonly #columns = {
    function: new IntColumn(),
    file: new IntColumn(),
    line: new IntColumn(),
    identity: new IntColumn(),
    image: new IntColumn(),
    state: new IntColumn(),
    directory: new IntColumn(),
  };
  readonly #offset: number[] = [];
  /** The first frame of each function, file and line. */
  readonly #identityOf = new Map<string, number>();
  readonly #frameOf = new Map<string, number>();

  /** The number of a Python frame. Equal ones have the same; the first ones are numbered as they come. */
  add(frame: FrameNames): number {
    const names = this.#addNames(frame);
    const key = names.join(':');
    return this.#ensure(key, names, {image: -1, offset: -1, state: 0, directory: -1});
  }

  /** The number of a native frame. Equal ones have the same. */
  addNative(resolved: NativeFrame): number {
    const names = this.#addNames(resolved);
    const image = this.#addString(resolved.image);
    const key = `${names.join(':')}:${image}:${resolved.offset}`;
    return this.#ensure(key, names, {
      image,
      offset: resolved.offset,
      state: SYMBOL_STATES.indexOf(resolved.state),
      directory: resolved.directory === null ? -1 : this.#addString(resolved.directory),
    });
  }

  #addNames({function: name, file, line}: FrameNames): Names {
    return [this.#addString(name), this.#addString(file), line | 0];
  }

  #ensure(key: string, names: Names, native: NativeFacts): number {
    let frame = this.#frameOf.get(key);
    if (frame === undefined) {
      frame = this.#push(names, native);
      this.#frameOf.set(key, frame);
    }
    return frame;
  }

  #push([name, file, line]: Names, native: NativeFacts): number {
    const columns = this.#columns;
    const frame = columns.line.length;
    const key = `${name}:${file}:${line}`;
    const identity = this.#identityOf.get(key) ?? frame;
    if (identity === frame) this.#identityOf.set(key, frame);
    columns.function.push(name);
    columns.file.push(file);
    columns.line.push(line);
    columns.identity.push(identity);
    columns.image.push(native.image);
    columns.state.push(native.state);
    columns.directory.push(native.directory);
    this.#offset.push(native.offset);
    return frame;
  }

  #addString(text: string): number {
    // The prefix keeps V8 from taking "123" for an integer, whose hash is not seeded.
    const key = `"${text}`;
    let index = this.#stringIndex.get(key);
    if (index === undefined) {
      index = this.strings.push(text) - 1;
      this.#stringIndex.set(key, index);
    }
    return index;
  }

  toColumns(): FrameColumns & {readonly native: NativeColumns} {
    const {function: name, file, line, identity, image, state, directory} = this.#columns;
    return {
      length: line.length,
      function: name.toArray(),
      file: file.toArray(),
      line: line.toArray(),
      native: {
        identity: identity.toArray(),
        image: image.toArray(),
        offset: Float64Array.from(this.#offset),
        state: Uint8Array.from(state.toArray()),
        directory: directory.toArray(),
      },
    };
  }
}
