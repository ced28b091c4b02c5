import {cellWidth, sliceCells} from '../src/format/cells.js';
import {joinSafe, type Safe, trusted} from '../src/format/sanitize.js';

/**
 * A ruler is a text that is at least as wide as a row, and any two neighbouring characters of it say where they
 * stand. Ink cuts and clips it as it would the row, so what is left of it says which cells of the row are in sight.
 * Only where a single cell is left of more than 89 cells, it may be taken for another one.
 */
const rulers = new Map<number, string>();
const MAX_RULERS = 50;

/** A prime number of printable ASCII characters without blanks. */
const FIRST_CHARACTER = 0x21;
const CHARACTERS = 89;
/** Beyond it, pairs would come again. */
const MAX_CELLS = CHARACTERS * (CHARACTERS - 1);

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const SGR = /\u001b\[[\d;]*m/g;
/** Ink puts marks before the colours that they follow. All other controls are for Ink to remove. */
const NEEDS_CARE = /[\p{M}\p{Cc}]/u;

/** Rulers are of few lengths: texts of one length are measured once, and rows that change keep theirs. */
const STEP_CELLS = 32;

/**
 * The ruler of a row: as wide as what is in the row, or somewhat wider, and no wider than its pane. Empty where Ink
 * would not paint the row as it is: where the row takes no line or does not fit, or has characters that Ink changes.
 */
export function getRuler(text: Safe, paneCells: number): string {
  const shown = text.replace(SGR, '');
  const cells = cellWidth(shown);
  if (cells === 0 || cells > Math.min(paneCells, MAX_CELLS) || NEEDS_CARE.test(shown)) return '';
  const width = Math.min(paneCells, MAX_CELLS, Math.ceil(cells / STEP_CELLS) * STEP_CELLS);
  let ruler = rulers.get(width);
  if (ruler === undefined) {
    if (rulers.size >= MAX_RULERS) rulers.clear();
    ruler = drawRuler(width);
    rulers.set(width, ruler);
  }
  return ruler;
}

/** Round after round through all characters, each round with longer steps than the one before. */
function drawRuler(width: number): string {
  const codes: number[] = [];
  let character = 0;
  for (let cell = 0; cell < width; cell++) {
    codes.push(FIRST_CHARACTER + character);
    character = (character + 1 + Math.floor(cell / CHARACTERS)) % CHARACTERS;
  }
  return String.fromCharCode(...codes);
}

/** What Ink puts at the end of a text that it cuts. */
const ELLIPSIS = trusted('…');

/**
 * The part of a row that Ink shows.
 * @param line what Ink has left of the ruler
 */
export function showThroughRuler(text: Safe, ruler: string, line: string): Safe {
  if (line === ruler) return text;
  const isCut = line.endsWith(ELLIPSIS);
  const cells = isCut ? line.slice(0, -1) : line;
  const from = Math.max(0, ruler.indexOf(cells));
  const shown = trusted(text.replace(SGR, ''));
  const to = from + line.length;
  if (!isCut || cellWidth(shown) <= to) return sliceRow(text, from, to);
  const last = to - 1;
  // Half of a wide character is left out before an ellipsis.
  const isHalf = !shown.startsWith(sliceCells(shown, 0, last));
  return sliceRow(text, from, isHalf ? last - 1 : last, ELLIPSIS);
}

/** Some cells of a painted row, and what follows the last one in its colours. */
function sliceRow(text: Safe, from: number, to: number, end: Safe = trusted('')): Safe {
  const parts: Safe[] = [];
  let column = 0;
  let isOpen = true;
  for (const piece of splitColours(text)) {
    if (piece.isColour) {
      parts.push(piece.text);
      continue;
    }
    const next = column + cellWidth(piece.text);
    parts.push(sliceCells(piece.text, Math.max(0, from - column), Math.max(0, to - column)));
    if (isOpen && next >= to) {
      parts.push(end);
      isOpen = false;
    }
    column = next;
  }
  return joinSafe(...parts);
}

interface Piece {
  readonly text: Safe;
  readonly isColour: boolean;
}

function splitColours(text: Safe): readonly Piece[] {
  const colours = Array.from(text.matchAll(SGR), match => trusted(match[0]));
  const texts = text.split(SGR).map(trusted);
  return texts.flatMap((piece, index) => [
    {text: piece, isColour: false},
    ...colours.slice(index, index + 1).map(colour => ({text: colour, isColour: true})),
  ]);
}
