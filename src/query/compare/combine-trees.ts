import {type CallTree, type CallTreeColumns, createCallTree} from '../../tree/call-tree.js';
import type {ComparedNodes, ComparedRun, NodeSums} from '../../tree/compared-nodes.js';

const SUMS = ['bytes', 'allocations', 'selfBytes', 'selfAllocations'] as const;

/**
 * The trees of captures that are compared as one: they have the same nodes, each with what one capture holds.
 * @param trees of the runs, in their order; at least one is no base
 */
export function combineTrees(trees: readonly CallTree[], runs: readonly ComparedRun[]): CallTree {
  const compared = trees.filter((_, index) => !runs[index]!.isBase);
  const bases = trees.filter((_, index) => runs[index]!.isBase);
  const first = compared[0]!;
  const values = trees.map(({bytes}) => bytes);
  const nodes: ComparedNodes = {
    runs,
    base: bases.length === 0 ? null : combineSums(bases, first.length),
    getValues: node => Float64Array.from(values, bytes => bytes[node]!),
    isChanged: null,
    hasFewRuns: false,
    unchanged: {nodes: 0, bytes: 0, difference: 0},
  };
  const columns: CallTreeColumns = {...first, ...combineSums(compared, first.length), compared: nodes};
  return createCallTree(columns, {getShares: node => first.getThreadShares(node)});
}

/** The medians of some sums. */
function combineSums(trees: readonly NodeSums[], length: number): NodeSums {
  const [only, ...others] = trees;
  if (others.length === 0) {
    const {bytes, allocations, selfBytes, selfAllocations} = only!;
    return {bytes, allocations, selfBytes, selfAllocations};
  }
  const combine = (name: (typeof SUMS)[number]): Float64Array => {
    const row = new Float64Array(trees.length);
    return Float64Array.from({length}, (_, node) => {
      trees.forEach((tree, index) => {
        row[index] = tree[name][node]!;
      });
      return computeMedian(row);
    });
  };
  return {
    bytes: combine('bytes'),
    allocations: combine('allocations'),
    selfBytes: combine('selfBytes'),
    selfAllocations: combine('selfAllocations'),
  };
}

/** @param values are sorted in place; at least one */
export function computeMedian(values: Float64Array): number {
  values.sort();
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
}
