import {cellWidth} from '../format/cells.js';
import type {RowLabel} from '../tree/row-label.js';

/** The marker of the selected row and the one of a match. */
export const MARKER_CELLS = 2;
/** What each level adds to the left of a row: a guide, the sign for open or closed, and a space. */
export const LEVEL_CELLS = 3;
/** An icon. Emoji take two cells; the ASCII ones are as wide, so that nothing moves between the two. */
const ICON_CELLS = 2;

/** Where the label of a row begins, in cells right of the marker, before scrolling sideways. */
export function getLabelStart(depth: number): number {
  return depth * LEVEL_CELLS;
}

/** How many cells icon, size, percent and function take, and an ellipsis for the place: that may leave the pane. */
export function getCoreWidth({size, percent, function: name}: RowLabel): number {
  return ICON_CELLS + 1 + cellWidth(`${size} (${percent})`) + 1 + cellWidth(name) + 1;
}
