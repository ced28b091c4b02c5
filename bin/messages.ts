import type {Unfinished} from '../src/gate/gaps.js';
import {listSide} from '../src/heap/compared-sides.js';
import {explainMissingMoments} from '../src/heap/missing-moments.js';
import type {MomentFacts} from '../src/heap/moment.js';
import {
  type CaptureInfo,
  type CapturePart,
  listCaptures,
  type Snapshot,
  type View,
} from '../src/heap/snapshot.js';
import {describeFailure, formatDamage} from '../src/store/notices.js';
import type {CliOptions} from './cli-values.js';
import {nameInput} from './say.js';

export {describeFailure};

/** What has to be said of one capture. */
export interface Remark {
  readonly where: string;
  readonly message: string;
}

/**
 * What has to be said beside a result: what could not be read, damage, then remarks; at last options that had
 * no effect. One line each.
 */
export function describeEnd(
  snapshot: Snapshot,
  options: Pick<CliOptions, 'results' | 'json' | 'hideImportSystem' | 'hideUninteresting'>,
): readonly Remark[] {
  const {capture} = snapshot;
  const parts = listParts(snapshot, options.results);
  const remarks = parts.flatMap(part => {
    const messages = part.capture === null ? [] : describeCapture(part.capture);
    if (part.failure !== null) messages.push(describeFailure(part.failure));
    return messages.map(message => ({where: part.name, message}));
  });
  // What several captures have together is of none of them.
  const together = capture.parts === undefined ? [] : capture.notes.map(message => ({where: '', message}));
  return [...remarks, ...together, ...(options.json ? describeUnusedFilters(options) : [])];
}

/** What could not be read, in one line; null where everything was. */
export function describeMissing(snapshot: Snapshot, results: string): string | null {
  const missing = listParts(snapshot, results).flatMap(({name, capture: part, failure, moments: found}) => [
    ...(part === null || part.damage === null ? [] : [`${nameInput(name)}: ${formatDamage(part.damage)}`]),
    ...(failure === null ? [] : [`${nameInput(name)}: ${describeFailure(failure)}`]),
    ...listMissingMoments(snapshot.view, part, found).map(reason => `${nameInput(name)} ${reason}`),
  ]);
  return missing.length === 0 ? null : missing.join('; ');
}

function listMissingMoments(
  view: View,
  capture: CaptureInfo | null,
  found: readonly MomentFacts[] | undefined,
): readonly string[] {
  const reason = capture && explainMissingMoments(view, capture, found);
  return reason === null ? [] : [reason];
}

/** The captures that end without an end mark and without damage: their processes were killed, say. */
export function listUnfinished(snapshot: Snapshot, results: string): Unfinished {
  const unfinished = listParts(snapshot, results).filter(
    part => part.capture !== null && !part.capture.finished && part.capture.damage === null,
  );
  const pick = (isBase: boolean) => listSide(unfinished, isBase).map(({name}) => nameInput(name));
  return {captures: pick(false), bases: pick(true)};
}

function listParts(
  {capture, moments}: Snapshot,
  name: string,
): readonly Omit<CapturePart, 'heldLocations'>[] {
  if (capture.parts !== undefined) return listCaptures(capture.parts);
  return [{name, capture, failure: null, ...(moments && {moments})}];
}

/** JSON is for programs, filters are for eyes. */
function describeUnusedFilters({
  hideImportSystem,
  hideUninteresting,
}: Pick<CliOptions, 'hideImportSystem' | 'hideUninteresting'>): Remark[] {
  const message = 'has no effect on JSON, which always holds the whole tree';
  return [
    ...(hideImportSystem ? [{where: '--hide-import-system', message}] : []),
    ...(hideUninteresting ? [] : [{where: '--show-uninteresting', message}]),
  ];
}

function describeCapture({damage, notes}: CaptureInfo): string[] {
  return [...(damage === null ? [] : [formatDamage(damage)]), ...notes];
}
