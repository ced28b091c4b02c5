import type {CallTree} from '../tree/call-tree.js';
import {findPools} from '../tree/small-object-pools.js';

/** What rows of a page are marked with, as those of the screen. */
export const POOL_MARK = '◌ small-object pool';

/** Whether all of a node is likely memory that Python mapped for small objects of any place. */
export function isPoolRow(tree: CallTree, node: number, arenaBytes: number | null): boolean {
  return arenaBytes !== null && findPools(tree, node, arenaBytes)?.extent === 'total';
}
