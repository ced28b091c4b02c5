import {cellWidth} from '../format/cells.js';
import type {RowLabel} from '../tree/row-label.js';

/**
 * How many cells of a pane go to each part of its rows, from left to right. A part of 0 cells is not shown.
 */
export interface RowColumns {
  /** The signs of the selected row and of a match. */
  readonly marker: number;
  /** Right-aligned, and a space follows; so for `percent` and `bar`. */
  readonly size: number;
  readonly percent: number;
  readonly bar: number;
  /** What the rows held in the course of the run: a cell for each part, and one more for the sign of the moment. */
  readonly life: number;
  /** Of generations, the latest ones that there is room for, from the earliest of them on, each right-aligned. */
  readonly generations: readonly GenerationColumn[];
  /** Of a table, each right-aligned. */
  readonly own: number;
  readonly count: number;
  readonly mean: number;
  /** Left-aligned. */
  readonly allocator: number;
  /** Guides, icon, function and place: the part that may be shifted and cut. */
  readonly tree: number;
  /** Of the tree part: the icon and a space. */
  readonly icon: number;
}

export interface GenerationColumn {
  /** Which generation it is. */
  readonly index: number;
  /** Its heading. */
  readonly name: string;
  readonly cells: number;
}

type TableColumn = 'own' | 'count' | 'mean' | 'allocator';

export interface RowColumnsInput {
  /** Cells of the pane, and of the whole screen that it is on. */
  readonly width: number;
  readonly screenColumns: number;
  /** Of how many parts of the run the rows have lines. */
  readonly lifeParts?: number;
  /** The names of the generations. */
  readonly generations?: readonly string[];
  /** What the rows in sight show. */
  readonly labels: readonly Pick<
    RowLabel,
    'size' | 'percent' | 'own' | 'count' | 'mean' | 'allocator' | 'change' | 'generations'
  >[];
}

const MARKER_CELLS = 2;
/**
 * "999.999kB" and "100.00 %": panes of this width and more keep columns for them, so that scrolling moves
 * nothing.
 */
const USUAL_SIZE_CELLS = 9;
const USUAL_PERCENT_CELLS = 8;
/** The heading "Count", and a million. */
const USUAL_COUNT_CELLS = 7;
/** The heading "Count diff", and the arrow of the order. */
const COUNT_DIFFERENCE_CELLS = 11;
/** The heading "Allocator". */
const USUAL_ALLOCATOR_CELLS = 9;
const USUAL_WIDTH = 40;
/** An emoji takes two cells; the ASCII signs are given as much. */
const ICON_CELLS = 3;
/** The branch, the sign for open or closed, and a space. */
export const OWN_GUIDE_CELLS = 3;
/** A function shows so many cells, or all of it, in any row. */
export const MIN_FUNCTION_CELLS = 12;
/** With less than this for the tree part, the percent goes, then the size. */
const MIN_TREE_CELLS = OWN_GUIDE_CELLS + ICON_CELLS + MIN_FUNCTION_CELLS;
const MIN_TREE_CELLS_BESIDE_SIZE = 8;
const MIN_TREE_CELLS_BESIDE_BAR = 28;
/** With less than this for the tree part, the bar has its least cells. */
const WANTED_TREE_CELLS = 40;

const MIN_SCREEN_COLUMNS_FOR_BAR = 100;
const MIN_BAR_CELLS = 4;
const MAX_BAR_CELLS = 8;

/**
 * Divides the width of a pane. Numbers are shown whole or not at all; in panes of a few cells the names
 * remain.
 */
