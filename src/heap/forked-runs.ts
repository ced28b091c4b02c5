import {hasBase, listSide} from './compared-sides.js';
import {getRunFile, isForkedFile} from './process-label.js';
import type {CapturePart} from './snapshot.js';

/**
 * Which captures of one side are processes of one run (`memray run --follow-fork`), though each is compared by itself;
 * at most one line. Without a base the children of one process may well be compared with one another, but hardly with
 * the process itself.
 */
export function describeForkedRuns(parts: readonly CapturePart[]): readonly string[] {
  if (hasBase(parts)) {
    const runs = [true, false].flatMap(isBase => listForkedRuns(listSide(parts, isBase)));
    return describe(runs, 'each counts as a run; --merge adds up the captures of each side');
  }
  const runs = listForkedRuns(parts).filter(run => run.some(part => !isForked(part)));
  return describe(runs, 'each counts as a run; without --compare they are one tree');
}

function describe([run, ...others]: readonly Run[], effect: string): readonly string[] {
  if (run === undefined) return [];
  const more = others.length === 0 ? '' : `, as others are of ${others.length} more`;
  return [`${joinNames(run)} are processes of one run${more}: ${effect}`];
}

type Run = readonly CapturePart[];

/** The captures that are not the only one of their run. */
function listForkedRuns(side: readonly CapturePart[]): readonly Run[] {
  const runs = new Map<string, CapturePart[]>();
  for (const part of side) {
    if (part.capture === null) continue;
    const {commandLine, pid} = part.capture;
    // The same name may have been used for another program before.
    const key = JSON.stringify([getRunFile(part.name, pid), commandLine]);
    runs.set(key, [...(runs.get(key) ?? []), part]);
  }
  return [...runs.values()].filter(run => run.length > 1 && run.some(isForked));
}

function isForked({name, capture}: CapturePart): boolean {
  return capture !== null && isForkedFile(name, capture.pid);
}

function joinNames(run: Run): string {
  const [first, second] = run.map(({name}) => name);
  return run.length === 2 ? `${first} and ${second}` : `${first}, ${second} and ${run.length - 2} more`;
}
