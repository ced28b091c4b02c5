import {type Safe, sanitize} from '../format/sanitize.js';
import {formatKept, isPlainView, listCrumbs} from '../query/crumbs.js';
import type {TreeState} from './state.js';

/** The line above the tree. */
export interface CrumbLine {
  readonly crumbs: readonly Safe[];
  /** `412.000MB of 1.234GB (33.40 %)` */
  readonly amount: Safe;
}

/** Whether there is such a line: as soon as there is a step besides the plain view. */
export function hasCrumbs({query, shown}: Pick<TreeState, 'query' | 'shown'>): boolean {
  return shown !== null && !isPlainView(query);
}

const lines = new WeakMap<NonNullable<TreeState['shown']>, CrumbLine>();

export function selectCrumbs(state: Pick<TreeState, 'query' | 'shown'>): CrumbLine | null {
  const {query, shown} = state;
  if (shown === null || !hasCrumbs(state)) return null;
  let line = lines.get(shown);
  if (line === undefined) {
    const crumbs = listCrumbs(query).map(crumb => sanitize(crumb));
    line = {crumbs, amount: sanitize(formatKept(shown))};
    lines.set(shown, line);
  }
  return line;
}
