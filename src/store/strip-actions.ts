import {isAggregated} from '../heap/check-aggregated.js';
import type {View} from '../heap/snapshot.js';
import type {Timeline} from '../heap/timeline.js';
import {getColumnMoment, stepMoment} from '../timeline/column-moments.js';
import {type KeptMoments, listKeptMoments} from '../timeline/kept-moments.js';
import {findHighestRss} from '../timeline/locate.js';
import {listRises, type Rise} from '../timeline/rises.js';
import type {Scale} from '../timeline/scale.js';
import {applyChange} from './apply-change.js';
import type {Outcome} from './command.js';
import {isComparing} from './comparison.js';
import {getExpectedView} from './expected-view.js';
import {isEmbedded} from './is-embedded.js';
import {NOT_YET} from './key-note.js';
import type {TreeState} from './state.js';
import {computeStripRows, countDrawnColumns} from './strip-layout.js';
import {
  type ChosenPart,
  getChosenPart,
  getDrawing,
  getPeakRecords,
  selectMoment,
  selectRange,
} from './strip-selection.js';
import type {StripState} from './ui-state.js';
import {explainNoSelection, selectView} from './view-actions.js';

type Step = 1 | -1;

/** Why there is no course of the run to show; null where there is. */
function explainNoTimeline({timeline, capture, status, snapshot}: TreeState): string | null {
  if (timeline !== null) {
    const hasSizes = timeline.cells.length > 0 || timeline.hasRecords === false;
    return hasSizes ? null : 'Nothing was allocated: there is no moment';
  }
  if (capture === null && status !== 'reading') return 'There is no capture';
  if (capture !== null && isAggregated(capture))
    return 'Recorded with --aggregate: the course of the run is not known';
  if (isComparing({snapshot}) || (capture?.parts?.length ?? 0) > 1)
    return 'Not available for several captures';
  return status === 'reading' ? NOT_YET.course : 'The course of this run was not read';
}

/** Why no other moment can be shown; null where one can. */
export function explainNoMoment(state: TreeState): string | null {
  // The start of the run is always kept: what cannot be shown of it cannot be shown of any moment.
  return explainNoCells(state) ?? explainNoSelection(state, selectMoment(0));
}

function explainNoCells(state: TreeState): string | null {
  const hasSizesOnly = state.timeline?.hasRecords === false;
  return (
    explainNoTimeline(state) ?? (hasSizesOnly ? 'Recorded with --aggregate: there are no moments' : null)
  );
}

/** Why no range can be shown, which always takes another reading; null where one can. */
function explainNoRange(state: TreeState): string | null {
  return explainNoCells(state) ?? explainNoSelection(state, selectRange(0, 1, 'grown'));
}

export function explainNoStrip(state: TreeState): string | null {
  if (isEmbedded(state)) return 'This app does not show the course of the run';
  const isTooLow = state.screen.rows > 0 && computeStripRows(state.screen.rows) === null;
  return explainNoTimeline(state) ?? (isTooLow ? 'The screen is too low for the time strip' : null);
}

/** Opens the strip with the keys on it, or closes it. */
export function toggleStrip(state: TreeState): TreeState {
  if (state.strip.isOpen) return changeStrip(leaveStrip(state), {isOpen: false});
  return explainNoStrip(state) === null
    ? applyChange(changeStrip(state, {isOpen: true}), {focus: 'strip'})
    : state;
}

/** The keys are those of the tree again. */
export function leaveStrip(state: TreeState): TreeState {
  return state.focus === 'strip' ? applyChange(state, {focus: 'tree'}) : state;
}

/** What the actions need of the run. */
interface Course {
  readonly timeline: Timeline;
  readonly kept: KeptMoments;
  readonly scale: Scale;
  readonly chosen: ChosenPart;
}

/** Null where no moment can be shown. */
function getCourse(state: TreeState): Course | null {
  const {timeline} = state;
  if (timeline === null || explainNoMoment(state) !== null) return null;
  const {scale} = getDrawing(timeline, countDrawnColumns(state));
  const peak = getPeakRecords(state, timeline);
  const chosen = getChosenPart(state) ?? {from: peak, to: peak};
  return {timeline, kept: listKeptMoments(timeline.cells), scale, chosen};
}

/** Chooses the moment of the next column, or of the one before. */
export function stepInTime(state: TreeState, step: Step): Outcome {
  const course = getCourse(state);
  if (course === null) return sayNoMoment(state);
  const next = findStep(course, step === 1 ? course.chosen.to : course.chosen.from, step);
  return next === null ? say(state, explainEnd(step)) : choose(state, selectMoment(next), true);
}

/** The first kept moment, or the last one. */
export function goToEnd(state: TreeState, end: 'first' | 'last'): Outcome {
  const course = getCourse(state);
  if (course === null) return sayNoMoment(state);
  return choose(state, selectMoment(course.kept.records.at(end === 'first' ? 0 : -1)!), true);
}

/** Makes the chosen moment a range, or moves the end of the range that is not the anchor. */
export function extendRange(state: TreeState, step: Step): Outcome {
  const course = getCourse(state);
  if (course === null) return sayNoMoment(state);
  const {from, to} = course.chosen;
  const anchor = state.strip.anchor === to ? to : from;
  const next = findStep(course, anchor === to ? from : to, step);
  if (next === null) return say(state, explainEnd(step));
  return choose(changeStrip(state, {anchor}), selectRange(anchor, next, state.strip.rangeOf), true);
}

