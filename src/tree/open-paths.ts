import {ChildTable} from '../base/child-table.js';
import {type CallTree, ELIDED} from './call-tree.js';

/** The step to the elided node. All others begin with a digit. */
const ELIDED_STEP = 'elided';

/** All known paths as a trie. Each is a number and has a step to it; path 0 is the root. Never changed. */
interface Trie {
  readonly steps: ReadonlyMap<string, number>;
  /** (path, step) → path */
  readonly children: ChildTable;
  readonly hasChildren: Uint8Array;
  readonly length: number;
}

/** The paths of the nodes of a tree, −1 where none is known. */
interface TreePaths {
  readonly tree: CallTree;
  readonly paths: Int32Array;
}

/**
 * Which nodes are open, as paths of (function, file, line) from the root, which outlive their tree: when a new
 * tree comes (a later partial result, the file read again), the same paths are open in it, and those that it
 * lacks are kept for the tree after that. Made for base trees, not for filtered ones.
 *
 * Immutable. What did not change is shared with the paths before. A chain that is 300,000 deep and open all the
 * way takes memory in proportion to its length.
 */
export class OpenPaths {
  readonly #trie: Trie;
  /** Of each path: 1 if its node is open. */
  readonly #isOpen: Uint8Array;
  /** Of the tree that these paths were found in last: its names need not be looked up again. */
  readonly #known: TreePaths | null;

  /** Without arguments: no node is open. */
  constructor(
    trie: Trie = EMPTY_TRIE,
    isOpen: Uint8Array = new Uint8Array(1),
    known: TreePaths | null = null,
  ) {
    this.#trie = trie;
    this.#isOpen = isOpen;
    this.#known = known;
  }

  /**
   * These paths, with the nodes of a tree that are open now (`isOpen`), without those that were open before
   * (`wasOpen`) and are not any more. Nodes that were closed all the time are not even looked up.
   */
  with(tree: CallTree, isOpen: Uint8Array, wasOpen: Uint8Array): OpenPaths {
    const known = this.#known?.tree === tree ? this.#known.paths : null;
    const isNeeded = markWays(tree, isOpen, wasOpen);
    const paths = known?.slice() ?? new Int32Array(tree.length).fill(-1);
    paths[0] = 0;
    const trie = new TrieExtension(this.#trie);
    for (let node = 1; node < tree.length; node++) {
      if (isNeeded[node] === 0 || paths[node]! >= 0) continue;
      paths[node] = trie.ensureChild(paths[tree.prefix[node]!]!, getStepKey(tree, node));
    }
    const result = new Uint8Array(trie.length);
    result.set(this.#isOpen);
    for (let node = 0; node < tree.length; node++) {
      if (isOpen[node] === 1 || wasOpen[node] === 1) result[paths[node]!] = isOpen[node]!;
    }
    return new OpenPaths(trie.finish(), result, {tree, paths});
  }

  /**
   * For each node of a tree a 1 if it is open, and these paths as they are found in the tree. Looks only at
   * children of nodes that lead to paths.
   */
  findIn(tree: CallTree): {readonly isOpen: Uint8Array; readonly openPaths: OpenPaths} {
    const {children, hasChildren} = this.#trie;
    const getStep = this.#createLookup(tree);
    const isOpen = new Uint8Array(tree.length);
    const paths = new Int32Array(tree.length).fill(-1);
    paths[0] = 0;
    const pending = [0];
    while (pending.length > 0) {
      const node = pending.pop()!;
      const path = paths[node]!;
      isOpen[node] = this.#isOpen[path]!;
      if (hasChildren[path] === 0) continue;
      for (let child = tree.firstChild[node]!; child >= 0; child = tree.nextSibling[child]!) {
        const step = getStep(child);
        paths[child] = step < 0 ? -1 : children.get(path, step);
        if (paths[child]! >= 0) pending.push(child);
      }
    }
    return {isOpen, openPaths: new OpenPaths(this.#trie, this.#isOpen, {tree, paths})};
  }

  /** What finds the step to a node of a tree, −1 where none is known. Trees of the same frames need no names. */
  #createLookup(tree: CallTree): (node: number) => number {
    const {steps} = this.#trie;
    const byName = (node: number): number => steps.get(getStepKey(tree, node)) ?? -1;
    if (this.#known?.tree.frames !== tree.frames) return byName;
    const {tree: known, paths} = this.#known;
    const stepOf = new Int32Array(tree.frames.length).fill(-1);
    const found = new Set<number>();
    for (let node = 1; node < known.length; node++) {
      if (paths[node]! < 0) continue;
      const step = steps.get(getStepKey(known, node))!;
      found.add(step);
      if (known.frame[node]! >= 0) stepOf[known.frame[node]!] = step;
    }
    // Others are of paths that were kept from trees before.
    if (found.size < steps.size) return byName;
    return node => (tree.frame[node]! < 0 ? byName(node) : stepOf[tree.frame[node]!]!);
  }
}

const EMPTY_TRIE: Trie = {
  steps: new Map(),
  children: new ChildTable(),
  hasChildren: new Uint8Array(1),
  length: 1,
};

/** 1 for each node that is or was open, and for all above it. */
function markWays({length, prefix}: CallTree, isOpen: Uint8Array, wasOpen: Uint8Array): Uint8Array {
  const isNeeded = new Uint8Array(length);
  for (let node = length - 1; node > 0; node--) {
    if (isOpen[node] === 1 || wasOpen[node] === 1) isNeeded[node] = 1;
    if (isNeeded[node] === 1) isNeeded[prefix[node]!] = 1;
  }
  return isNeeded;
}

/** A trie with more paths than another one, which stays as it is: it is copied before the first path is added. */
class TrieExtension {
  readonly #before: Trie;
  #steps: Map<string, number> | null = null;
  #children: ChildTable;
  /** The paths that have got children. */
  readonly #parents: number[] = [];
  #length: number;

  constructor(before: Trie) {
    this.#before = before;
    this.#children = before.children;
    this.#length = before.length;
  }

  get length(): number {
    return this.#length;
  }

  /** The path of a child, which is added if it is not known. */
  ensureChild(parent: number, key: string): number {
    const known = this.#findStep(key);
    const child = known < 0 ? -1 : this.#children.get(parent, known);
    return child < 0 ? this.#addChild(parent, key, known) : child;
  }

  finish(): Trie {
    if (this.#steps === null) return this.#before;
    const hasChildren = new Uint8Array(this.#length);
    hasChildren.set(this.#before.hasChildren);
    for (const parent of this.#parents) hasChildren[parent] = 1;
    return {steps: this.#steps, children: this.#children, hasChildren, length: this.#length};
  }

  #findStep(key: string): number {
    return (this.#steps ?? this.#before.steps).get(key) ?? -1;
  }

  #addChild(parent: number, key: string, known: number): number {
    if (this.#steps === null) {
      this.#steps = new Map(this.#before.steps);
      this.#children = this.#before.children.clone();
    }
    const step = known < 0 ? this.#steps.size : known;
    if (known < 0) this.#steps.set(key, step);
    const path = this.#length++;
    this.#children.add(parent, step, path);
    this.#parents.push(parent);
    return path;
  }
}

/**
 * A child's frame by its names, which are the same in every tree. The length keeps file and function apart.
 */
function getStepKey({frame, frames, strings, flags}: CallTree, node: number): string {
  if (flags[node]! & ELIDED) return ELIDED_STEP;
  const at = frame[node]!;
  const file = strings[frames.file[at]!]!;
  return `${frames.line[at]} ${file.length} ${file}${strings[frames.function[at]!]!}`;
}
