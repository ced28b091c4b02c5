import {hasBase} from '../heap/compared-sides.js';
import type {Snapshot} from '../heap/snapshot.js';
import {nameUnlike} from '../heap/unlike-recordings.js';
import type {TreeQuery} from './tree-query.js';

/** What has to be said of a view of captures that are compared, one line each. */
export function listSideRemarks(snapshot: Snapshot, query: TreeQuery): readonly string[] {
  return [...describeLines(snapshot, query), ...describeNative(snapshot, query)];
}

function describeLines({runs = []}: Snapshot, {shape}: TreeQuery): readonly string[] {
  if (shape.kind !== 'lines' || !hasBase(runs)) return [];
  return [
    'Lines are compared by their numbers: a line that has moved is gone and new, or takes the place of another',
  ];
}

/** Native frames lie between those of Python, so that no row below them has its like in a capture without. */
export function describeNative(
  {runs, frames, capture: {parts = []}}: Snapshot,
  {steps}: Pick<TreeQuery, 'steps'>,
): readonly string[] {
  if (runs === undefined || frames.native === undefined) return [];
  if (steps.some(({kind}) => kind === 'native:merge')) return [];
  const names = nameUnlike(parts, ({nativeTraces}) => nativeTraces);
  if (names === '') return [];
  return [
    `only ${names} recorded with --native: rows differ by the native frames; --python-only or the step native:merge leaves them out`,
  ];
}