/** The chosen range shows the highest state in it, or what has grown in it. */
export function switchRange(state: TreeState): Outcome {
  const rangeOf = state.strip.rangeOf === 'peak' ? 'grown' : 'peak';
  if (explainNoCells(state) !== null) return sayNoMoment(state);
  const switched = changeStrip(state, {rangeOf});
  const select = getExpectedView(state);
  if (select.kind === 'range') {
    const of = select.of === 'peak' ? 'grown' : 'peak';
    return choose(changeStrip(state, {rangeOf: of}), {...select, of});
  }
  return say(
    switched,
    rangeOf === 'grown' ? 'Ranges show what has grown in them' : 'Ranges show the highest state in them',
  );
}

function sayNoMoment(state: TreeState): Outcome {
  const reason = explainNoMoment(state);
  return reason === null ? {} : say(state, reason);
}

/** The peak of the heap, exactly. */
export function goToPeak(state: TreeState): Outcome {
  return explainNoPeak(state) === null ? choose(state, {kind: 'peak'}) : {};
}

export function explainNoPeak(state: TreeState): string | null {
  if (getExpectedView(state).kind === 'peak') return 'The peak is shown already';
  return explainNoSelection(state, {kind: 'peak'});
}

/** The memory record with the highest resident memory. */
export function goToHighestRss(state: TreeState): Outcome {
  const course = getCourse(state);
  if (course === null || explainNoRss(state) !== null) return {};
  const record = course.timeline.points.record[findHighestRss(course.timeline)]!;
  return choose(state, {kind: 'moment', at: {kind: 'record', record}});
}

export function explainNoRss(state: TreeState): string | null {
  const reason = explainNoMoment(state);
  if (reason !== null || state.timeline === null) return reason;
  return findHighestRss(state.timeline) < 0 ? 'No resident memory was recorded' : null;
}

/** What has grown in the greatest rise of the heap; after that in the next smaller one, or in the next greater one. */
export function goToRise(state: TreeState, step: Step): Outcome {
  const rise = findRise(state, step);
  if (rise === null) return {};
  return choose(state, selectRange(rise.from, rise.to, 'grown'));
}

export function explainNoRise(state: TreeState, step: Step): string | null {
  const reason = explainNoRange(state);
  if (reason !== null || findRise(state, step) !== null) return reason;
  if (state.timeline !== null && listRises(state.timeline.cells).length === 0)
    return 'The heap does not rise';
  return step === 1 ? 'This is the smallest rise' : 'This is the greatest rise';
}

/** From elsewhere the greatest one. */
function findRise(state: TreeState, step: Step): Rise | null {
  const {timeline} = state;
  if (timeline === null) return null;
  const select = getExpectedView(state);
  const chosen = select.kind === 'range' && select.of === 'grown' ? getChosenPart(state) : null;
  const rises = listRises(timeline.cells);
  const index = rises.findIndex(rise => rise.from === chosen?.from && rise.to === chosen.to);
  return rises[index < 0 ? 0 : index + step] ?? null;
}

/** A press of the mouse in a column of the drawing chooses its moment. */
export function pressInStrip(state: TreeState, column: number): Outcome {
  const focused = applyChange(state, {focus: 'strip', crumb: null});
  const course = getCourse(state);
  if (course === null) return {state: focused, ...sayNoMoment(focused)};
  const pressedAt = getMomentAt(course, column);
  return choose(changeStrip(focused, {pressedAt, anchor: pressedAt}), selectMoment(pressedAt));
}

/** Its release in another one chooses the range between them. */
export function releaseInStrip(state: TreeState, column: number): Outcome {
  const {pressedAt, rangeOf} = state.strip;
  if (pressedAt === null) return {};
  const released = changeStrip(state, {pressedAt: null});
  const course = getCourse(state);
  if (course === null) return {state: released};
  return choose(released, selectRange(pressedAt, getMomentAt(course, column), rangeOf), true);
}

function getMomentAt({kept, scale}: Course, column: number): number {
  return kept.records[getColumnMoment(kept, scale, Math.max(0, Math.min(column, scale.width - 1)))]!;
}

function findStep({kept, scale}: Course, records: number, step: Step): number | null {
  const moment = stepMoment(kept, scale, records, step);
  return moment < 0 ? null : kept.records[moment]!;
}

/** The new selection, or why it cannot be shown; where it is the same, only what the state says besides. */
function choose(state: TreeState, select: View, isContinued = false): Outcome {
  const reason = explainNoSelection(state, select);
  return reason === null ? {state, ...selectView(state, select, isContinued)} : say(state, reason);
}

function say(state: TreeState, keyNote: string): Outcome {
  return {state: applyChange(state, {keyNote})};
}

function explainEnd(step: Step): string {
  return step === 1 ? 'There is no later moment' : 'There is no earlier moment';
}

function changeStrip(state: TreeState, change: Partial<StripState>): TreeState {
  return applyChange(state, {strip: {...state.strip, ...change}});
}
