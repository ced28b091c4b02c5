import {ChildTable} from '../base/child-table.js';
import {IntColumn} from '../base/column.js';
import type {ImageTables} from '../symbols/image-tables.js';
import type {Snapshot} from './snapshot.js';
import {getMaxStackNodes, OutermostNodes} from './stack-limit.js';

/** Columns of native stacks: a prefix tree, callers before what they call. */
export interface TraceColumns {
  readonly length: number;
  /** The caller's row, −1 at the outermost frame. */
  readonly prefix: Int32Array;
  /** The address where the frame goes on when what it called returns. */
  readonly ip: BigUint64Array;
}

/** What has to be known to put native frames into the stacks of a snapshot. Plain data. */
export interface NativeTraces {
  readonly traces: TraceColumns;
  readonly tables: ImageTables;
  /** For each location: its innermost native frame, −1 for none. */
  readonly trace: Int32Array;
  /** For each location: the generation of `tables` at its first allocation, from 1; 0 before the first. */
  readonly generation: Int32Array;
  /** For each location: how many of its outermost Python frames belong to the tracker. */
  readonly skippedFrames: Float64Array;
  /** For each row of the snapshot's stacks a 1 if the frame began a new run of the interpreter's loop. */
  readonly isInterpreterEntry: Uint8Array;
}

/**
 * A snapshot of Python frames whose native frames are still to be added. Its stacks hold the tracker's
 * frames, too.
 */
export interface UnmergedSnapshot extends Snapshot {
  readonly native: NativeTraces;
}

/** Where a heap keeps its native stacks: entries from 1 on, 0 = none. */
export interface NativeTrie {
  getIp(entry: number): bigint;
  /** Less than the entry. */
  getParent(entry: number): number;
}

/** Collects the native stacks of shown locations. */
export class NativeTraceCollector {
  readonly #trie: NativeTrie;
  /** By (0, entry). */
  readonly #rowOf = new ChildTable();
  readonly #prefix = new IntColumn();
  #ips = new BigUint64Array(64);
  readonly #trace = new IntColumn();
  readonly #generation = new IntColumn();
  readonly #skippedFrames: number[] = [];
  #isInterpreterEntry: Uint8Array = new Uint8Array(0);
  /** How many stacks lack their innermost frames, because there would be too many rows. */
  cutStacks = 0;

  constructor(trie: NativeTrie) {
    this.#trie = trie;
  }

  /** The next location. `entry` is that of its native stack. */
  add(entry: number, generation: number, skippedFrames: number): void {
    this.#trace.push(this.#addTrace(entry));
    this.#generation.push(generation);
    this.#skippedFrames.push(skippedFrames);
  }

  #addTrace(entry: number): number {
    const added = new OutermostNodes(getMaxStackNodes(this.#trace.length) - this.#prefix.length);
    let row = -1;
    for (let at = entry; at > 0; at = this.#trie.getParent(at)) {
      row = this.#rowOf.get(0, at);
      if (row >= 0) break;
      added.add(at);
    }
    for (const node of added.list()) row = this.#addRow(node, row);
    this.cutStacks += Number(added.isCut);
    return row;
  }

  #addRow(entry: number, caller: number): number {
    const row = this.#prefix.length;
    if (row === this.#ips.length) {
      const grown = new BigUint64Array(2 * row);
      grown.set(this.#ips);
      this.#ips = grown;
    }
    this.#ips[row] = this.#trie.getIp(entry);
    this.#prefix.push(caller);
    this.#rowOf.add(0, entry, row);
    return row;
  }

  /** For each row of the stacks a 1 if its frame began a new run of the interpreter's loop. */
  setEntries(isInterpreterEntry: Uint8Array): void {
    this.#isInterpreterEntry = isInterpreterEntry;
  }

  finish(tables: ImageTables): NativeTraces {
    return {
      traces: {
        length: this.#prefix.length,
        prefix: this.#prefix.toArray(),
        ip: this.#ips.slice(0, this.#prefix.length),
      },
      tables,
      trace: this.#trace.toArray(),
      generation: this.#generation.toArray(),
      skippedFrames: Float64Array.from(this.#skippedFrames),
      isInterpreterEntry: this.#isInterpreterEntry,
    };
  }
}
