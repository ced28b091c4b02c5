import {Column} from '../../base/column.js';
import {
  type CallTree,
  type CallTreeColumns,
  createCallTree,
  ROOT_NAME,
  type ThreadShare,
} from '../../tree/call-tree.js';
import {CallTreeBuilder} from '../../tree/call-tree-builder.js';
import {type Growth, UNMADE} from '../../tree/growth.js';
import {NativeNodesBuilder} from '../../tree/native-nodes.js';
import {compareShares} from '../../tree/thread-shares.js';
import {compareSiblings} from '../sort-tree.js';
import type {SortKey} from '../tree-query.js';
import {addElidedRow} from './elided-row.js';
import type {ShapeInput} from './shape.js';

/** How far a frame is looked for, in levels and in steps of locations outwards. */
const MAX_SEARCH_LEVELS = 1000;
const MAX_SEARCH_COST = 2 ** 18;

/** The whole way along a run is known from the caller: many locations may lie along one that is very long. */
function skipRuns({stacks: {length, prefix, frame}, level: {keyOf}}: ShapeInput): Int32Array {
  const outer = new Int32Array(length);
  for (let node = 0; node < length; node++) {
    const caller = prefix[node]!;
    const isRun = caller >= 0 && keyOf[frame[caller]!] === keyOf[frame[node]!];
    outer[node] = isRun ? outer[caller]! : caller;
  }
  return outer;
}

interface SiblingOrder {
  readonly sort: SortKey;
  readonly isReversed: boolean;
}

/**
 * Innermost frames first, their callers below: each location begins where it ends. The whole tree may have as many
 * nodes as the locations have frames together, so it begins with the children of the root and grows.
 */
export function buildInverted(input: ShapeInput, order: SiblingOrder): CallTree {
  return new InvertedTree(input, order).read();
}

/**
 * The locations that go through a node are a segment of `#order`, and each of them is at a node of the stacks. The
 * children of a node are the groups of its locations by the frame that they come to next, so a segment is split in
 * place, and a location is moved one frame outwards at a time.
 */
class InvertedTree implements Growth {
  readonly expanded: number[] = [];
  readonly #input: ShapeInput;
  readonly #siblingOrder: SiblingOrder;
  readonly #builder: CallTreeBuilder;
  readonly #native: NativeNodesBuilder | undefined;
  readonly #firstChild: Column<Int32Array>;
  readonly #nextSibling: Column<Int32Array>;
  readonly #depth: Column<Int32Array>;
  /** The segment of each node. */
  readonly #from: Column<Int32Array>;
  readonly #to: Column<Int32Array>;
  readonly #order: Int32Array;
  /** For each location the node of the stacks whose frame it comes to next, −1 at its end. */
  readonly #at: Int32Array;
  /** For each node of the stacks the next one outwards of another frame. */
  readonly #outer: Int32Array;
  // Of one node while it is split: its locations that go on, and the child of each of them.
  readonly #going: Int32Array;
  readonly #childOf: Int32Array;
  /** The node made last for each key, and its parent: it is of no meaning for other parents. */
  readonly #latestNode: Int32Array;
  readonly #latestParent: Int32Array;
  #tree: CallTree | null = null;
  #latestShares: {readonly node: number; readonly shares: readonly ThreadShare[]} | null = null;

  constructor(input: ShapeInput, siblingOrder: SiblingOrder) {
    const {stacks, level, shown, elided} = input;
    this.#input = input;
    this.#siblingOrder = siblingOrder;
    // The root, its children, and the chain that is expanded at first.
    const capacity = Math.min(level.frames.length, shown) + 1024;
    const createColumn = () => new Column(new Int32Array(capacity));
    this.#builder = new CallTreeBuilder(capacity);
    this.#firstChild = createColumn();
    this.#nextSibling = createColumn();
    this.#depth = createColumn();
    this.#from = createColumn();
    this.#to = createColumn();
    this.#native = stacks.frames.native && new NativeNodesBuilder();
    this.#at = stacks.ends.slice(0, shown);
    this.#order = this.#at.map((_, index) => index);
    this.#outer = level.hasRuns ? skipRuns(input) : stacks.prefix;
    this.#going = new Int32Array(shown);
    this.#childOf = new Int32Array(shown);
    this.#latestNode = new Int32Array(level.frames.length);
    this.#latestParent = new Int32Array(level.frames.length).fill(-1);
    this.#link(0, -1);
    for (let index = 0; index < shown; index++) this.#addLocation(0, index);
    this.#setSegment(0, 0, shown);
    this.#firstChild.set(0, UNMADE);
    this.expand(0);
    if (elided !== null) this.#addElided(elided);
  }

  get length(): number {
    return this.#builder.length;
  }

