import {findPairedFunctions, type PairedFunctions} from './paired-functions.js';
import type {Snapshot} from './snapshot.js';

/** Fewer functions may have other callers by chance. */
const LEAST_FUNCTIONS = 3;

/** Why a tree of two sides pairs little, though both have the same functions, in one line; empty where it does not. */
export function describeOtherCallers(heap: Omit<Snapshot, 'capture'>): readonly string[] {
  const paired = findPairedFunctions(heap, [], false);
  if (paired.count < LEAST_FUNCTIONS || isPairedInTree(paired)) return [];
  return [
    `most functions of both sides have other callers: a tree pairs rows from the root down; ${nameViews(paired)} pairs them`,
  ];
}

/** Whether a tree from the root shows at least half of what is paired in rows of both sides. */
export function isPairedInTree({count, inTree}: PairedFunctions): boolean {
  return 2 * inTree >= count;
}

/** The views that pair functions whatever calls them. */
export function nameViews({example}: PairedFunctions): string {
  return `a table (flat) or a tree of one of them (root:fn:=${example ?? 'NAME'})`;
}
