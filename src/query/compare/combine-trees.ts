import {type CallTree, createCallTree} from '../../tree/call-tree.js';
import type {ComparedNodes, ComparedRun, NodeSums} from '../../tree/compared-nodes.js';
import type {SumName, UnionTree} from './union-tree.js';

/** The tree of captures that are compared. @param runs in the order in which their trees were added */
export function combineTrees(union: UnionTree, runs: readonly ComparedRun[]): CallTree {
  const select = (isBase: boolean): readonly number[] =>
    [...runs.keys()].filter(index => runs[index]!.isBase === isBase);
  const bases = select(true);
  const values = union.readValues('bytes', [...runs.keys()]);
  const compared: ComparedNodes = {
    runs: runs.map(({part, isBase}) => ({part, isBase})),
    base: bases.length === 0 ? null : combineSums(union, bases),
    getValues: node => values.get(node),
    isChanged: null,
    hasFewRuns: false,
    unchanged: {nodes: 0, bytes: 0, difference: 0},
  };
  const tree = union.finish(combineSums(union, select(false)));
  return createCallTree({...tree, compared}, {getShares: tree.getThreadShares});
}

/** The medians of what some runs hold. */
function combineSums(union: UnionTree, runs: readonly number[]): NodeSums {
  if (runs.length === 1) return union.readRun(runs[0]!);
  const row = new Float64Array(runs.length);
  const combine = (name: SumName): Float64Array => {
    const values = union.readValues(name, runs);
    return Float64Array.from({length: union.length}, (_, node) => computeMedian(values.get(node, row)));
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
