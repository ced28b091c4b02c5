import {cellWidth, truncateCells, truncateMiddle, truncateStart} from '../format/cells.js';
import {type Safe, trusted} from '../format/sanitize.js';
import type {RowLabel} from '../tree/row-label.js';
import {MIN_FUNCTION_CELLS, OWN_GUIDE_CELLS, type RowColumns} from './row-columns.js';

/** What stands between function and place. */
export const PLACE_GAP = trusted('  ');
const GAP_CELLS = 2;
/** Less of a place than this after an ellipsis says nothing; of a path without a line number more. */
const MIN_END_CELLS = 3;
const MIN_PATH_CELLS = 8;
/** A tree part of this width has room for an icon, two levels, 12 cells of a function and a line number. */
const MIN_TREE_CELLS_FOR_PLACE = 26;
/** A row's own guides after the mark of outer levels that are shifted out. */
const MARKED_GUIDE_CELLS = OWN_GUIDE_CELLS + 1;
/** Before a long function gets more than its least cells, a place gets so many. */
const WANTED_PLACE_CELLS = 14;

/** Function and place as they are shown. The place is empty where not even its end can be shown. */
export interface FittedLabel {
  readonly name: Safe;
  readonly place: Safe;
  /** Whether a remark stands in the place's stead. */
  readonly isNote: boolean;
}

/**
 * The least cells of a row's tree part that a function may take: fewer than usual in panes of a few cells.
 */
function getLeastNameCells(name: Safe, {tree, icon}: RowColumns): number {
  const limit = Math.max(1, Math.min(MIN_FUNCTION_CELLS, tree - icon - OWN_GUIDE_CELLS));
  return Math.min(cellWidth(name), limit);
}

/** The cells of the line number with its colon; 0 where a place has none. */
function getLineCells(place: Safe): number {
  return /:\d+$/.exec(place)?.[0].length ?? 0;
}

/** The least cells of a place: an ellipsis and its line number, or the end of a path. */
function getLeastPlaceCells(place: Safe): number {
  const line = getLineCells(place);
  const end = line === 0 ? MIN_PATH_CELLS : Math.max(MIN_END_CELLS, line);
  return Math.min(cellWidth(place), 1 + end);
}

/**
 * How many cells of the tree part the guides of a row may take: what is left when the function has its least
 * cells and the place its end. In narrow panes the guides come before the place.
 */
export function getGuideRoom(label: RowLabel, columns: RowColumns): number {
  const {function: name, place} = label;
  const available = columns.tree - columns.icon - getLeastNameCells(name, columns);
  const isPlaceShown = place !== '' && columns.tree >= MIN_TREE_CELLS_FOR_PLACE;
  const placeCells = isPlaceShown ? GAP_CELLS + getLeastPlaceCells(place) : 0;
  return Math.max(0, available - placeCells, Math.min(MARKED_GUIDE_CELLS, available));
}

/**
 * Cuts function and place to `cells`. First come the least cells of the function, then the end of the place,
 * then the rest of the function, then the rest of the place. A function is cut in the middle, a place at its
 * front: their ends distinguish them.
 */
export function fitLabel(label: RowLabel, cells: number, columns: RowColumns, ellipsis: string): FittedLabel {
  const {icon, function: name, notes} = label;
  const note = notes?.find(text => cellWidth(name) + GAP_CELLS + cellWidth(text) <= cells);
  if (note !== undefined) return {name, place: note, isNote: true};
  const {place} = label;
  const nameCells = cellWidth(name);
  const placeCells = cellWidth(place);
  const cutName = icon === 'elided' || icon === 'none' ? truncateCells : truncateMiddle;
  if (placeCells === 0) return {name: cutName(name, cells, ellipsis), place, isNote: false};
  if (nameCells + GAP_CELLS + placeCells <= cells) return {name, place, isNote: false};
  const available = cells - GAP_CELLS - (label.keepsName ? nameCells : getLeastNameCells(name, columns));
  const least = getLeastPlaceCells(place);
  const wanted = Math.min(placeCells, Math.max(WANTED_PLACE_CELLS, least));
  const kept = Math.min(available, wanted);
  if (kept < least) {
    return {name: cutName(name, cells, ellipsis), place: trusted(''), isNote: false};
  }
  const shownName = cutName(name, cells - GAP_CELLS - kept, ellipsis);
  const rest = cells - GAP_CELLS - cellWidth(shownName);
  return {name: shownName, place: truncateStart(place, rest, ellipsis), isNote: false};
}