export function computeRowColumns({
  width,
  screenColumns,
  lifeParts = 0,
  generations: names = [],
  labels,
}: RowColumnsInput): RowColumns {
  const marker = width >= 8 ? MARKER_CELLS : width >= 3 ? 1 : 0;
  const sizeCells = getColumnWidth(labels, 'size', width, USUAL_SIZE_CELLS);
  const percentCells = getColumnWidth(labels, 'percent', width, USUAL_PERCENT_CELLS);
  let tree = Math.max(0, width - marker);
  const reserve = (cells: number, leastLeft: number): number => {
    if (cells === 0 || tree - cells - 1 < leastLeft) return 0;
    tree -= cells + 1;
    return cells;
  };
  const size = reserve(sizeCells, MIN_TREE_CELLS_BESIDE_SIZE);
  // They are what such a view is about, so that all other numbers but the size have what they leave.
  const generations = reserveLatest(listGenerationColumns(labels, names), reserve);
  const percent = reserve(percentCells, MIN_TREE_CELLS);
  const isTable = labels.some(label => label.count !== undefined);
  /** A column that only tables of some kind have. */
  const reserveOwn = (column: TableColumn, usual: number): number =>
    labels.some(label => label[column] !== undefined)
      ? reserve(getColumnWidth(labels, column, width, usual), MIN_TREE_CELLS)
      : 0;
  const own = reserveOwn('own', USUAL_SIZE_CELLS);
  const hasDifferences = labels.some(({change}) => change?.difference === null);
  const count = reserveOwn('count', hasDifferences ? COUNT_DIFFERENCE_CELLS : USUAL_COUNT_CELLS);
  const allocator = reserveOwn('allocator', USUAL_ALLOCATOR_CELLS);
  const mean = reserveOwn('mean', USUAL_SIZE_CELLS);
  const life = lifeParts === 0 ? 0 : reserve(lifeParts + 1, MIN_TREE_CELLS);
  const wantedBar = Math.min(getBarCells(screenColumns), Math.max(MIN_BAR_CELLS, tree - WANTED_TREE_CELLS));
  const bar = percent === 0 ? 0 : reserve(wantedBar, MIN_TREE_CELLS_BESIDE_BAR);
  const icon = tree >= MIN_TREE_CELLS && !isTable ? ICON_CELLS : 0;
  return {marker, size, percent, bar, life, generations, own, count, mean, allocator, tree, icon};
}

/** A name is cut at so many cells. */
const MAX_GENERATION_CELLS = 16;

function listGenerationColumns(
  labels: RowColumnsInput['labels'],
  names: readonly string[],
): readonly GenerationColumn[] {
  return names.map((name, index) => {
    const least = Math.max(USUAL_SIZE_CELLS, Math.min(MAX_GENERATION_CELLS, cellWidth(name)));
    const widths = labels.map(({generations}) => cellWidth(generations?.[index] ?? ''));
    return {index, name, cells: Math.max(least, ...widths)};
  });
}

/** As many from the last on as there is room for, in their order. */
function reserveLatest(
  wanted: readonly GenerationColumn[],
  reserve: (cells: number, leastLeft: number) => number,
): readonly GenerationColumn[] {
  const left = wanted.findLastIndex(({cells}) => reserve(cells, MIN_TREE_CELLS) === 0);
  return wanted.slice(left + 1);
}

/** 0 where no row has a number: in a tree without allocations. */
function getColumnWidth(
  labels: RowColumnsInput['labels'],
  column: 'size' | 'percent' | TableColumn,
  width: number,
  usual: number,
): number {
  const widest = labels.reduce((cells, label) => Math.max(cells, cellWidth(label[column] ?? '')), 0);
  return widest > 0 && width >= USUAL_WIDTH ? Math.max(usual, widest) : widest;
}

/** The most that the bar has on a screen of so many columns. */
export function getBarCells(screenColumns: number): number {
  if (screenColumns < MIN_SCREEN_COLUMNS_FOR_BAR) return 0;
  const cells = MIN_BAR_CELLS + Math.floor((screenColumns - MIN_SCREEN_COLUMNS_FOR_BAR) / 5);
  return Math.min(cells, MAX_BAR_CELLS);
}
