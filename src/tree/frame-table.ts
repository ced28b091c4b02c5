import {StringTable} from '../base/string-table.js';
import type {FrameColumns} from '../heap/snapshot.js';
import type {NodeRecord} from './read-node.js';

/** Collects the distinct strings and frames of a tree. */
export class FrameTable {
  readonly #strings = new StringTable();
  readonly #frameIds = new Map<string, number>();
  readonly #function: number[] = [];
  readonly #file: number[] = [];
  readonly #line: number[] = [];

  get strings(): readonly string[] {
    return this.#strings.strings;
  }

  /** The frame of a node, the same for all nodes of the same function, file and line. */
  ensure(record: NodeRecord): number {
    const key = `${this.#strings.add(record.function ?? '')} ${this.#strings.add(record.file ?? '')} ${record.line}`;
    const known = this.#frameIds.get(key);
    if (known !== undefined) return known;
    const frame = this.add(record);
    this.#frameIds.set(key, frame);
    return frame;
  }

  /** A frame that no other node has. */
  add({function: name, file, line}: NodeRecord): number {
    this.#function.push(this.#strings.add(name ?? ''));
    this.#file.push(this.#strings.add(file ?? ''));
    return this.#line.push(line ?? 0) - 1;
  }

  finish(): FrameColumns {
    return {
      length: this.#line.length,
      function: Int32Array.from(this.#function),
      file: Int32Array.from(this.#file),
      line: Int32Array.from(this.#line),
    };
  }
}
