import {type Changes, findChanges} from '../query/compare/noise.js';
import type {DiffMode} from '../query/tree-query.js';
import type {ExportedStacks} from './exported-stacks.js';
import {hasBase, isOneASide, listSamplesAt, type Sums, sumRuns} from './sample-sums.js';

/** Whether a row of a stack is shown in a mode: the rules are those of the tree, for what ends at the stack itself. */
export type RowTest = (node: number, compared: Sums, base: Sums) => boolean;

/** Of several captures a side, what is no more than noise is no difference. */
export function createRowTest(stacks: ExportedStacks, diff: DiffMode): RowTest {
  if (diff === 'absolute') return () => true;
  const changes = isOneASide(stacks.runs) ? null : findChangedStacks(stacks);
  return (node, compared, base) => {
    if (changes !== null && changes.isChanged[node] === 0) return false;
    if (diff === 'grown') return compared.bytes > base.bytes;
    return compared.bytes !== base.bytes || compared.allocations !== base.allocations;
  };
}

function findChangedStacks(stacks: ExportedStacks): Changes | null {
  const {runs, depth} = stacks;
  if (!hasBase(runs)) return null;
  const select = (isBase: boolean): readonly number[] =>
    [...runs.keys()].filter(run => runs[run]!.isBase === isBase);
  const [bases, others] = [select(true), select(false)];
  return findChanges({
    depth,
    baseRuns: bases.length,
    newRuns: others.length,
    readValues(node, values) {
      const {bytes} = sumRuns(stacks, listSamplesAt(stacks, node));
      [...bases, ...others].forEach((run, index) => {
        values[index] = bytes[run]!;
      });
    },
  });
}
