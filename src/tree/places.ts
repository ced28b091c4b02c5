import {ChildTable} from '../base/child-table.js';
import {type CallTree, ELIDED} from './call-tree.js';

/** The step to the elided node. All others begin with a digit. */
const ELIDED_STEP = 'elided';

/**
 * Places in a tree that outlive it: which nodes are open, and where the cursor was, as steps of (function, file, line)
 * from the root. When a new tree comes (a later partial result, the file read again), the same places are found in it;
 * those that are missing are kept for the tree after that. Made for base trees, not for filtered ones.
 *
 * A trie: each place is a number and knows its parent and its step, so a chain that is 300,000 deep and open all the
 * way takes memory in proportion to its length. Place 0 is the root.
 */
export class Places {
  readonly #steps = new Map<string, number>();
  readonly #children = new ChildTable();
  // One entry for each place.
  readonly #parents = [-1];
  readonly #isOpen = [false];
  readonly #hasChildren = [false];
  /** The tree that was asked about last, and what is known about it. */
  #binding: Binding | null = null;

  /** The place of a node; it is remembered from now on. */
  getPlace(tree: CallTree, node: number): number {
    const {places, steps} = this.#bind(tree);
    const path = listUnknown(tree, places, node);
    let place = path.length > 0 ? places[tree.prefix[path.at(-1)!]!]! : places[node]!;
    while (path.length > 0) {
      const next = path.pop()!;
      steps[next] = this.#ensureStep(getStepKey(tree, next));
      place = this.#ensureChild(place, steps[next]!);
      places[next] = place;
    }
    return place;
  }

  /** Opens or closes a node. */
  setOpen(tree: CallTree, node: number, isOpen: boolean): void {
    const place = isOpen ? this.getPlace(tree, node) : this.#find(tree, node);
    if (place >= 0) this.#isOpen[place] = isOpen;
  }

  /** For each node of a tree a 1 if it is open. Looks only at children of nodes that lead to places. */
  resolveOpen(tree: CallTree): Uint8Array {
    const isOpen = new Uint8Array(tree.length);
    const {places} = this.#bind(tree);
    const pending = [0];
    while (pending.length > 0) {
      const node = pending.pop()!;
      const place = places[node]!;
      if (this.#isOpen[place]) isOpen[node] = 1;
      if (!this.#hasChildren[place]) continue;
      for (let child = tree.firstChild[node]!; child >= 0; child = tree.nextSibling[child]!) {
        if (this.#findChild(tree, child, place) >= 0) pending.push(child);
      }
    }
    return isOpen;
  }

  /** The node at a place, or at the last place on the way to it that the tree has. */
  findNearest(tree: CallTree, place: number): number {
    const path: number[] = [];
    for (let at = place; at > 0; at = this.#parents[at]!) path.push(at);
    let node = 0;
    while (path.length > 0) {
      const next = path.pop()!;
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
      const places = new Int32Array(tree.length).fill(-1);
      places[0] = 0;
      this.#binding = {tree, places, steps: new Int32Array(tree.length).fill(-1)};
    }
    return this.#binding!;
  }

  /** The place of a node, −1 if it has none. */
  #find(tree: CallTree, node: number): number {
    const {places} = this.#bind(tree);
    const path = listUnknown(tree, places, node);
    let place = path.length > 0 ? places[tree.prefix[path.at(-1)!]!]! : places[node]!;
    while (path.length > 0 && place >= 0) place = this.#findChild(tree, path.pop()!, place);
    return place;
  }

  /** The place of a child of the node at `parent`, −1 if it has none. */
  #findChild(tree: CallTree, child: number, parent: number): number {
    const {places, steps} = this.#bind(tree);
    if (places[child]! >= 0) return places[child]!;
    if (steps[child]! < 0) {
      const step = this.#steps.get(getStepKey(tree, child));
      if (step === undefined) return -1;
      steps[child] = step;
    }
    places[child] = this.#children.get(parent, steps[child]!);
    return places[child]!;
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
    const place = this.#parents.length;
    this.#children.add(parent, step, place);
    this.#parents.push(parent);
    this.#isOpen.push(false);
    this.#hasChildren.push(false);
    this.#hasChildren[parent] = true;
    return place;
  }
}

interface Binding {
  readonly tree: CallTree;
  /** The place of each node, −1 where unknown or none. */
  readonly places: Int32Array;
  /** The step to each node, −1 where unknown or none. */
  readonly steps: Int32Array;
}

/** The node and its ancestors whose places are not known, innermost first. The root's place is always known. */
function listUnknown({prefix}: CallTree, places: Int32Array, node: number): number[] {
  const path: number[] = [];
  for (let at = node; places[at]! < 0; at = prefix[at]!) path.push(at);
  return path;
}

/** A child's frame by its names, which are the same in every tree. The length keeps file and function apart. */
function getStepKey({frame, frames, strings, flags}: CallTree, node: number): string {
  if (flags[node]! & ELIDED) return ELIDED_STEP;
  const at = frame[node]!;
  const file = strings[frames.file[at]!]!;
  return `${frames.line[at]} ${file.length} ${file}${strings[frames.function[at]!]!}`;
}
