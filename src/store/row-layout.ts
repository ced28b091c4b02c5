import {hasChildren} from '../tree/growth.js';
import {isOnlyChild} from '../tree/indent.js';
import type {RowLabel} from '../tree/row-label.js';
import {computeLevelWindow, type LevelWindow} from './level-window.js';
import type {ShownLives} from './lives.js';
import {computeRowColumns, type RowColumns} from './row-columns.js';
import {getGuideRoom} from './row-fit.js';
import {computeGuideLines, computeRowWindow, type GuideLines} from './row-window.js';
import type {TreeState} from './state.js';

/** A row in sight, as data. */
export interface VisibleRow {
  /** The node of the filtered tree. */
  readonly node: number;
  readonly label: RowLabel;
  readonly depth: number;
  /**
   * Levels that the row is indented by: `depth` without the only children on the way, which stand right below
   * their parents.
   */
  readonly indent: number;
  readonly isOnlyChild: boolean;
  readonly fold: 'open' | 'closed' | 'leaf';
  /** Cells that the row's guides may take, so that function and place can be read. */
  readonly guideRoom: number;
  readonly isSelected: boolean;
  readonly isMatch: boolean;
}

export interface VisibleRows {
  readonly rows: readonly VisibleRow[];
  /** How many cells go to numbers, bar and tree. */
  readonly columns: RowColumns;
  /** Which levels have a column; the same for all rows. */
  readonly levels: LevelWindow;
  readonly guides: GuideLines;
  /** False while another pane has the focus. */
  readonly hasFocus: boolean;
}

/** The size of a pane in cells, and the columns of the screen that it is on. */
export interface RowPane {
  readonly width: number;
  readonly height: number;
  readonly screenColumns: number;
  /** Of how many parts of the run the rows have lines. */
  readonly lifeParts?: number;
}

/** The rows in sight in a pane of this size. Nothing but the state and the pane's size determines it. */
export function layOutRows(
  state: TreeState,
  {width, height, screenColumns, lifeParts = 0}: RowPane,
  getLabel: (node: number) => RowLabel,
): VisibleRows {
  const {filtered, indents, isFilteredOpen, cursorNode, matches, focus} = state;
  const {tree} = filtered;
  const {nodes} = computeRowWindow(state, height);
  const labels = Array.from(nodes, node => getLabel(node));
  const generations = (tree.compared?.runs ?? []).flatMap(({generation}) => generation ?? []);
  const columns = computeRowColumns({width, screenColumns, lifeParts, generations, labels});
  const rows = labels.map((label, index) => {
    const node = nodes[index]!;
    return {
      node,
      label,
      depth: tree.depth[node]!,
      indent: indents[node]!,
      isOnlyChild: isOnlyChild(tree, node),
      fold: !hasChildren(tree, node) ? 'leaf' : isFilteredOpen[node] === 1 ? 'open' : 'closed',
      guideRoom: label.count === undefined ? getGuideRoom(label, columns) : 0,
      isSelected: node === cursorNode,
      isMatch: matches.isMatch[node] === 1,
    } satisfies VisibleRow;
  });
  const isCursorInSight = rows.some(row => row.isSelected);
  const levels = computeLevelWindow(rows, isCursorInSight ? indents[cursorNode]! : 0);
  const guides = computeGuideLines(tree, indents, nodes, {
    firstLevel: levels.firstLevel,
    width: columns.tree,
  });
  return {rows, columns, levels, guides, hasFocus: focus === 'tree'};
}

/** The label of a row with what it held in the course of the run, where that is known. */
export function addLife(label: RowLabel, node: number, lives: ShownLives | null): RowLabel {
  const life = lives?.getLife(node);
  return life == null ? label : {...label, life: {...life, shownPart: lives!.shownPart}};
}

/** The label of a row: of the root, with what must be said there. */
export function addRootNotes(label: RowLabel, node: number, notes: RowLabel['notes'] = []): RowLabel {
  return node > 0 || notes.length === 0 ? label : {...label, notes};
}
