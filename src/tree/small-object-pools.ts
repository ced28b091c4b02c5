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
 * Pools of a node: all of its blocks, or all of its own, have the size of an arena, but for a few small ones; or the
 * allocator's functions mapped them. Null where that is not so: there may be pools among others still, which only
 * single blocks show.
 * @param arenaBytes see `getArenaBytes`
 */
export function findPools(tree: CallTree, node: number, arenaBytes: number): Pools | null {
  const {bytes, allocations, selfBytes, selfAllocations, flags} = tree;
  if (node === 0 || (flags[node]! & ELIDED) !== 0) return null;
  const total = {extent: 'total' as const, bytes: bytes[node]!, count: allocations[node]!};
  const own = {extent: 'own' as const, bytes: selfBytes[node]!, count: selfAllocations[node]!};
  if (isArenaFunction(tree, node)) return {...total, isCertain: true};
  for (const {extent, ...sums} of [total, own]) {
    const count = countPools(sums, arenaBytes);
    if (count > 0) return {extent, bytes: count * arenaBytes, count, isCertain: false};
  }
  return null;
}

/** Of what is no pool, among many pools: on average. */
const SMALL_BYTES = 16_384;
const POOLS_PER_OTHER = 4;

/** How many pools there are among blocks that are nearly all pools; 0 where the sums have another explanation, too. */
function countPools(
  {bytes, count}: {readonly bytes: number; readonly count: number},
  arenaBytes: number,
): number {
  const pools = Math.floor(bytes / arenaBytes);
  const others = count - pools;
  const otherBytes = bytes - pools * arenaBytes;
  if (pools < 1 || others < 0) return 0;
  if (others === 0) return otherBytes === 0 ? pools : 0;
  const areFew = others * POOLS_PER_OTHER <= pools && otherBytes <= others * SMALL_BYTES;
  // As many blocks of one size: buffers of 1,000,000 bytes, for example.
  const mayBeEqual = bytes % count === 0;
  return areFew && !mayBeEqual ? pools : 0;
}

function isArenaFunction({flags, frame, frames, strings}: CallTree, node: number): boolean {
  if ((flags[node]! & NATIVE) === 0) return false;
  return ARENA_FUNCTIONS.has(strings[frames.function[frame[node]!]!]!);
}
