import {type CallTree, createCallTree} from '../../tree/call-tree.js';
import {mapSums, type NodeSums, type SumName} from '../../tree/compared-nodes.js';

/**
 * The tree with its base scaled, bytes and counts each by themselves: its root then has as much as that of what is
 * compared. So what differs is the distribution, and not the size of the run. What each capture holds stays as it is,
 * and nothing is known of noise.
 */
export function normalizeTree(tree: CallTree): CallTree {
  const {compared} = tree;
  const base = compared?.base;
  if (compared === undefined || base == null) return tree;
  const scaled = {...compared, base: scale(base, tree), isChanged: null};
  return createCallTree({...tree, compared: scaled}, {getShares: tree.getThreadShares});
}

function scale(base: NodeSums, to: NodeSums): NodeSums {
  const byBytes = getFactor(to.bytes[0]!, base.bytes[0]!);
  const byCount = getFactor(to.allocations[0]!, base.allocations[0]!);
  const isOfBytes = (name: SumName): boolean => name === 'bytes' || name === 'selfBytes';
  return mapSums(name => scaleColumn(base[name], isOfBytes(name) ? byBytes : byCount, to[name]));
}

/** What differs by less than half a byte does so by the rounding of numbers only. */
function scaleColumn(values: Float64Array, factor: number, to: Float64Array): Float64Array {
  return values.map((value, node) => {
    const scaled = value * factor;
    return Math.abs(scaled - to[node]!) < 0.5 ? to[node]! : scaled;
  });
}

/** A base of nothing has nothing to scale. */
function getFactor(to: number, from: number): number {
  return from === 0 ? 1 : to / from;
}
