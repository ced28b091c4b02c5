import {isObject} from '../base/check.js';
import {ALLOCATORS} from '../heap/allocators.js';
import type {FrameColumns} from '../heap/snapshot.js';
import type {ComparedNodes} from './compared-nodes.js';
import type {Growth} from './growth.js';
import type {NativeNodes} from './native-nodes.js';
import type {CallNode, Tree} from './tree-interface.js';

/** Bits of `CallTree.flags`. */
export const IMPORT_SYSTEM = 1;
export const UNINTERESTING = 2;
export const ELIDED = 4;
// 8 is DROPPED (frame-rules.ts).
/** A frame of C, C++ or another language that compiles to machine code. */
export const NATIVE = 16;

/** What the root of a capture's tree is called, as in memray. */
export const ROOT_NAME = '<ROOT>';

/** What one thread holds below a node. Several threads of the same label count as one. */
export interface ThreadShare {
  readonly label: string;
  /** −1 where only the label is known (trees of others). */
  readonly bytes: number;
  /** −1 where only the label is known. */
  readonly allocations: number;
}

/**
 * The columns of a call tree. Node 0 is the root. Parents stand before their children (prefix[i] < i).
 * Children of a node are linked in display order: bytes descending, equals in the order in which they were
 * first reached; the elided node is the root's last child.
 */
export interface CallTreeColumns {
  readonly length: number;
  /**
   * The parent, −1 for the root. It is called prefix, as in Firefox Profiler, because the stack up to it is
   * one.
   */
  readonly prefix: Int32Array;
  /** −1 for a leaf, UNMADE (`growth.ts`) where the children have not been made yet. */
  readonly firstChild: Int32Array;
  /** −1 for the last child. */
  readonly nextSibling: Int32Array;
  /** 0 for the root. */
  readonly depth: Int32Array;
  /** Index into `frames`, −1 for the root and the elided node. */
  readonly frame: Int32Array;
  readonly bytes: Float64Array;
  /** NaN where a tree from outside does not know it, as the own numbers. */
  readonly allocations: Float64Array;
  readonly selfBytes: Float64Array;
  readonly selfAllocations: Float64Array;
  readonly flags: Uint8Array;
  readonly frames: FrameColumns;
  readonly strings: readonly string[];
  /** How many locations the elided node stands for; 0 where there is none or it is not known. */
  readonly elidedLocations: number;
  /** What the root is called: it has no frame. */
  readonly rootName: string;
  /**
   * The tree was made of nested objects of a host: siblings stand in the order it gave them, which filters
   * keep as well.
   */
  readonly isNested?: boolean;
  /** Only where native frames are shown. */
  readonly native?: NativeNodes;
  /** Of a table of imported modules: the frame that imported the module of each row, −1 where there is none. */
  readonly importer?: Int32Array;
  /** True for a table of lines: rows have no other names than file and line. */
  readonly hasLineRows?: true;
  /** Of a table of places: the allocator of each row, an index into ALLOCATORS (../heap/allocators.ts); 0 elsewhere. */
  readonly allocators?: Uint8Array;
  /** Of captures that are compared: what each of them holds. */
  readonly compared?: ComparedNodes;
  /** Of a tree whose nodes are made when they are needed: how (`growth.ts`). */
  readonly growth?: Growth;
}

/** Marks our own columns, so that no other object is taken for them. */
const IS_CALL_TREE = Symbol('CallTree');

/** The call tree: its columns, and what is computed from them when asked for. */
export interface CallTree extends Tree, CallTreeColumns {
  readonly [IS_CALL_TREE]: true;
  readonly root: 0;
  getNode(node: number): CallNode;
  /** The node as whoever made the tree knows it; the same as `getNode` for the tree of a capture. */
  getItem(node: number): unknown;
  /** By bytes, descending, then by label. Empty for the elided node. */
  getThreadShares(node: number): readonly ThreadShare[];
}

/** Whether a tree is made of our own columns. */
export function isCallTree(tree: unknown): tree is CallTree {
  return isObject(tree) && IS_CALL_TREE in tree;
}

export interface NodeLookups {
  /** Asked for every node but the elided one. */
  readonly getShares: (node: number) => readonly ThreadShare[];
  /** From the columns unless given. */
  readonly getNode?: (node: number) => CallNode;
  /** The same as `getNode` unless given. */
  readonly getItem?: (node: number) => unknown;
}

/** Makes columns a `CallTree`. */
export function createCallTree(columns: CallTreeColumns, lookups: NodeLookups): CallTree {
  const {getShares, getNode = node => readNode(columns, node, getShares), getItem = getNode} = lookups;
  const getThreadShares = (node: number) => (columns.flags[node]! & ELIDED ? [] : getShares(node));
  return {
    ...columns,
    [IS_CALL_TREE]: true,
    root: 0,
    getNode,
    getItem,
    getThreadShares,
    getChildren: node => listChildren(columns, node),
  };
}

function listChildren({firstChild, nextSibling}: CallTreeColumns, node: number): number[] {
  const children: number[] = [];
  for (let child = firstChild[node]!; child >= 0; child = nextSibling[child]!) children.push(child);
  return children;
}

/** A node's record from its columns. The root is ("<ROOT>", "", 0), as in memray. */
function readNode(
  columns: CallTreeColumns,
  node: number,
  getShares: (node: number) => readonly ThreadShare[],
): CallNode {
  const {frames, strings} = columns;
  const frame = columns.frame[node]!;
  const flags = columns.flags[node]!;
  const isElided = (flags & ELIDED) !== 0;
  const nameless = isElided ? null : frame < 0;
  return {
    function: nameless === null ? null : nameless ? columns.rootName : strings[frames.function[frame]!]!,
    file: nameless === null ? null : nameless ? '' : strings[frames.file[frame]!]!,
    line: nameless === null ? null : nameless ? 0 : frames.line[frame]!,
    bytes: columns.bytes[node]!,
    allocations: columns.allocations[node]!,
    selfBytes: columns.selfBytes[node]!,
    selfAllocations: columns.selfAllocations[node]!,
    threads: isElided ? [] : getShares(node).map(share => share.label),
    importSystem: (flags & IMPORT_SYSTEM) !== 0,
    interesting: (flags & UNINTERESTING) === 0,
    ...(isElided ? {elided: true as const} : {}),
    ...(flags & NATIVE ? {image: getImage(columns, node)} : {}),
    ...(columns.allocators?.[node] ? {allocator: getAllocator(columns, node)} : {}),
  };
}

/** The recorded path of a native node's image; null where nodes of several met. */
export function getImage({native, strings}: CallTreeColumns, node: number): string | null {
  return strings[native?.image[node] ?? -1] ?? null;
}

/** Of a row of places memray's name in lower case; empty elsewhere. */
export function getAllocator({allocators}: Pick<CallTreeColumns, 'allocators'>, node: number): string {
  return ALLOCATORS[allocators?.[node] ?? 0]!;
}

/** 0 of nothing. */
export function getMeanSize(
  {bytes, allocations}: Pick<CallTreeColumns, 'bytes' | 'allocations'>,
  node: number,
): number {
  return allocations[node] === 0 ? 0 : bytes[node]! / allocations[node]!;
}

const flagsOf = new WeakMap<Uint8Array, number>();

/** Whether any node has a flag. The columns are searched once. */
export function hasFlag({flags}: Pick<CallTreeColumns, 'flags'>, flag: number): boolean {
  let all = flagsOf.get(flags);
  if (all === undefined) {
    all = flags.reduce((sum, own) => sum | own, 0);
    flagsOf.set(flags, all);
  }
  return (all & flag) !== 0;
}
