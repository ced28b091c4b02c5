import {type CallTree, ELIDED, NATIVE} from './call-tree.js';

/** Memory of a node that Python's small-object allocator mapped, as far as the sums of the node tell. */
export interface Pools {
  /** Of the whole node, or of what it allocated itself. */
  readonly extent: 'total' | 'own';
  readonly bytes: number;
  readonly count: number;
  /** Its own functions are in the stack; else the sizes alone speak for it. */
  readonly isCertain: boolean;
}

/** Functions of CPython's small-object allocator that map memory, which are shown as native frames. */
const ARENA_FUNCTIONS = new Set(['new_arena', '_PyObject_ArenaMmap']);

/**
 * Pools of a node: all of its blocks, or all of its own, have the size of an arena; or the allocator's functions mapped
 * them. Null where that is not so: there may be pools among others still, which only single blocks show.
 * @param arenaBytes see `getArenaBytes`
 */
export function findPools(tree: CallTree, node: number, arenaBytes: number): Pools | null {
  const {bytes, allocations, selfBytes, selfAllocations, flags} = tree;
  if (node === 0 || (flags[node]! & ELIDED) !== 0) return null;
  const total = {extent: 'total' as const, bytes: bytes[node]!, count: allocations[node]!};
  const own = {extent: 'own' as const, bytes: selfBytes[node]!, count: selfAllocations[node]!};
  if (isArenaFunction(tree, node)) return {...total, isCertain: true};
  const found = [total, own].find(each => each.count > 0 && each.bytes === each.count * arenaBytes);
  return found === undefined ? null : {...found, isCertain: false};
}

function isArenaFunction({flags, frame, frames, strings}: CallTree, node: number): boolean {
  if ((flags[node]! & NATIVE) === 0) return false;
  return ARENA_FUNCTIONS.has(strings[frames.function[frame[node]!]!]!);
}
