import {getBaseName} from '../format/base-name.js';
import {formatBytes, formatPercent} from '../format/numbers.js';
import {isAggregated} from '../heap/check-aggregated.js';
import {type CaptureInfo, isOfMoments} from '../heap/snapshot.js';
import type {DerivedTree} from './derive-tree.js';
import {formatSelect, formatShape, formatStep, listWrittenSteps} from './grammar/format-query.js';
import type {Term} from './grammar/term.js';
import {getNeededView} from './needs.js';
import type {Step} from './steps/steps.js';
import {DEFAULT_QUERY, type Shape, type TreeQuery} from './tree-query.js';

/** Whether a query shows a selection as it is: no crumbs are needed. */
export function isPlainView(query: TreeQuery): boolean {
  const {steps, by, shape, sort, isReversed, diff, isNormalized} = query;
  const isPlainOrder = sort === 'total' && !isReversed && diff === DEFAULT_QUERY.diff && !isNormalized;
  return steps.length === 0 && by === 'line' && shape.kind === 'tree' && isPlainOrder;
}

/** A slot of the query that a crumb may stand for. */
export type Slot = 'by' | 'shape' | 'sort' | 'isReversed' | 'diff' | 'isNormalized';

const SLOTS: readonly Slot[] = ['by', 'shape', 'sort', 'isReversed', 'diff', 'isNormalized'];

/** What of a query a crumb stands for. */
export type CrumbPart = {readonly kind: 'select'} | StepPart | SlotPart;
type StepPart = {readonly kind: 'step'; readonly index: number};
type SlotPart = {readonly kind: 'slot'; readonly slot: Slot};

export interface Crumb {
  readonly part: CrumbPart;
  /** In a few words: `through numpy`. */
  readonly text: string;
}

/**
 * The steps of a view, what is selected first: `peak`, `through numpy`, `root load`, `inverted`. Of a zoom only the frame
 * that it ends at.
 * @param capture what is selected of; statistics of an aggregated one are of its peak
 */
export function listCrumbs(query: TreeQuery, capture: CaptureInfo | null = null): readonly Crumb[] {
  const steps = query.steps.map(
    (step, index): Crumb => ({part: {kind: 'step', index}, text: describeStep(step)}),
  );
  const slots = SLOTS.flatMap((slot): readonly Crumb[] => {
    const [written] = listWrittenSteps({...DEFAULT_QUERY, [slot]: query[slot]});
    if (written === undefined) return [];
    const text = slot === 'shape' ? describeShape(query.shape) : describe(written);
    return [{part: {kind: 'slot', slot}, text}];
  });
  return [{part: {kind: 'select'}, text: describeNeeded(query, capture)}, ...steps, ...slots];
}

export function describeStep(step: Step): string {
  if ('term' in step) return describe(formatStep({...step, term: shortenFiles(step.term)}));
  if (step.kind !== 'zoom') return describe(formatStep(step));
  const {function: name, file} = step.path.at(-1)!;
  return `zoom ${name === '' ? file : name}`;
}

/** Of the lines of one file only its name. */
function describeShape(shape: Shape): string {
  const written = formatShape('term' in shape ? {...shape, term: shortenFiles(shape.term)} : shape);
  if (shape.kind !== 'lines' || shape.term.field !== 'file') return describe(written);
  const [pattern, ...others] = shape.term.patterns;
  if (pattern?.kind !== 'whole' || others.length > 0) return describe(written);
  return `lines ${getBaseName(pattern.text)}`;
}

/** Beside the name of a function, only the name of its file. */
function shortenFiles({field, patterns}: Term): Term {
  const shortened = patterns.map(pattern =>
    pattern.file === undefined ? pattern : {...pattern, file: getBaseName(pattern.file)},
  );
  return {field, patterns: shortened};
}

/** How much of the selection a view keeps: `412.000MB of 1.234GB (33.40 %)`. */
export function formatKept({kept, of}: Pick<DerivedTree, 'kept' | 'of'>): string {
  const share = formatPercent(kept.bytes, of.bytes);
  return `${formatBytes(kept.bytes)} of ${formatBytes(of.bytes)} (${share})`;
}

/** The same of what is compared and of its base, from the longest form to the shortest, which is of what is compared. */
export function listKept(shown: Pick<DerivedTree, 'kept' | 'of' | 'base'>): readonly [string, ...string[]] {
  const {base} = shown;
  const whole = formatKept(shown);
  if (base == null) return [whole];
  return [
    `${whole}; base ${formatKept(base)}`,
    `${formatKeptShare(shown)}; base ${formatKeptShare(base)}`,
    whole,
  ];
}

/** `412.000MB (33.40 %)` */
function formatKeptShare({kept, of}: Pick<DerivedTree, 'kept' | 'of'>): string {
  return `${formatBytes(kept.bytes)} (${formatPercent(kept.bytes, of.bytes)})`;
}

function describe(written: string): string {
  return written.replace(':', ' ');
}

/** What a query needs of a capture: `whole run` for statistics, but `peak` where it has no more. */
export function describeNeeded(query: TreeQuery, capture: CaptureInfo | null): string {
  const view = getNeededView(query);
  const isOfSums = view.kind === 'allocated' && capture !== null && isAggregated(capture);
  return isOfSums ? 'peak' : describeSelect(view);
}

/** `peak`, `leaks`, `temporary (within 1)`, `whole run`, `at 12.3s`, `grown #5..#20`. */
export function describeSelect(select: TreeQuery['select']): string {
  if (select.kind === 'allocated') return 'whole run';
  if (isOfMoments(select)) return describe(formatSelect(select));
  return select.kind === 'temporary' ? `temporary (within ${select.threshold})` : select.kind;
}
