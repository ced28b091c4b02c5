import {cellWidth, sliceCells, truncateCells} from '../src/format/cells.js';
import {type Safe, trusted} from '../src/format/sanitize.js';

/** What is typed keeps so many cells, whatever stands beside it. */
const LEAST_CELLS = 12;
/** What is said beside it is cut to no less. */
const LEAST_SAID_CELLS = 16;

/** The end of a text, which is where it is typed. */
function showEnd(text: Safe, room: number): Safe {
  const excess = Math.max(0, cellWidth(text) - room);
  return sliceCells(text, excess, excess + Math.max(0, room));
}

/** A text that is typed after a label, in so many cells: the label gives way where there is no room for both. */
export function fitLabel(
  label: Safe,
  text: Safe,
  width: number,
): {readonly label: Safe; readonly text: Safe} {
  const room = width - cellWidth(label);
  const hasRoom = room >= Math.min(LEAST_CELLS, cellWidth(text));
  return hasRoom ? {label, text: showEnd(text, room)} : {label: trusted(''), text: showEnd(text, width)};
}

/** A text that is typed, and as much as there is room for of what is said after it. */
export function fitSaid(
  text: Safe,
  said: Safe,
  width: number,
  ellipsis: string,
): {readonly text: Safe; readonly said: Safe} {
  const most = Math.max(width - cellWidth(said), width >> 1, Math.min(width, LEAST_CELLS));
  const kept = Math.min(cellWidth(text), most);
  const left = width - kept;
  // A number that is cut is another number.
  const isWhole = cellWidth(said) <= left || left >= LEAST_SAID_CELLS;
  return {text: showEnd(text, kept), said: isWhole ? truncateCells(said, left, ellipsis) : trusted('')};
}
