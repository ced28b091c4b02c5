import {recall} from '../base/recall.js';
import type {KeptHistory} from '../heap/history.js';
import type {Snapshot, View} from '../heap/snapshot.js';
import {deriveLives, hasLives, type Lives} from '../query/lives.js';
import {getColumnMoment} from '../timeline/column-moments.js';
import {findHighestMoment, listKeptMoments} from '../timeline/kept-moments.js';
import {countLifeParts} from '../timeline/life.js';
import {createScale, findColumn, type Scale} from '../timeline/scale.js';
import type {FilteredTree} from '../tree/filter.js';
import {applyChange} from './apply-change.js';
import {isComparing} from './comparison.js';
import {NOT_YET} from './key-note.js';
import {getPercentBase} from './percent-base.js';
import type {TreeState} from './state.js';

type LifeFacts = Pick<
  TreeState,
  | 'showsLives'
  | 'history'
  | 'naming'
  | 'query'
  | 'optional'
  | 'base'
  | 'filtered'
  | 'view'
  | 'percentBase'
  | 'shown'
>;

/** What something held in each part of the run, and what the highest sign of its line stands for. In bytes. */
export interface Life {
  readonly bytes: Float64Array;
  readonly most: number;
}

/** What the rows of a view held in the course of the run. */
export interface ShownLives {
  /** How many parts of the run there are. */
  readonly parts: number;
  /** The part with the moment that is shown; null where no moment is. */
  readonly shownPart: number | null;
  /** Of a node of the filtered tree; null where nothing is known of it. */
  getLife(node: number): Life | null;
}

/** Why the rows have no lines over time; null where they can have them. */
export function explainNoLives({history, query, snapshot, status}: TreeState): string | null {
  const never = snapshot && explainNeverLives(snapshot);
  if (never != null) return never;
  if (status === 'reading') return null;
  if (history === null) return 'No states over time were kept of this capture';
  return hasLives(query) ? null : 'Over time, only sums are known, not single blocks';
}

/** Why no reading of what is shown gives lines over time; null where one does. */
export function explainNeverLives(snapshot: Snapshot): string | null {
  const {fileFormat, parts = []} = snapshot.capture;
  if (isComparing({snapshot})) return 'Not available while captures are compared';
  if (snapshot.runs !== undefined) return 'Generations have columns instead';
  if (fileFormat === 'aggregated') return 'Aggregated captures hold no sizes over time';
  if (parts.length > 1) return 'Not available for several captures';
  // Their frames are named after all is read.
  return snapshot.frames.native === undefined ? null : 'Not available for captures with native frames';
}

/** The lines of the rows appear or go away. */
export function switchLives(state: TreeState): TreeState {
  if (explainNoLines(state) !== null) return state;
  const isAwaited = !state.showsLives && state.status === 'reading' && state.history === null;
  return applyChange(state, {showsLives: !state.showsLives, ...(isAwaited && {keyNote: NOT_YET.lives})});
}

/** Why the key of the lines does nothing; null where it shows or hides them. */
export function explainNoLines(state: TreeState): string | null {
  const {columns} = state.screen;
  const isTooNarrow = columns > 0 && countLifeParts(columns) === 0 && !state.showsLives;
  return explainNoLives(state) ?? (isTooNarrow ? 'The screen is too narrow for lines over time' : null);
}

/** The lines of the rows; null where they are not shown, or not known. */
export function selectLives(state: LifeFacts, screenColumns: number): ShownLives | null {
  const parts = countShownParts(state, screenColumns);
  const inputs = parts === 0 ? null : selectInputs(state, parts);
  if (inputs === null) return null;
  const {scale} = readParts(state.history!, parts)!;
  const isOfPeak = getPercentBase(state) === 'peak';
  return makeLives(
    deriveLives(...inputs),
    state.base,
    state.filtered,
    parts,
    findShownPart(scale, state),
    isOfPeak,
  );
}

/** Whether the lines are still to be computed, which takes longer than a key may. */
export function areLivesPending(state: LifeFacts, screenColumns: number): boolean {
  const parts = countShownParts(state, screenColumns);
  if (parts === 0) return false;
  if (!readParts.knows(state.history!, parts)) return true;
  const inputs = selectInputs(state, parts);
  return inputs !== null && !deriveLives.knows(...inputs);
}

/** Of how many parts of the run the rows have lines; 0 where they have none. */
export function countShownParts(
  {showsLives, history, naming, query}: LifeFacts,
  screenColumns: number,
): number {
  const areKnown = showsLives && history !== null && naming !== null && hasLives(query);
  return areKnown ? countLifeParts(screenColumns) : 0;
}

function selectInputs(
  {history, naming, query, optional}: LifeFacts,
  parts: number,
): Parameters<typeof deriveLives> | null {
  const moments = readParts(history!, parts);
  return moments && [moments.snapshot, query.steps, query.by, query.shape, naming!, optional];
}

interface Parts {
  readonly scale: Scale;
  readonly snapshot: Snapshot;
}

/** The run in so many parts, each as it was at its highest moment. */
const readParts = recall((history: KeptHistory, parts: number): Parts | null => {
  const reader = history.open();
  const {timeline} = reader.base;
  if (timeline === undefined) return null;
  const scale = createScale(timeline, parts);
  const kept = listKeptMoments(timeline.cells);
  const moments = Array.from({length: parts}, (_, part) => getColumnMoment(kept, scale, part));
  const snapshot = kept.length === 0 ? null : reader.readRuns(moments.map(moment => kept.records[moment]!));
  return snapshot && {scale, snapshot};
});

function findShownPart(scale: Scale, {view, history}: LifeFacts): number | null {
  const {cells, base} = history!.open();
  const kept = listKeptMoments(base.timeline?.cells ?? cells);
  const records = countRecordsOf(view, kept.records[findHighestMoment(kept)] ?? 0);
  return records === null ? null : findColumn(scale, records);
}

/** How many allocation records come before what a view shows; null where it shows no moment, or one that is not found yet. */
function countRecordsOf(view: View, ofPeak: number): number | null {
  if (view.kind === 'peak') return ofPeak;
  if (view.kind === 'leaks') return Number.MAX_SAFE_INTEGER;
  return view.kind === 'moment' && view.at.kind === 'allocations' ? view.at.count : null;
}

/**
 * The same object as long as nothing changes that the lines depend on.
 * @param isOfPeak the highest sign of all lines stands for what the root has at most
 */
const makeLives = recall(
  (
    lives: Lives,
    base: TreeState['base'],
    filtered: FilteredTree,
    parts: number,
    shownPart: number | null,
    isOfPeak: boolean,
  ): ShownLives => {
    const sum = (node: number): Float64Array | null => {
      const known = [...filtered.getBaseNodes(node)].flatMap(each => lives.getBytes(base, each) ?? []);
      return known.length === 0
        ? null
        : known.reduce((all, each) => all.map((bytes, part) => bytes + each[part]!));
    };
    const root = isOfPeak ? sum(0) : null;
    return {
      parts,
      shownPart,
      getLife: node => {
        const bytes = sum(node);
        return bytes && {bytes, most: (root ?? bytes).reduce((most, each) => Math.max(most, each), 0)};
      },
    };
  },
);
