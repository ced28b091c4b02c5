import {OWN_GUIDE_CELLS} from './row-columns.js';

/** What each level adds to the left of a row: a guide and a space. */
export const LEVEL_CELLS = 2;
/** Of the mark that stands for levels that are left out. */
const MARK_CELLS = 1;

/** What one row needs and has. */
export interface RowRoom {
  /** Levels that the row is indented by. */
  readonly indent: number;
  /** Cells that its guides may take, so that function and place can be read. */
  readonly guideRoom: number;
}

/**
 * Which levels have a column in the rows in sight. It is the same for all of them, so that the column of a
 * row shows its level: siblings stand in one column, and children to the right of their parents.
 * ```
 * level   1 2 3 4 5      firstLevel 1, lastLevel 3
 *         ‹▾             levels 1 to firstLevel: the mark stands in place of the branch
 *         ‹├▾
 *         ‹│ └▾          up to lastLevel: all levels but the first ones
 *         ‹│ …└▾         beyond it: the mark stands in place of the inner levels
 * ```
 */
export interface LevelWindow {
  /** How many of the outer levels are shifted out. */
  readonly firstLevel: number;
  /** The innermost level that has a column of its own; Infinity where all have one. */
  readonly lastLevel: number;
  /** Whether rows beyond `lastLevel` have a cell for their own branch after the mark. */
  readonly hasInnerBranch: boolean;
}

/**
 * How many levels fit into the guides of a row; the last of them is its own. One does where nothing is
 * shifted out: in panes of a few cells it is cut.
 */
function countLevels(guideRoom: number, isShifted: boolean): number {
  const available = guideRoom - (isShifted ? MARK_CELLS : 0) - OWN_GUIDE_CELLS;
  return Math.max(isShifted ? 0 : 1, Math.floor(available / LEVEL_CELLS) + 1);
}

/** The smallest shift with which all rows up to a level show that level. */
function getLeastShift(rows: readonly RowRoom[], level: number): number {
  let shift = 0;
  let fitsUnshifted = true;
  for (const {indent, guideRoom} of rows) {
    const shown = Math.min(indent, level);
    if (shown > countLevels(guideRoom, false)) fitsUnshifted = false;
    shift = Math.max(shift, shown - countLevels(guideRoom, true));
  }
  return fitsUnshifted ? 0 : Math.max(1, shift);
}

/**
 * Chooses the levels that are shown. They are shifted as far as the rows in sight need, but without hiding
 * the branch of any of them; beyond that only as far as the selected row needs.
 * @param selectedIndent of the selected row; 0 where it is not in sight
 */
export function computeLevelWindow(rows: readonly RowRoom[], selectedIndent: number): LevelWindow {
  const outermost = rows.reduce(
    (least, {indent}) => (indent > 0 ? Math.min(least, indent) : least),
    Infinity,
  );
  const firstLevel = Math.max(
    getLeastShift(rows, selectedIndent),
    Math.min(getLeastShift(rows, Infinity), outermost - 1),
  );
  const isShifted = firstLevel > 0;
  let levels = Infinity;
  for (const {indent, guideRoom} of rows) {
    const fitting = countLevels(guideRoom, isShifted);
    if (indent - firstLevel > fitting) levels = Math.min(levels, fitting);
  }
  const lastLevel = firstLevel + levels;
  const cells = (isShifted ? MARK_CELLS : 0) + (levels - 1) * LEVEL_CELLS + MARK_CELLS + OWN_GUIDE_CELLS;
  const hasInnerBranch =
    levels > 0 && rows.every(({indent, guideRoom}) => indent <= lastLevel || guideRoom >= cells);
  return {firstLevel, lastLevel, hasInnerBranch};
}