  getParent(node: number): number {
    return this.#builder.prefix[node]!;
  }

  getFirstChild(node: number): number {
    return this.#firstChild.at(node);
  }

  getNextSibling(node: number): number {
    return this.#nextSibling.at(node);
  }

  getDepth(node: number): number {
    return this.#depth.at(node);
  }

  getCost(node: number): number {
    return this.#firstChild.at(node) === UNMADE ? this.#to.at(node) - this.#from.at(node) : 0;
  }

  expand(node: number): void {
    if (this.#firstChild.at(node) !== UNMADE) return;
    this.expanded.push(node);
    const firstNew = this.#builder.length;
    const going = this.#moveOutwards(node);
    this.#splitSegment(this.#to.at(node) - going, firstNew, going);
    this.#linkChildren(node, firstNew);
    this.#tree = null;
  }

  find(isWanted: (frame: number) => boolean): number {
    const isAhead = this.#markAhead(isWanted);
    let cost = 0;
    for (let node = 0; this.#depth.at(node) < MAX_SEARCH_LEVELS; ) {
      cost += this.getCost(node);
      if (cost > MAX_SEARCH_COST) break;
      this.expand(node);
      let child = this.#firstChild.at(node);
      for (; child >= 0; child = this.#nextSibling.at(child)) {
        const frame = this.#builder.frame[child]!;
        if (frame >= 0 && isWanted(frame)) return child;
        if (this.#someLocation(child, index => this.#at[index]! >= 0 && isAhead[this.#at[index]!] === 1))
          break;
      }
      if (child < 0) break;
      node = child;
    }
    return -1;
  }

  read(): CallTree {
    this.#tree ??= createCallTree(this.#readColumns(), {getShares: node => this.#getShares(node)});
    return this.#tree;
  }

  /** 1 for the nodes of the stacks that have a wanted frame or a caller with one. */
  #markAhead(isWanted: (frame: number) => boolean): Uint8Array {
    const {stacks, level} = this.#input;
    const isAhead = new Uint8Array(stacks.length);
    for (let stack = 0; stack < stacks.length; stack++) {
      const caller = stacks.prefix[stack]!;
      const isAbove = caller >= 0 && isAhead[caller] === 1;
      isAhead[stack] = Number(isAbove || isWanted(level.keyOf[stacks.frame[stack]!]!));
    }
    return isAhead;
  }

  #someLocation(node: number, test: (index: number) => boolean): boolean {
    return this.#order.subarray(this.#from.at(node), this.#to.at(node)).some(test);
  }

