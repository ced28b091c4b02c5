import {medianOfSorted} from '../../base/median.js';
import {type CallTree, createCallTree} from '../../tree/call-tree.js';
import {
  areGenerations,
  type ComparedNodes,
  type ComparedRun,
  mapSums,
  type NodeSums,
  toComparedRun,
} from '../../tree/compared-nodes.js';
import {findChanges} from './noise.js';
import type {UnionTree} from './union-tree.js';

/** The tree of captures that are compared. @param runs in the order in which their trees were added */
export function combineTrees(union: UnionTree, runs: readonly ComparedRun[]): CallTree {
  const select = (isBase: boolean): readonly number[] =>
    [...runs.keys()].filter(index => runs[index]!.isBase === isBase);
  const [bases, others] = [select(true), select(false)];
  const values = union.readValues('bytes', [...runs.keys()]);
  const compared: ComparedNodes = {
    runs: runs.map(toComparedRun),
    base: bases.length === 0 ? null : combineSums(union, bases),
    getValues: node => values.get(node),
    isChanged: null,
    undecided: null,
    hasFewRuns: false,
    showsSizes: bases.length === 0,
    moved: null,
    unchanged: {reason: 'unchanged', nodes: 0, bytes: 0, difference: 0, undecided: 0, tested: 0},
    ...(bases.length > 0 && findNoise(union, others, bases)),
  };
  const sums = areGenerations(runs) ? addSums(union, others) : combineSums(union, others);
  const tree = union.finish(sums);
  return createCallTree({...tree, compared}, {getShares: tree.getThreadShares});
}

/** Of one capture against one nothing can be said. */
function findNoise(
  union: UnionTree,
  compared: readonly number[],
  bases: readonly number[],
): Partial<Pick<ComparedNodes, 'isChanged' | 'undecided' | 'hasFewRuns'>> {
  const values = union.readValues('bytes', [...bases, ...compared]);
  const changes = findChanges({
    depth: union.computeDepths(),
    baseRuns: bases.length,
    newRuns: compared.length,
    readValues: (node, into) => values.get(node, into),
  });
  if (changes === null) return {};
  const {isChanged, isUndecided, tested, hasFewRuns} = changes;
  return {isChanged, undecided: {isUndecided, tested}, hasFewRuns};
}

/** The medians of what some runs hold. */
function combineSums(union: UnionTree, runs: readonly number[]): NodeSums {
  if (runs.length === 1) return union.readRun(runs[0]!);
  const row = new Float64Array(runs.length);
  return mapSums(name => {
    const values = union.readValues(name, runs);
    return Float64Array.from({length: union.length}, (_, node) =>
      medianOfSorted(values.get(node, row).sort()),
    );
  });
}

function addSums(union: UnionTree, runs: readonly number[]): NodeSums {
  const row = new Float64Array(runs.length);
  return mapSums(name => {
    const values = union.readValues(name, runs);
    return Float64Array.from({length: union.length}, (_, node) =>
      values.get(node, row).reduce((sum, value) => sum + value, 0),
    );
  });
}
