import {cellWidth, sliceCells, truncateMiddle} from '../format/cells.js';
import {type Safe, trusted} from '../format/sanitize.js';
import type {CrumbLine} from './crumb-line.js';

/** A piece of the line of crumbs: a crumb, or what is between two of them. */
export interface CrumbPiece {
  readonly text: Safe;
  /** The crumb; −1 for what is between. */
  readonly crumb: number;
}

export interface CrumbLayout {
  readonly pieces: readonly CrumbPiece[];
  /** Blanks between crumbs and amount. */
  readonly gap: number;
  /** Empty where the selected crumb needs its cells. */
  readonly amount: Safe;
}

export interface CrumbSigns {
  /** One cell each. */
  readonly crumb: string;
  readonly ellipsis: string;
}

/** Least blanks before the amount. */
const GAP_CELLS = 2;

/**
 * Lays out the line of crumbs. The selected one is in brackets, and in sight; without one the last ones are.
 * ```
 * peak › through numpy › root load     412.000MB of 1.234GB (33.40 %)
 *  peak ›[through numpy]› root load    412.000MB of 1.234GB (33.40 %)
 * ```
 */
export function layOutCrumbs(
  line: CrumbLine,
  selected: number | null,
  width: number,
  signs: CrumbSigns,
): CrumbLayout {
  const whole = listPieces(line, selected, signs.crumb);
  const fullAmount = chooseAmount(line, width - sumCells(whole));
  const amountRoom = getRoom(fullAmount, width);
  const pieces = shortenLong(whole, amountRoom, signs.ellipsis);
  const isTight = selected !== null && amountRoom < getCells(pieces, selected) + 4;
  const amount = isTight ? trusted('') : fullAmount;
  const room = isTight ? width : amountRoom;
  const shown = cutPieces(pieces, selected, room, signs.ellipsis);
  const used = sumCells(shown);
  return {pieces: shown, gap: Math.max(isTight ? 0 : 1, width - used - cellWidth(amount)), amount};
}

/** The crumb in a column of the line; null between them. */
export function findCrumb(
  line: CrumbLine,
  selected: number | null,
  width: number,
  column: number,
): number | null {
  let end = 0;
  for (const {text, crumb} of layOutCrumbs(line, selected, width, {crumb: '>', ellipsis: '~'}).pieces) {
    end += cellWidth(text);
    if (column < end) return crumb < 0 ? null : crumb;
  }
  return null;
}

/** The longest amount for which the steps leave room, else the shortest. */
function chooseAmount({amount, shortAmounts}: CrumbLine, room: number): Safe {
  const amounts = [amount, ...shortAmounts];
  return amounts.find(text => cellWidth(text) + GAP_CELLS <= room) ?? amounts.at(-1)!;
}

function sumCells(pieces: readonly CrumbPiece[]): number {
  return pieces.reduce((sum, {text}) => sum + cellWidth(text), 0);
}

function getRoom(amount: Safe, width: number): number {
  return Math.max(0, width - cellWidth(amount) - GAP_CELLS);
}

function getCells(pieces: readonly CrumbPiece[], crumb: number): number {
  return pieces.reduce((sum, piece) => (piece.crumb === crumb ? sum + cellWidth(piece.text) : sum), 0);
}

function listPieces({crumbs}: CrumbLine, selected: number | null, sign: string): readonly CrumbPiece[] {
  const left = (index: number): string => (index === selected ? '[' : ' ');
  const right = (index: number): string => (index === selected ? ']' : ' ');
  const between = (text: string): CrumbPiece => ({text: trusted(text), crumb: -1});
  const isWalked = selected !== null;
  return [
    ...(isWalked ? [between(left(0))] : []),
    ...crumbs.flatMap(({text}, index) => {
      const piece = {text, crumb: index};
      return index === 0 ? [piece] : [between(`${right(index - 1)}${sign}${left(index)}`), piece];
    }),
    ...(isWalked ? [between(right(crumbs.length - 1))] : []),
  ];
}

/** A crumb that is longer than this loses its middle where not all of the line fits: what it does and its end stay. */
const LONG_CELLS = 32;

function shortenLong(pieces: readonly CrumbPiece[], room: number, ellipsis: string): readonly CrumbPiece[] {
  if (sumCells(pieces) <= room) return pieces;
  return pieces.map(({text, crumb}) => ({text: truncateMiddle(text, LONG_CELLS, ellipsis), crumb}));
}

/** What fits in `room` cells. */
function cutPieces(
  pieces: readonly CrumbPiece[],
  selected: number | null,
  room: number,
  ellipsis: string,
): readonly CrumbPiece[] {
  const starts: number[] = [];
  let total = 0;
  for (const {text} of pieces) {
    starts.push(total);
    total += cellWidth(text);
  }
  if (total <= room) return pieces;
  const at = starts[pieces.findIndex(({crumb}) => crumb === selected)];
  // Its bracket and the sign of what is cut off stand before it.
  const first = Math.max(0, Math.min(total - room, at === undefined ? Infinity : at - 2));
  const sign: CrumbPiece = {text: trusted(ellipsis), crumb: -1};
  const from = first > 0 ? first + 1 : 0;
  const to = first + room < total ? first + room - 1 : total;
  const shown = pieces.map(({text, crumb}, index) => {
    const start = starts[index]!;
    return {text: sliceCells(text, Math.max(0, from - start), Math.max(0, to - start)), crumb};
  });
  return [
    ...(first > 0 ? [sign] : []),
    ...shown.filter(({text}) => text !== ''),
    ...(to < total ? [sign] : []),
  ];
}
