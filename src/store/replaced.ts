import {type CaptureInfo, listCaptures, type Snapshot} from '../heap/snapshot.js';
import type {FactsChange} from './apply-change.js';
import type {TreeState} from './state.js';

/** What is known once a result comes of what was read before: the files that hold other recordings now. */
export function noteReplaced(
  {name, readName, capture, replaced}: Pick<TreeState, 'name' | 'readName' | 'capture' | 'replaced'>,
  snapshot: Snapshot,
): FactsChange {
  if (capture === null || name === '' || readName !== name) return {readName: name, replaced: []};
  const others = listReplaced(capture, snapshot.capture, name);
  // What was held at moments of the other recording is not known of this one.
  return others.length > 0 ? {readName: name, replaced: others, history: null} : {readName: name, replaced};
}

export function describeReplaced(names: readonly string[]): string {
  const [first, ...more] = names;
  const files = more.length === 0 ? `${first} was` : `${first} and ${more.length} more were`;
  return `${files} replaced: the recording is another one than was shown before`;
}

function listReplaced(before: CaptureInfo, after: CaptureInfo, name: string): readonly string[] {
  if (after.parts === undefined) return isSameRun(before, after) ? [] : [name];
  const former = listCaptures(before.parts ?? []);
  return listCaptures(after.parts).flatMap((part, index) => {
    const other = former[index];
    const isKnown = other?.name === part.name && other.capture !== null && part.capture !== null;
    return isKnown && !isSameRun(other.capture, part.capture) ? [part.name] : [];
  });
}

/** Whether two readings are of one run, by what is written at its start: it may have more records by now. */
function isSameRun(a: CaptureInfo, b: CaptureInfo): boolean {
  return a.pid === b.pid && a.startTimeMs === b.startTimeMs && a.commandLine === b.commandLine;
}
