import {formatBytes, formatPercent} from '../format/numbers.js';
import {type Safe, sanitize} from '../format/sanitize.js';
import {listWrittenSteps} from '../query/grammar/format-query.js';
import type {TreeQuery} from '../query/tree-query.js';
import type {Report} from './report.js';

/** Steps that show the plain tree of a selection, so that no crumbs are needed. */
function isPlain({steps, by, shape, sort, isReversed}: TreeQuery): boolean {
  return steps.length === 0 && by === 'line' && shape.kind === 'tree' && sort === 'total' && !isReversed;
}

/**
 * What is shown, and how much is kept of what: the first line where there are steps, null for the plain tree.
 * `peak › through numpy › inverted     412.000MB of 1.234GB (33.40 %)`
 * @param separator "›"
 */
export function formatCrumbs({query, view, kept, of}: Report, separator: string): Safe | null {
  if (isPlain(query)) return null;
  const select = view.kind;
  const steps = listWrittenSteps(query).filter(step => step !== select && !step.startsWith(`${select}:`));
  const crumbs = [select, ...steps.map(step => step.replace(':', ' '))].join(` ${separator} `);
  return sanitize(
    `${crumbs}     ${formatBytes(kept.bytes)} of ${formatBytes(of.bytes)} (${formatPercent(kept.bytes, of.bytes)})`,
  );
}
