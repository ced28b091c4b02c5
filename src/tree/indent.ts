import type {CallTreeColumns} from './call-tree.js';

type Links = Pick<CallTreeColumns, 'length' | 'prefix' | 'firstChild' | 'nextSibling'>;

/**
 * Whether a node is the only child of its parent: a link of a chain, along which rows are not indented. False
 * for the root.
 */
export function isOnlyChild({prefix, firstChild, nextSibling}: Omit<Links, 'length'>, node: number): boolean {
  const parent = prefix[node]!;
  return parent >= 0 && firstChild[parent] === node && nextSibling[node]! < 0;
}

/**
 * By how many levels each node's row is indented: how many nodes on the way from the root to it, itself
 * included, have siblings. A stack of a hundred calls with one caller each is as far to the left as its first
 * call.
 */
export function computeIndents(links: Links): Int32Array {
  const indents = new Int32Array(links.length);
  // Parents stand before their children.
  for (let node = 1; node < links.length; node++) {
    indents[node] = indents[links.prefix[node]!]! + (isOnlyChild(links, node) ? 0 : 1);
  }
  return indents;
}
