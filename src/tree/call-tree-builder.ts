import {growArray} from '../base/column.js';
import {NodeIndex} from '../base/node-index.js';
import type {FrameColumns} from '../heap/snapshot.js';
import {type CallTreeColumns, ELIDED, ROOT_NAME} from './call-tree.js';
import type {NativeNodes} from './native-nodes.js';

interface FinishOptions {
  readonly elidedLocations?: number;
  readonly rootName?: string;
  readonly keepOrder?: boolean;
  readonly native?: NativeNodes | undefined;
}

/**
 * Grows the columns of a call tree, root first. Siblings keep the order in which they were added until
 * `finish` sorts them. Parents must be added before their children.
 */
export class CallTreeBuilder {
  /** All children but the first ones: most nodes have no other, so the index stays small. */
  readonly #index = new NodeIndex();
  /** The child that was added first to each node, by `ensureChild`; 0 = none. */
  #firstAdded: Int32Array;
  length = 0;
  prefix: Int32Array;
  frame: Int32Array;
  flags: Uint8Array;
  bytes: Float64Array;
  allocations: Float64Array;
  selfBytes: Float64Array;
  selfAllocations: Float64Array;

  /** @param capacity how many nodes there may be, as far as is known: growing costs time */
  constructor(capacity = 64) {
    this.#firstAdded = new Int32Array(capacity);
    this.prefix = new Int32Array(capacity);
    this.frame = new Int32Array(capacity);
    this.flags = new Uint8Array(capacity);
    this.bytes = new Float64Array(capacity);
    this.allocations = new Float64Array(capacity);
    this.selfBytes = new Float64Array(capacity);
    this.selfAllocations = new Float64Array(capacity);
    this.addNode(-1, -1, 0);
  }

  /** The child of `parent` with this frame, added if it is not there. */
  ensureChild(parent: number, frame: number, flags: number): number {
    const first = this.#firstAdded[parent]!;
    if (first === 0) {
      const node = this.addNode(parent, frame, flags);
      this.#firstAdded[parent] = node;
      return node;
    }
    if (this.frame[first] === frame) return first;
    const known = this.#index.get(this.prefix, this.frame, parent, frame);
    if (known >= 0) return known;
    const node = this.addNode(parent, frame, flags);
    this.#index.add(this.prefix, this.frame, node);
    return node;
  }

  /** Adds a node that is never merged with another. */
  addNode(parent: number, frame: number, flags: number): number {
    if (this.length === this.prefix.length) this.#grow();
    const node = this.length++;
    this.prefix[node] = parent;
    this.frame[node] = frame;
    this.flags[node] = flags;
    return node;
  }

  /** Adds each node's own bytes and allocations, and those of all below it, to its totals. */
  sumTotals(): void {
    const {prefix, bytes, allocations} = this;
    for (let node = this.length - 1; node >= 0; node--) {
      bytes[node]! += this.selfBytes[node]!;
      allocations[node]! += this.selfAllocations[node]!;
      if (node === 0) break;
      bytes[prefix[node]!]! += bytes[node]!;
      allocations[prefix[node]!]! += allocations[node]!;
    }
  }

  /**
   * The finished columns, siblings in display order unless `keepOrder` says that they were added in it. They
   * may share memory with the builder, which is of no use afterwards.
   */
  finish(
    frames: FrameColumns,
    strings: readonly string[],
    {elidedLocations = 0, rootName = ROOT_NAME, keepOrder = false, native}: FinishOptions = {},
  ): CallTreeColumns {
    const {length} = this;
    const columns = {
      length,
      prefix: trim(this.prefix, length),
      firstChild: trim(this.#firstAdded, length).fill(-1),
      nextSibling: new Int32Array(length).fill(-1),
      depth: new Int32Array(length),
      frame: trim(this.frame, length),
      bytes: trim(this.bytes, length),
      allocations: trim(this.allocations, length),
      selfBytes: trim(this.selfBytes, length),
      selfAllocations: trim(this.selfAllocations, length),
      flags: trim(this.flags, length),
      frames,
      strings,
      elidedLocations,
      rootName,
      ...(native && {native}),
    };
    linkByNumber(columns);
    if (!keepOrder) sortChildren(columns, createCompare(columns));
    return columns;
  }

  #grow(): void {
    const size = this.prefix.length * 2;
    this.#firstAdded = growArray(this.#firstAdded, size);
    this.prefix = growArray(this.prefix, size);
    this.frame = growArray(this.frame, size);
    this.flags = growArray(this.flags, size);
    this.bytes = growArray(this.bytes, size);
    this.allocations = growArray(this.allocations, size);
    this.selfBytes = growArray(this.selfBytes, size);
    this.selfAllocations = growArray(this.selfAllocations, size);
  }
}

/** A column without its unused end. Only a large end is worth a copy. */
function trim<A extends Int32Array | Uint8Array | Float64Array>(column: A, length: number): A {
  return (length < 0.75 * column.length ? column.slice(0, length) : column.subarray(0, length)) as A;
}

/** Links children in the order of their numbers, and fills `depth`. */
export function linkByNumber({length, prefix, firstChild, nextSibling, depth}: CallTreeColumns): void {
  for (let node = length - 1; node > 0; node--) {
    nextSibling[node] = firstChild[prefix[node]!]!;
    firstChild[prefix[node]!] = node;
  }
  for (let node = 1; node < length; node++) depth[node] = depth[prefix[node]!]! + 1;
}

type Compare = (a: number, b: number) => number;

/** Bytes descending, the elided node last whatever it holds. */
function createCompare({bytes, flags}: CallTreeColumns): Compare {
  return (a, b) => (flags[a]! & ELIDED) - (flags[b]! & ELIDED) || bytes[b]! - bytes[a]!;
}

/** Sorts the children of each node. Stable. */
function sortChildren(columns: CallTreeColumns, compare: Compare): void {
  const {length, firstChild, nextSibling} = columns;
  for (let node = 0; node < length; node++) {
    let isSorted = true;
    for (let child = firstChild[node]!; child >= 0 && isSorted; child = nextSibling[child]!) {
      isSorted = nextSibling[child]! < 0 || compare(child, nextSibling[child]!) <= 0;
    }
    if (!isSorted) relink(columns, node, compare);
  }
}

function relink({firstChild, nextSibling}: CallTreeColumns, node: number, compare: Compare): void {
  const children: number[] = [];
  for (let child = firstChild[node]!; child >= 0; child = nextSibling[child]!) children.push(child);
  children.sort(compare);
  firstChild[node] = children[0]!;
  children.forEach((child, index) => {
    nextSibling[child] = children[index + 1] ?? -1;
  });
}
