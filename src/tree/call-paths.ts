import {ChildTable} from '../base/child-table.js';
import {type CallTree, ELIDED} from './call-tree.js';

/** The step to the elided node. All others begin with a digit. */
const ELIDED_STEP = 'elided';

/**
 * Paths of nodes that outlive it: which nodes are open, and where the cursor was, as steps of (function,
 * file, line) from the root. When a new tree comes (a later partial result, the file read again), the same
 * paths are found in it; those that are missing are kept for the tree after that. Made for base trees, not
 * for filtered ones.
 *
 * A trie: each path is a number and knows its parent and its step, so a chain that is 300,000 deep and open
 * all the way takes memory in proportion to its length. Path 0 is the root.
 */
export class CallPaths {
  readonly #steps = new Map<string, number>();
  readonly #children = new ChildTable();
  // One entry for each path.
  readonly #parents = [-1];
  readonly #isOpen = [false];
  readonly #hasChildren = [false];
  /** The tree that was asked about last, and what is known about it. */
  #binding: Binding | null = null;

  /** The path of a node; it is remembered from now on. */
  getPath(tree: CallTree, node: number): number {
    const {paths, steps} = this.#bind(tree);
    const chain = listUnknown(tree, paths, node);
    let path = chain.length > 0 ? paths[tree.prefix[chain.at(-1)!]!]! : paths[node]!;
    while (chain.length > 0) {
      const next = chain.pop()!;
      steps[next] = this.#ensureStep(getStepKey(tree, next));
      path = this.#ensureChild(path, steps[next]!);
      paths[next] = path;
    }
    return path;
  }

  /** Opens or closes a node. */
  setOpen(tree: CallTree, node: number, isOpen: boolean): void {
    const path = isOpen ? this.getPath(tree, node) : this.#find(tree, node);
    if (path >= 0) this.#isOpen[path] = isOpen;
  }

  /** For each node of a tree a 1 if it is open. Looks only at children of nodes that lead to paths. */
  resolveOpen(tree: CallTree): Uint8Array {
    const isOpen = new Uint8Array(tree.length);
    const {paths} = this.#bind(tree);
    const pending = [0];
    while (pending.length > 0) {
      const node = pending.pop()!;
      const path = paths[node]!;
      if (this.#isOpen[path]) isOpen[node] = 1;
      if (!this.#hasChildren[path]) continue;
      for (let child = tree.firstChild[node]!; child >= 0; child = tree.nextSibling[child]!) {
        if (this.#findChild(tree, child, path) >= 0) pending.push(child);
      }
    }
    return isOpen;
  }

  /** The node at a path, or at the last path on the way to it that the tree has. */
  findNearest(tree: CallTree, path: number): number {
    const chain: number[] = [];
    for (let at = path; at > 0; at = this.#parents[at]!) chain.push(at);
    let node = 0;
    while (chain.length > 0) {
      const next = chain.pop()!;
      let child = tree.firstChild[node]!;
      while (child >= 0 && this.#findChild(tree, child, this.#parents[next]!) !== next) {
        child = tree.nextSibling[child]!;
      }
      if (child < 0) break;
      node = child;
    }
    return node;
  }

  #bind(tree: CallTree): Binding {
    if (this.#binding?.tree !== tree) {
      const paths = new Int32Array(tree.length).fill(-1);
      paths[0] = 0;
      this.#binding = {tree, paths, steps: new Int32Array(tree.length).fill(-1)};
    }
    return this.#binding!;
  }

  /** The path of a node, −1 if it has none. */
  #find(tree: CallTree, node: number): number {
    const {paths} = this.#bind(tree);
    const chain = listUnknown(tree, paths, node);
    let path = chain.length > 0 ? paths[tree.prefix[chain.at(-1)!]!]! : paths[node]!;
    while (chain.length > 0 && path >= 0) path = this.#findChild(tree, chain.pop()!, path);
    return path;
  }

  /** The path of a child of the node at `parent`, −1 if it has none. */
  #findChild(tree: CallTree, child: number, parent: number): number {
    const {paths, steps} = this.#bind(tree);
    if (paths[child]! >= 0) return paths[child]!;
    if (steps[child]! < 0) {
      const step = this.#steps.get(getStepKey(tree, child));
      if (step === undefined) return -1;
      steps[child] = step;
    }
    paths[child] = this.#children.get(parent, steps[child]!);
    return paths[child]!;
  }

  #ensureStep(key: string): number {
    let step = this.#steps.get(key);
    if (step === undefined) {
      step = this.#steps.size;
      this.#steps.set(key, step);
    }
    return step;
  }

  #ensureChild(parent: number, step: number): number {
    const known = this.#children.get(parent, step);
    if (known >= 0) return known;
    const path = this.#parents.length;
    this.#children.add(parent, step, path);
    this.#parents.push(parent);
    this.#isOpen.push(false);
    this.#hasChildren.push(false);
    this.#hasChildren[parent] = true;
    return path;
  }
}

interface Binding {
  readonly tree: CallTree;
  /** The path of each node, −1 where unknown or none. */
  readonly paths: Int32Array;
  /** The step to each node, −1 where unknown or none. */
  readonly steps: Int32Array;
}

/** The node and its ancestors whose paths are not known, innermost first. The root's path is always known. */
function listUnknown({prefix}: CallTree, paths: Int32Array, node: number): number[] {
  const chain: number[] = [];
  for (let at = node; paths[at]! < 0; at = prefix[at]!) chain.push(at);
  return chain;
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
