import {getBarCells} from './row-columns.js';
import type {Pane} from './ui-state.js';

/** A part of the screen, in cells; its first cell is column 0, row 0 of the screen. */
export interface Area {
  readonly column: number;
  readonly row: number;
  readonly width: number;
  readonly height: number;
}

/** Where the panes are. The status lines take the full width at the bottom. */
export interface PaneLayout {
  readonly kind: 'side-by-side' | 'stacked' | 'single';
  /** Null where the screen is too small for both and the other pane has the focus. */
  readonly tree: Area | null;
  readonly source: Area | null;
  readonly status: Area;
  /** The line of crumbs at the top; null where there is none. */
  readonly crumbs: Area | null;
  /** The line above the rows of a table; null where there is none. */
  readonly heading: Area | null;
  /** The time strip between the panes and the status lines; null where there is none. */
  readonly strip: Area | null;
}

export interface LayoutInput {
  readonly columns: number;
  readonly rows: number;
  readonly focus: Pane;
  /** Rows of status line, notices and key hints together. */
  readonly statusRows: number;
  /** Rows above the panes. */
  readonly crumbRows: number;
  /** Rows above those of the tree, in its pane. */
  readonly headingRows: number;
  /** Rows between the panes and the status line. */
  readonly stripRows: number;
}

/** Below so many columns the source is below the tree. */
const MIN_COLUMNS_BESIDE = 90;
/** Below these there is room for one pane only. */
const MIN_COLUMNS = 60;
const MIN_ROWS = 15;
/**
 * What the tree keeps beside the source whatever has the focus, besides the bar that wide screens have:
 * numbers, a branch, the least cells of a function and the end of its place.
 */
const MIN_TREE_COLUMNS = 50;
/** Of a source below the tree: 8 lines, the rule below them and 3 rows of facts. */
const WANTED_SOURCE_ROWS = 12;
/** What the tree keeps above it. */
const MIN_TREE_ROWS = 6;
/** The line between the panes. */
const DIVIDER = 1;

/** Lays out the screen. The pane in focus gets the larger part; beside the time strip, that is the tree. */
export function computePaneLayout(input: LayoutInput): PaneLayout {
  const {stripRows, columns} = input;
  const {status, ...others} = computePanes({...input, statusRows: input.statusRows + stripRows});
  const rows = Math.min(stripRows, status.height);
  const strip = rows > 0 ? {column: 0, row: status.row, width: columns, height: rows} : null;
  const below = {...status, row: status.row + rows, height: status.height - rows};
  return addHeading({...others, status: below, strip}, input);
}

function addHeading(panes: Omit<PaneLayout, 'heading'>, input: LayoutInput): PaneLayout {
  const rows = Math.min(input.headingRows, (panes.tree?.height ?? 1) - 1);
  if (panes.tree === null || rows <= 0) return {...panes, heading: null};
  const {row, height} = panes.tree;
  return {
    ...panes,
    heading: {...panes.tree, height: rows},
    tree: {...panes.tree, row: row + rows, height: height - rows},
  };
}

function computePanes({
  columns,
  rows,
  focus,
  statusRows,
  crumbRows,
}: LayoutInput): Omit<PaneLayout, 'heading' | 'strip'> {
  const bottom = Math.max(0, rows - statusRows);
  const top = Math.min(crumbRows, bottom);
  const height = bottom - top;
  const status = {column: 0, row: bottom, width: columns, height: rows - bottom};
  const crumbs = top > 0 ? {column: 0, row: 0, width: columns, height: top} : null;
  if (columns < MIN_COLUMNS || rows < MIN_ROWS) {
    const area = {column: 0, row: top, width: columns, height};
    return focus !== 'source'
      ? {kind: 'single', tree: area, source: null, status, crumbs}
      : {kind: 'single', tree: null, source: area, status, crumbs};
  }
  if (columns < MIN_COLUMNS_BESIDE) {
    const treeHeight = getTreeHeight(height - DIVIDER, focus);
    const sourceRow = treeHeight + DIVIDER;
    return {
      kind: 'stacked',
      tree: {column: 0, row: top, width: columns, height: treeHeight},
      source: {column: 0, row: top + sourceRow, width: columns, height: height - sourceRow},
      status,
      crumbs,
    };
  }
  const treeWidth = getTreeWidth(columns, focus);
  const sourceColumn = treeWidth + DIVIDER;
  return {
    kind: 'side-by-side',
    tree: {column: 0, row: top, width: treeWidth, height},
    source: {column: sourceColumn, row: top, width: columns - sourceColumn, height},
    status,
    crumbs,
  };
}

function getTreeHeight(rows: number, focus: Pane): number {
  if (focus === 'source') return Math.round(rows * 0.35);
  const wanted = Math.min(Math.round(rows * 0.6), rows - WANTED_SOURCE_ROWS);
  return Math.max(wanted, Math.min(MIN_TREE_ROWS, Math.round(rows / 2)));
}

function getTreeWidth(columns: number, focus: Pane): number {
  const least = MIN_TREE_COLUMNS + getBarCells(columns);
  return Math.max(least, Math.round(columns * (focus === 'source' ? 0.42 : 0.6)));
}

/** Which pane a cell of the screen belongs to, and where it is in that pane. */
export function findPane(
  layout: PaneLayout,
  column: number,
  row: number,
): {readonly pane: Pane; readonly column: number; readonly row: number} | null {
  for (const pane of ['tree', 'source'] as const) {
    const area = layout[pane];
    if (area !== null && isInArea(area, column, row)) {
      return {pane, column: column - area.column, row: row - area.row};
    }
  }
  return null;
}

/** Whether a cell of the screen is in a part of it, if there is one. */
export function isInArea(area: Area | null, column: number, row: number): boolean {
  if (area === null) return false;
  const x = column - area.column;
  const y = row - area.row;
  return x >= 0 && x < area.width && y >= 0 && y < area.height;
}
