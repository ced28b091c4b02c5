// Replaces Ink's update of a changed line in the bundle of the command line. Ink rewrites the line from its
// first change on; this writes only the cells that differ, with no more color codes than necessary. Lines
// that cells.ts does not understand go to Ink's own update.
import {blankStyles, createCells, getTransition, PLAIN, readCells, SPACE} from './cells.js';
import {updateInkLine} from './originals.js';

/** Gaps of at most so many cells between two changes are rewritten: moving the cursor takes as many bytes. */
const SHORT_GAP = 4;

const before = createCells();
const after = createCells();

/** The bytes that turn one line of the screen into another. Both lines begin and end without a style. */
const getUpdate: typeof updateInkLine = (previous, next, columns) => {
  if (columns === undefined || !(columns >= 1) || !readCells(previous, before) || !readCells(next, after)) {
    return updateInkLine(previous, next, columns);
  }
  if (before.length > columns || after.length > columns) return updateInkLine(previous, next, columns);
  // Cells beyond the end are blank.
  before.codes.fill(SPACE, before.length, after.length);
  before.styles.fill(PLAIN, before.length, after.length);
  return writeChanges(before.length > after.length);
};

export default getUpdate;

function writeChanges(isShorter: boolean): string {
  const {codes, styles, length} = after;
  let bytes = '';
  let style = PLAIN;
  /** The cursor's column; −1 at first, when only its line is known. */
  let cursor = -1;
  for (let column = 0; column < length; column++) {
    const code = codes[column]!;
    if (code === 0 || (code === before.codes[column] && styles[column] === before.styles[column])) continue;
    if (cursor !== column) bytes += readGap(cursor, column, style) ?? moveCursor(cursor, column);
    if (code !== SPACE || blankStyles[style] !== styles[column]) {
      bytes += getTransition(style, styles[column]!);
      style = styles[column]!;
    }
    bytes += String.fromCodePoint(code);
    cursor = column + (codes[column + 1] === 0 && column + 1 < length ? 2 : 1);
  }
  bytes += getTransition(style, PLAIN);
  return isShorter ? `${bytes}${cursor === length ? '' : moveCursor(cursor, length)}\u001b[K` : bytes;
}

/**
 * The unchanged cells between the cursor and the next change if they are few and in the present style, else
 * null.
 */
function readGap(cursor: number, column: number, style: number): string | null {
  if (cursor < 0 || column - cursor > SHORT_GAP) return null;
  let text = '';
  for (let at = cursor; at < column; at++) {
    const code = after.codes[at]!;
    const isSame = after.styles[at] === (code === SPACE ? blankStyles[style] : style);
    if (!isSame || code < SPACE || code > 0x7e) return null;
    text += String.fromCharCode(code);
  }
  return text;
}

function moveCursor(from: number, to: number): string {
  return from < 0 ? `\u001b[${to + 1}G` : `\u001b[${to - from}C`;
}
