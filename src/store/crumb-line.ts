import {recall} from '../base/recall.js';
import {type Safe, sanitize} from '../format/sanitize.js';
import {type CrumbPart, isPlainView, listCrumbs, listKept} from '../query/crumbs.js';
import {formatPart, type TargetedPart} from '../query/edit-query.js';
import type {ShownTree} from '../query/show-snapshot.js';
import type {TreeQuery} from '../query/tree-query.js';
import {describeSelection} from './selection-text.js';
import type {TreeState} from './state.js';

/** The line above the tree. */
export interface CrumbLine {
  readonly crumbs: readonly Crumb[];
  /** `412.000MB of 1.234GB (33.40 %)`; of captures that are compared of both sides. */
  readonly amount: Safe;
  /** What stands in its place where the steps need its cells, the shortest last. */
  readonly shortAmounts: readonly Safe[];
}

export interface Crumb {
  readonly text: Safe;
  /** `idle`: it has no target and does nothing. `awaited`: a capture is still read, and what it names may come. */
  readonly state: 'applied' | 'idle' | 'awaited';
}

/** Whether there is such a line: as soon as there is a step besides the plain view. */
export function hasCrumbs({query, shown}: Pick<TreeState, 'query' | 'shown'>): boolean {
  return shown !== null && !isPlainView(query);
}

/** The selected crumb, as far as there are crumbs. */
export function limitCrumb({
  crumb,
  query,
  shown,
}: Pick<TreeState, 'crumb' | 'query' | 'shown'>): number | null {
  if (crumb === null || !hasCrumbs({query, shown})) return null;
  return Math.max(0, Math.min(crumb, listCrumbs(query).length - 1));
}

export function selectCrumbs(
  state: Pick<TreeState, 'query' | 'shown' | 'capture' | 'view' | 'status' | 'progress'>,
): CrumbLine | null {
  const {shown, query, status} = state;
  if (shown === null || !hasCrumbs(state)) return null;
  return describeLine(shown, query, status === 'reading', describeSelection(state));
}

/** The same object as long as the line is the same. */
const describeLine = recall(
  (shown: ShownTree, query: TreeQuery, isReading: boolean, selection: string): CrumbLine => ({
    ...listAmounts(shown),
    crumbs: listCrumbs(query).map(({part, text}) => {
      const state = getCrumbState(getTargeted(query, part), shown, isReading);
      return describeCrumb(part.kind === 'select' ? selection : text, state);
    }),
  }),
);

function listAmounts(shown: ShownTree): Pick<CrumbLine, 'amount' | 'shortAmounts'> {
  if (shown.isAwaited) return {amount: sanitize(''), shortAmounts: []};
  const [amount, ...shorter] = listKept(shown);
  return {amount: sanitize(amount), shortAmounts: shorter.map(text => sanitize(text))};
}

const REMARKS = {applied: '', idle: ' (no match)', awaited: ' (not yet)'} as const satisfies Record<
  Crumb['state'],
  string
>;

function describeCrumb(text: string, state: Crumb['state']): Crumb {
  return {text: sanitize(`${text}${REMARKS[state]}`), state};
}

/** Steps that leave everything where they name nothing; the others leave nothing then, unless they are skipped. */
const HARMLESS: ReadonlySet<TargetedPart['kind']> = new Set(['drop', 'merge', 'collapse', 'package']);

function getCrumbState(
  targeted: TargetedPart | null,
  {untargeted, skipped}: ShownTree,
  isReading: boolean,
): Crumb['state'] {
  if (targeted === null || !untargeted.includes(targeted)) return 'applied';
  if (isReading) return 'awaited';
  return HARMLESS.has(targeted.kind) || skipped.includes(targeted) ? 'idle' : 'applied';
}

/** What an empty tree says while what a step names may still come; null where nothing is waited for. */
export function describeAwaited({shown, status}: Pick<TreeState, 'shown' | 'status'>): string | null {
  if (shown === null || status !== 'reading') return null;
  const {untargeted, skipped} = shown;
  const awaited = untargeted.find(part => !HARMLESS.has(part.kind) && !skipped.includes(part));
  return awaited === undefined ? null : `Waiting for "${nameTarget(awaited)}"`;
}

function nameTarget(part: TargetedPart): string {
  if (part.kind !== 'zoom') return formatPart(part).replace(/^[^:]*:/, '');
  const {function: name, file} = part.path.at(-1)!;
  return name === '' ? file : name;
}

function getTargeted({steps, shape}: TreeQuery, part: CrumbPart): TargetedPart | null {
  if (part.kind === 'step') return steps[part.index] ?? null;
  return part.kind === 'slot' && part.slot === 'shape' ? shape : null;
}
