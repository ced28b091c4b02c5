import {useMemo} from 'react';
import {readCells} from '../src/base/check.js';
import type {TreeStore} from '../src/store/create-tree-store.js';
import {computeGuides, computeRowWindow, type GuideWindow} from '../src/store/row-window.js';
import {getRowLabel, type RowLabel} from '../src/tree/row-label.js';
import {useTreeState} from './use-tree-store.js';

/** A row in sight, as data. */
export interface VisibleRow {
  /** The node of the displayed tree. */
  readonly node: number;
  readonly label: RowLabel;
  readonly depth: number;
  readonly fold: 'open' | 'closed' | 'leaf';
  readonly isSelected: boolean;
  readonly isMatch: boolean;
}

export interface VisibleRows {
  readonly rows: readonly VisibleRow[];
  readonly guides: GuideWindow;
  /** Cells that the rows are shifted to the left. */
  readonly column: number;
  /** False while another pane has the focus. */
  readonly hasFocus: boolean;
}

/** Labels that are kept; a few screens full, so that a walk back and forth computes none again. */
const MAX_LABELS = 2000;

/** The rows in sight in a pane of this size: what a renderer of its own needs. */
export function useVisibleRows(store: TreeStore, givenWidth: number, givenHeight: number): VisibleRows {
  const width = readCells(givenWidth) ?? 0;
  const height = readCells(givenHeight) ?? 0;
  const state = useTreeState(store, current => current);
  const {filtered, moduleOf, isDisplayedOpen, cursorNode, matches, focus} = state;
  const {tree} = filtered;
  const {nodes, column} = computeRowWindow(state, height);
  const labels = useMemo(
    () => createLabelCache(node => getRowLabel(tree, node, {moduleOf})),
    [tree, moduleOf],
  );
  const rows = Array.from(nodes, node => ({
    node,
    label: labels(node),
    depth: tree.depth[node]!,
    fold: tree.firstChild[node]! < 0 ? 'leaf' : isDisplayedOpen[node] === 1 ? 'open' : 'closed',
    isSelected: node === cursorNode,
    isMatch: matches.isMatch[node] === 1,
  })) satisfies readonly VisibleRow[];
  return {rows, guides: computeGuides(tree, nodes, column, width), column, hasFocus: focus === 'tree'};
}

function createLabelCache(compute: (node: number) => RowLabel): (node: number) => RowLabel {
  const known = new Map<number, RowLabel>();
  return node => {
    let label = known.get(node);
    if (label === undefined) {
      if (known.size >= MAX_LABELS) known.clear();
      label = compute(node);
      known.set(node, label);
    }
    return label;
  };
}
