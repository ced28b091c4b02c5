import {truncateCells} from '../format/cells.js';
import {joinSafe, type Safe, sanitize, trusted} from '../format/sanitize.js';
import {wrapCells} from '../format/wrap.js';
import type {TreeState} from './state.js';

/** Why keys do nothing while a capture is read. */
export const NOT_YET = {
  course: 'The course of the run is known once the capture is read',
  reading: 'This takes another reading; wait until this one has ended',
  half: 'Not before all is read',
  lives: 'Lines over time are drawn once all is read',
} as const;

/** What is said of the last key, where it is true still once all is read. */
export function keepNote({keyNote}: Pick<TreeState, 'keyNote'>): string | null {
  return Object.values<string | null>(NOT_YET).includes(keyNote) ? null : keyNote;
}

/** More of a note than is on any screen. */
const MAX_LENGTH = 4000;

/** What is said of the last key, in at most `maxRows` rows. */
export function wrapKeyNote(note: string, width: number, maxRows: number, ellipsis = '…'): readonly Safe[] {
  const rows = wrapCells(sanitize(note.slice(0, MAX_LENGTH)), width);
  const isCut = rows.length > maxRows || note.length > MAX_LENGTH;
  if (!isCut) return rows;
  const last = truncateCells(rows[maxRows - 1] ?? rows.at(-1)!, width - ellipsis.length, '');
  return [...rows.slice(0, maxRows).slice(0, -1), joinSafe(last, trusted(ellipsis))];
}

/** Rows of the line of the hints: a note, such as a copied text, may take several. */
export function countKeyRows(
  {keyNote}: Pick<TreeState, 'keyNote'>,
  {columns, rows}: {readonly columns: number; readonly rows: number},
): number {
  return keyNote === null ? 1 : wrapKeyNote(keyNote, columns, getMaxRows(rows)).length;
}

/** The tree keeps most of the screen. */
function getMaxRows(rows: number): number {
  return Math.max(1, Math.floor(rows / 4));
}
