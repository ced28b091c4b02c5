import {formatBytes, formatPercent} from '../format/numbers.js';
import type {DerivedTree} from './derive-tree.js';
import {listWrittenSteps} from './grammar/format-query.js';
import {DEFAULT_QUERY, type TreeQuery} from './tree-query.js';

/** Whether a query shows a selection as it is: no crumbs are needed. */
export function isPlainView({steps, by, shape, sort, isReversed}: TreeQuery): boolean {
  return steps.length === 0 && by === 'line' && shape.kind === 'tree' && sort === 'total' && !isReversed;
}

/**
 * The steps of a view in a few words each, what is selected first: `peak`, `through numpy`, `root load`, `inverted`.
 * Of a zoom only the frame that it ends at.
 */
export function listCrumbs(query: TreeQuery): readonly string[] {
  const steps = query.steps.map(step => {
    if (step.kind !== 'zoom') return describe(listWrittenSteps({...DEFAULT_QUERY, steps: [step]})[0]!);
    const {function: name, file} = step.path.at(-1)!;
    return `zoom ${name === '' ? file : name}`;
  });
  const slots = listWrittenSteps({...query, steps: [], select: DEFAULT_QUERY.select, biggest: null});
  return [describeSelect(query), ...steps, ...slots.map(describe)];
}

/** How much of the selection a view keeps: `412.000MB of 1.234GB (33.40 %)`. */
export function formatKept({kept, of}: Pick<DerivedTree, 'kept' | 'of'>): string {
  const share = formatPercent(kept.bytes, of.bytes);
  return `${formatBytes(kept.bytes)} of ${formatBytes(of.bytes)} (${share})`;
}

function describe(written: string): string {
  return written.replace(':', ' ');
}

function describeSelect({select}: TreeQuery): string {
  return select.kind === 'temporary' ? `temporary (within ${select.threshold})` : select.kind;
}
