import type {FrameColumns} from '../heap/snapshot.js';
import type {NodeRecord} from './read-node.js';

/** Collects the distinct strings and frames of a tree. */
export class FrameTable {
  readonly strings: string[] = [];
  readonly #stringIds = new Map<string, number>();
  readonly #frameIds = new Map<string, number>();
  readonly #function: number[] = [];
  readonly #file: number[] = [];
  readonly #line: number[] = [];

  /** The frame of a node, the same for all nodes of the same function, file and line. */
  ensure(record: NodeRecord): number {
    const key = `${this.#intern(record.function ?? '')} ${this.#intern(record.file ?? '')} ${record.line}`;
    const known = this.#frameIds.get(key);
    if (known !== undefined) return known;
    const frame = this.add(record);
    this.#frameIds.set(key, frame);
    return frame;
  }

  /** A frame that no other node has. */
  add({function: name, file, line}: NodeRecord): number {
    this.#function.push(this.#intern(name ?? ''));
    this.#file.push(this.#intern(file ?? ''));
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

  #intern(text: string): number {
    let id = this.#stringIds.get(text);
    if (id === undefined) {
      id = this.strings.push(text) - 1;
      this.#stringIds.set(text, id);
    }
    return id;
  }
}