  /** Makes the children of a node and moves its locations there. @returns how many have not ended at the node */
  #moveOutwards(node: number): number {
    const {stacks, level} = this.#input;
    let going = 0;
    // Those that end here stay at the front of the segment.
    let ended = this.#from.at(node);
    const to = this.#to.at(node);
    for (let i = ended; i < to; i++) {
      const index = this.#order[i]!;
      const stack = this.#at[index]!;
      if (stack < 0) {
        this.#order[ended++] = index;
        continue;
      }
      const frame = stacks.frame[stack]!;
      const key = level.keyOf[frame]!;
      if (this.#latestParent[key] !== node) {
        this.#latestParent[key] = node;
        this.#latestNode[key] = this.#addNode(node, key);
      }
      const child = this.#latestNode[key]!;
      this.#addFrame(child, frame);
      this.#at[index] = this.#outer[stack]!;
      this.#addLocation(child, index);
      this.#childOf[index] = child;
      this.#going[going++] = index;
    }
    return going;
  }

  /** Groups the locations that go on by their children, each group in its former order. */
  #splitSegment(from: number, firstNew: number, going: number): void {
    const count = this.#builder.length - firstNew;
    if (count === 1) {
      this.#setSegment(firstNew, from, from + going);
      this.#order.set(this.#going.subarray(0, going), from);
      return;
    }
    const next = new Int32Array(count);
    for (let i = 0; i < going; i++) next[this.#childOf[this.#going[i]!]! - firstNew]!++;
    let start = from;
    for (let child = 0; child < count; child++) {
      const end = start + next[child]!;
      this.#setSegment(firstNew + child, start, end);
      next[child] = start;
      start = end;
    }
    const order = this.#order;
    for (let i = 0; i < going; i++) {
      const index = this.#going[i]!;
      order[next[this.#childOf[index]! - firstNew]!++] = index;
    }
  }

  /** Links the children of a node in display order. They were added in the order in which they were reached. */
  #linkChildren(node: number, firstNew: number): void {
    const {length} = this.#builder;
    this.#firstChild.set(node, firstNew < length ? firstNew : -1);
    if (length - firstNew < 2) return;
    const children: number[] = [];
    for (let child = firstNew; child < length; child++) children.push(child);
    const {sort, isReversed} = this.#siblingOrder;
    const {bytes, allocations, selfBytes, frame} = this.#builder;
    const compared = {...this.#getTables(), bytes, allocations, selfBytes, frame};
    children.sort(compareSiblings(compared, 'total'));
    if (sort !== 'total') children.sort(compareSiblings(compared, sort));
    if (isReversed) children.reverse();
    this.#firstChild.set(node, children[0]!);
    for (let i = 1; i < children.length; i++) this.#nextSibling.set(children[i - 1]!, children[i]!);
  }

  #addNode(parent: number, key: number): number {
    const node = this.#builder.addNode(parent, key, this.#input.level.flags[key]!);
    this.#link(node, parent);
    return node;
  }

  #link(node: number, parent: number): void {
    this.#depth.set(node, parent < 0 ? 0 : this.#depth.at(parent) + 1);
    this.#firstChild.set(node, -1);
    this.#nextSibling.set(node, -1);
  }

  #setSegment(node: number, from: number, to: number): void {
    this.#from.set(node, from);
    this.#to.set(node, to);
  }

  /** A location that has come to a node: it ends there, or goes on to one of its children. */
  #addLocation(node: number, index: number): void {
    const {stacks} = this.#input;
    const {locations} = stacks.snapshot;
    const location = stacks.locations[index]!;
    const builder = this.#builder;
    builder.bytes[node]! += locations.bytes[location]!;
    builder.allocations[node]! += locations.allocations[location]!;
    if (this.#at[index]! >= 0) {
      this.#firstChild.set(node, UNMADE);
      return;
    }
    builder.selfBytes[node]! += locations.bytes[location]!;
    builder.selfAllocations[node]! += locations.allocations[location]!;
    this.#native?.addDropped(node, locations.hiddenNative?.[location] ?? 0);
  }

  #addFrame(node: number, frame: number): void {
    const {native} = this.#input.stacks.frames;
    if (native !== undefined && frame < native.image.length) this.#native!.addFrame(node, native, frame);
  }

  /** The last child of the root. */
  #addElided(elided: NonNullable<ShapeInput['elided']>): void {
    const node = addElidedRow(this.#builder, elided);
    this.#link(node, 0);
    this.#setSegment(node, 0, 0);
    let last = this.#firstChild.at(0);
    if (last < 0) this.#firstChild.set(0, node);
    while (last >= 0 && this.#nextSibling.at(last) >= 0) last = this.#nextSibling.at(last);
    if (last >= 0) this.#nextSibling.set(last, node);
  }

  #getTables(): Pick<CallTreeColumns, 'frames' | 'strings'> {
    const {frames, strings} = this.#input.level;
    return {frames, strings};
  }

  #readColumns(): CallTreeColumns {
    const builder = this.#builder;
    const {length} = builder;
    return {
      length,
      prefix: builder.prefix.subarray(0, length),
      // Changed where a node is expanded later on.
      firstChild: this.#firstChild.toArray(),
      nextSibling: this.#nextSibling.values,
      depth: this.#depth.values,
      frame: builder.frame.subarray(0, length),
      bytes: builder.bytes.subarray(0, length),
      allocations: builder.allocations.subarray(0, length),
      selfBytes: builder.selfBytes.subarray(0, length),
      selfAllocations: builder.selfAllocations.subarray(0, length),
      flags: builder.flags.subarray(0, length),
      ...this.#getTables(),
      elidedLocations: this.#input.elided?.locations ?? 0,
      rootName: ROOT_NAME,
      growth: this,
      ...(this.#native && {native: this.#native.finish(length)}),
    };
  }

  /** A screen asks again and again for the same node. */
  #getShares(node: number): readonly ThreadShare[] {
    if (this.#latestShares?.node !== node) this.#latestShares = {node, shares: this.#sumShares(node)};
    return this.#latestShares.shares;
  }

  #sumShares(node: number): readonly ThreadShare[] {
    const {stacks} = this.#input;
    const {locations, threads} = stacks.snapshot;
    const sums = new Map<string, {label: string; bytes: number; allocations: number}>();
    const to = this.#to.at(node);
    for (let i = this.#from.at(node); i < to; i++) {
      const location = stacks.locations[this.#order[i]!]!;
      const {label} = threads[locations.thread[location]!]!;
      let sum = sums.get(label);
      if (sum === undefined) {
        sum = {label, bytes: 0, allocations: 0};
        sums.set(label, sum);
      }
      sum.bytes += locations.bytes[location]!;
      sum.allocations += locations.allocations[location]!;
    }
    return [...sums.values()].sort(compareShares);
  }
}
