import type {Damage} from '../capture/damage.js';
import {type Safe, sanitize} from '../format/sanitize.js';
import {describeUnexpectedError} from '../format/unexpected-error.js';
import {countHeld} from '../heap/cut-snapshot.js';
import {type CapturePart, countProcesses, listCaptures} from '../heap/snapshot.js';
import {lacksReading} from '../query/needs.js';
import {listTargetRemarks} from '../query/show-snapshot.js';
import {countNeeded, isCutFirst, isTable} from '../query/tree-query.js';
import {describeUndecided} from '../tree/undecided-text.js';
import {describeReplaced} from './replaced.js';
import {selectSnapshot} from './shown-snapshot.js';
import type {TreeState} from './state.js';

/** A line that must not be missed. */
export interface NoticeLine {
  readonly kind: 'error' | 'damage' | 'note';
  readonly text: Safe;
}

/** Why a capture cannot be shown, in one line. */
export function describeFailure({code, message}: NonNullable<TreeState['failure']>): string {
  return code === 'internal' ? describeUnexpectedError(message) : message;
}

/** What is wrong with a capture, in one line, and what is shown. */
export function formatDamage({code, recordIndex, message, ...position}: Damage): Safe {
  const isExact = code === 'cut' || code === 'too-large' || code === 'read-error';
  const at = position.isUpperBound && !isExact ? 'at or before' : 'at';
  const unit = position.isUnpacked ? ' of the unpacked data' : '';
  const where = `${at} byte ${position.byteOffset}${unit} (record ${recordIndex})`;
  const reason = message.replace(/\.$/, '');
  if (code === 'cut') return sanitize(`Capture is cut off ${where}. Shown: everything before it.`);
  if (code === 'too-large' || code === 'read-error') {
    return sanitize(`${reason}; reading stopped ${where}. Shown: everything before it.`);
  }
  const isPacked = code === 'gzip' || code === 'zstd';
  const sound = position.isUpperBound ? 'everything that could be read' : 'everything before it';
  const shown = isPacked ? 'everything that could be unpacked' : sound;
  return sanitize(`Capture is damaged ${where}: ${reason}. Shown: ${shown}.`);
}

/** What a load that has not begun waits for; undefined where it waits for nothing. */
export function getWaitingFor({
  progress,
  status,
}: Pick<TreeState, 'progress' | 'status'>): string | undefined {
  return status === 'reading' ? progress?.waitingFor : undefined;
}

/** Whether a view is made of fewer locations than it needs: of a capture with native frames not all are loaded at first. */
export function lacksLocations({
  query,
  status,
  ...snapshots
}: Pick<TreeState, 'snapshot' | 'run' | 'query' | 'status'>): boolean {
  const snapshot = selectSnapshot(snapshots, query);
  if (status !== 'done' || snapshot === null || lacksReading(snapshot, query)) return false;
  const {biggest, shape} = query;
  // A store that is told to show all of what it is given lacks nothing of it.
  const isAllOfTree = biggest === Infinity && !isTable(shape) && isCutFirst(query);
  return !isAllOfTree && countHeld(snapshot) < countNeeded(query);
}

/** What notices are made of. */
export type NoticeFacts = Pick<
  TreeState,
  | 'failure'
  | 'capture'
  | 'name'
  | 'progress'
  | 'status'
  | 'save'
  | 'remarks'
  | 'replaced'
  | 'snapshot'
  | 'run'
  | 'query'
  | 'shown'
>;

/**
 * The lines above the status line: a failure, the damage, remarks about the capture. Most important first.
 */
export function selectNotices({
  failure,
  capture,
  name,
  progress,
  status,
  save,
  remarks,
  replaced,
  snapshot,
  run,
  query,
  shown,
}: NoticeFacts): readonly NoticeLine[] {
  const lines: NoticeLine[] = [];
  const waitingFor = getWaitingFor({progress, status});
  if (waitingFor !== undefined) lines.push(toNotice('note', '', waitingFor));
  if (failure !== null) lines.push(toNotice('error', name, describeFailure(failure)));
  if (save !== null && save.failure !== null) lines.push(toNotice('error', save.path ?? '', save.failure));
  if (replaced.length > 0) lines.push(toNotice('note', '', describeReplaced(replaced)));
  for (const remark of remarks) lines.push(toNotice('note', '', remark));
  if (snapshot !== null && lacksLocations({snapshot, run, query, status})) {
    const each = countProcesses(snapshot.capture) > 0 ? ' of each capture' : '';
    const text = `This view shows only the ${countHeld(snapshot)} largest locations${each}; the others are not loaded`;
    lines.push(toNotice('note', '', text));
  }
  for (const remark of listShownRemarks({shown, status})) lines.push(toNotice('note', '', remark));
  if (capture === null) return lines;
  const parts = capture.parts === undefined ? [{name: '', capture}] : listCaptures(capture.parts);
  for (const part of capture.parts === undefined ? [] : listCaptures(capture.parts)) {
    if (part.failure !== null) lines.push(toNotice('error', part.name, describeFailure(part.failure)));
  }
  for (const part of parts) {
    if (part.capture?.damage) lines.push(toNotice('damage', part.name, formatDamage(part.capture.damage)));
  }
  for (const [note, names] of groupNotes(parts)) lines.push(toNotice('note', joinNames(names), note));
  // What several captures have together is of none of them.
  if (capture.parts !== undefined) for (const note of capture.notes) lines.push(toNotice('note', '', note));
  return lines;
}

/** What has to be said of the steps and their tree. What is not there yet may come while a capture is read: see the crumbs. */
export function listShownRemarks({shown, status}: Pick<TreeState, 'shown' | 'status'>): readonly string[] {
  if (shown === null) return [];
  if (status === 'reading') return shown.remarks;
  const {compared} = shown.tree;
  const undecided = compared === undefined ? '' : describeUndecided(compared);
  return [...listTargetRemarks(shown), ...shown.remarks, ...(undecided === '' ? [] : [undecided])];
}

/** Each note with the captures that it is about: all children of a pool may have ended in the same way. */
function groupNotes(parts: readonly Pick<CapturePart, 'name' | 'capture'>[]): Map<string, string[]> {
  const namesOf = new Map<string, string[]>();
  for (const {name, capture} of parts) {
    for (const note of capture?.notes ?? []) namesOf.set(note, [...(namesOf.get(note) ?? []), name]);
  }
  return namesOf;
}

function joinNames(names: readonly string[]): string {
  const [first = '', ...more] = names;
  return more.length > 1 ? `${first} and ${more.length} more` : names.join(', ');
}

/** `name`: of the capture, where that has to be said. */
function toNotice(kind: NoticeLine['kind'], name: string, text: string): NoticeLine {
  return {kind, text: sanitize(name === '' ? text : `${name}: ${text}`)};
}
