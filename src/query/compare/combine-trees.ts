import {computeMedian} from '../../base/median.js';
import {type CallTree, createCallTree} from '../../tree/call-tree.js';
import type {ComparedNodes, ComparedRun, NodeSums} from '../../tree/compared-nodes.js';
import {type ChangedNodes, findChanges} from './noise.js';
import type {SumName, UnionTree} from './union-tree.js';

/** The tree of captures that are compared. @param runs in the order in which their trees were added */
export function combineTrees(union: UnionTree, runs: readonly ComparedRun[]): CallTree {
  const select = (isBase: boolean): readonly number[] =>
    [...runs.keys()].filter(index => runs[index]!.isBase === isBase);
  const [bases, others] = [select(true), select(false)];
  const values = union.readValues('bytes', [...runs.keys()]);
  const compared: ComparedNodes = {
    runs: runs.map(({part, isBase}) => ({part, isBase})),
    base: bases.length === 0 ? null : combineSums(union, bases),
    getValues: node => values.get(node),
    isChanged: null,
    hasFewRuns: false,
    showsSizes: bases.length === 0,
    unchanged: {nodes: 0, bytes: 0, difference: 0},
    ...(bases.length > 0 && runs.length > 2 && findNoise(union, others, bases)),
  };
  const tree = union.finish(combineSums(union, others));
  return createCallTree({...tree, compared}, {getShares: tree.getThreadShares});
}

/** Of one capture against one nothing can be said. */
function findNoise(union: UnionTree, compared: readonly number[], bases: readonly number[]): ChangedNodes {
  const [base, other] = [union.readValues('bytes', bases), union.readValues('bytes', compared)];
  const rows = [new Float64Array(bases.length), new Float64Array(compared.length)] as const;
  const nodes = {
    length: union.length,
    depth: union.computeDepths(),
    getBase: (node: number) => base.get(node, rows[0]),
    getCompared: (node: number) => other.get(node, rows[1]),
  };
  return findChanges(nodes, bases.length, compared.length);
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
