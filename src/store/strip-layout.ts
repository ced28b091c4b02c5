import {SIZE_CELLS} from '../timeline/axis.js';
import type {TreeState} from './state.js';

/** The rows of the time strip: a line that says what is chosen, the drawing, the marks and the axis. */
export interface StripRows {
  readonly drawing: number;
  /** 0 where there is no room for the labels. */
  readonly axis: number;
}

/** From so many rows of the screen on: how many the drawing has. */
const DRAWING_ROWS = [
  [50, 8],
  [36, 5],
  [24, 2],
  [12, 1],
] as const;
const MIN_ROWS_WITH_AXIS = 24;

/** Null where the screen is too low for the strip. */
export function computeStripRows(screenRows: number): StripRows | null {
  const found = DRAWING_ROWS.find(([least]) => screenRows >= least);
  return found === undefined ? null : {drawing: found[1], axis: Number(screenRows >= MIN_ROWS_WITH_AXIS)};
}

/** Whether the strip is open, with something to show in it and room for it. */
export function isStripShown({
  strip,
  timeline,
  screen,
}: Pick<TreeState, 'strip' | 'timeline' | 'screen'>): boolean {
  const hasRoom = screen.rows === 0 || computeStripRows(screen.rows) !== null;
  return strip.isOpen && timeline !== null && hasRoom;
}

/** The rows of the whole strip; 0 where it is not shown. */
export function countStripRows(
  {strip, timeline}: Pick<TreeState, 'strip' | 'timeline'>,
  screenRows: number,
): number {
  const rows = strip.isOpen && timeline !== null ? computeStripRows(screenRows) : null;
  return rows === null ? 0 : 1 + rows.drawing + 1 + rows.axis;
}

/** Cells of a screen of unknown size. */
const USUAL_COLUMNS = 80;

/** How many columns a drawing as wide as the screen has, also where it is not shown: keys step from one to the next. */
export function countDrawnColumns({screen}: Pick<TreeState, 'screen'>): number {
  return Math.max(1, (screen.columns > 0 ? screen.columns : USUAL_COLUMNS) - SIZE_CELLS);
}
