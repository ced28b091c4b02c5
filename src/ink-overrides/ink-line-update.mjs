// Ink's update of a line that has changed, in the bundle of the command line. Ink writes it anew from the first change on; here only the
// cells that differ are written, with no more colour codes than they need. What cells.mjs does not take goes to Ink's own.
import updateLine from '../../node_modules/ink/build/line-update.js';
import {blankLooks, createCells, getTurn, PLAIN, readCells, SPACE} from './cells.mjs';

/** Up to so many cells between two changes are written again: a move of the cursor takes no fewer bytes. */
const SHORT_GAP = 4;

const before = createCells();
const after = createCells();

/** Bytes that make one line of the screen another. The looks at the line's ends are plain. */
export default function getUpdate(previous, next, columns) {
  const isKnown = columns >= 1 && readCells(previous, before) && readCells(next, after);
  if (!isKnown || before.length > columns || after.length > columns) {
    return updateLine(previous, next, columns);
  }
  // What is not there is blank.
  before.codes.fill(SPACE, before.length, after.length);
  before.looks.fill(PLAIN, before.length, after.length);
  return writeChanges(before.length > after.length);
}

function writeChanges(isShorter) {
  const {codes, looks: its, length} = after;
  let bytes = '';
  let look = PLAIN;
  /** Where the cursor is; −1 in the beginning, when only its line is known. */
  let cursor = -1;
  for (let column = 0; column < length; column++) {
    const code = codes[column];
    if (code === 0 || (code === before.codes[column] && its[column] === before.looks[column])) continue;
    if (cursor !== column) {
      const gap = readGap(cursor, column, look);
      bytes += gap ?? moveCursor(cursor, column);
    }
    if (code !== SPACE || blankLooks[look] !== its[column]) {
      bytes += getTurn(look, its[column]);
      look = its[column];
    }
    bytes += String.fromCodePoint(code);
    cursor = column + (codes[column + 1] === 0 && column + 1 < length ? 2 : 1);
  }
  if (isShorter)
    bytes += `${getTurn(look, PLAIN)}${cursor === length ? '' : moveCursor(cursor, length)}\u001b[K`;
  else bytes += getTurn(look, PLAIN);
  return bytes;
}

/** The unchanged cells between the cursor and the next change, if they are few and look as what was written last; else null. */
function readGap(cursor, column, look) {
  if (cursor < 0 || column - cursor > SHORT_GAP) return null;
  let text = '';
  for (let at = cursor; at < column; at++) {
    const code = after.codes[at];
    const isSame = after.looks[at] === (code === SPACE ? blankLooks[look] : look);
    if (!isSame || code < SPACE || code > 0x7e) return null;
    text += String.fromCharCode(code);
  }
  return text;
}

function moveCursor(from, to) {
  return from < 0 ? `\u001b[${to + 1}G` : `\u001b[${to - from}C`;
}
