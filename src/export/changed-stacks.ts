import {type Changes, findChanges} from '../query/compare/noise.js';
import type {DiffMode} from '../query/tree-query.js';
import type {ExportedStacks} from './exported-stacks.js';
import {listSamplesAt, type Sums, sumRuns} from './sample-sums.js';

/** Whether a row of a stack is shown in a mode: by the rules of the tree, for what ends at the stack itself. */
export type RowTest = (node: number, compared: Sums, base: Sums) => boolean;

/** Of several captures a side, what is no more than noise is no difference. @param stacks of captures with a base */
export function createRowTest(stacks: ExportedStacks, diff: DiffMode): RowTest {
  if (diff === 'absolute') return () => true;
  const changes = findChangedStacks(stacks);
  return (node, compared, base) => {
    if (changes !== null && changes.isChanged[node] === 0) return false;
    if (diff === 'grown') return compared.bytes > base.bytes;
    return compared.bytes !== base.bytes || compared.allocations !== base.allocations;
  };
}

/** Null of one capture against one, which says nothing about noise. */
function findChangedStacks(stacks: ExportedStacks): Changes | null {
  const {runs, depth} = stacks;
  const bases = [...runs.keys()].filter(run => runs[run]!.isBase);
  const others = [...runs.keys()].filter(run => !runs[run]!.isBase);
  const order = [...bases, ...others];
  return findChanges({
    depth,
    baseRuns: bases.length,
    newRuns: others.length,
    readValues: (node, values) => {
      const {bytes} = sumRuns(stacks, listSamplesAt(stacks, node));
      for (const [index, run] of order.entries()) values[index] = bytes[run]!;
    },
  });
}
