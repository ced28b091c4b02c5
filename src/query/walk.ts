/** Children of a prefix tree, linked in the order of their numbers; −1 for none. */
export interface Links {
  /** The first of the outermost nodes. */
  readonly first: number;
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
}

export function linkNodes(prefix: Int32Array): Links {
  const firstChild = new Int32Array(prefix.length).fill(-1);
  const nextSibling = new Int32Array(prefix.length).fill(-1);
  let first = -1;
  for (let node = prefix.length - 1; node >= 0; node--) {
    const above = prefix[node]!;
    nextSibling[node] = above < 0 ? first : firstChild[above]!;
    if (above < 0) first = node;
    else firstChild[above] = node;
  }
  return {first, firstChild, nextSibling};
}

/** The node after `node` on a walk through the whole tree, callers first, −1 at its end. `leave` is called for each node that is done. */
export function nextInWalk(
  prefix: Int32Array,
  {firstChild, nextSibling}: Links,
  node: number,
  leave: (node: number) => void = () => {},
): number {
  if (firstChild[node]! >= 0) return firstChild[node]!;
  for (let at = node; at >= 0; at = prefix[at]!) {
    leave(at);
    if (nextSibling[at]! >= 0) return nextSibling[at]!;
  }
  return -1;
}
