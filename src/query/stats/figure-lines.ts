import {cellWidth} from '../../format/cells.js';
import {type Safe, sanitize, trusted} from '../../format/sanitize.js';

/** What a piece of a line is, for its color. */
export type FigureRole = 'heading' | 'text' | 'quiet' | 'bar' | 'function' | 'place';

export interface FigurePiece {
  /** Of a bar as many characters as it has cells; whoever draws it has the glyph. */
  readonly text: Safe;
  readonly role: FigureRole;
}

/** A line of figures, the same in text and on the screen. Empty: a blank line. */
export type FigureLine = readonly FigurePiece[];

/** A cell of an aligned block; numbers stand at the right end of their column. */
export interface FigureCell extends FigurePiece {
  readonly isNumber?: true;
}

export function piece(role: FigureRole, text: string): FigureCell {
  return {role, text: sanitize(text)};
}

export function number(text: string, role: FigureRole = 'text'): FigureCell {
  return {role, text: sanitize(text), isNumber: true};
}

/** Empty for nothing, else at least one cell. @param share from 0 to 1 */
export function bar(share: number): FigureCell {
  const cells = share > 0 ? Math.max(1, Math.round(share * BAR_CELLS)) : 0;
  return {role: 'bar', text: trusted('#'.repeat(cells))};
}

const BAR_CELLS = 25;
const INDENT: FigurePiece = {role: 'text', text: trusted('  ')};
const NO_LINE: FigureLine = [];

/** A heading, and below it rows whose cells are aligned; nothing where there are no rows. */
export function layOutBlock(
  heading: string,
  rows: readonly (readonly FigureCell[])[],
  after: readonly FigureLine[] = [],
): readonly FigureLine[] {
  if (rows.length === 0) return [];
  const count = Math.max(...rows.map(row => row.length));
  const widths = Array.from({length: count}, (_, column) =>
    Math.max(...rows.map(row => cellWidth(row[column]?.text ?? ''))),
  );
  const lines = rows.map(row =>
    dropEmptyEnd(row).flatMap((cell, column, cells): FigurePiece[] => [
      INDENT,
      {role: cell.role, text: align(cell, column === cells.length - 1, widths[column]!)},
    ]),
  );
  return [[piece('heading', heading)], ...lines, ...after, NO_LINE];
}

function dropEmptyEnd(row: readonly FigureCell[]): readonly FigureCell[] {
  return row.slice(0, row.findLastIndex(({text}) => text !== '') + 1);
}

function align({text, isNumber}: FigureCell, isLast: boolean, width: number): Safe {
  const padding = ' '.repeat(width - cellWidth(text));
  if (isNumber) return trusted(padding + text);
  return isLast ? text : trusted(text + padding);
}
