import {createRowPainter} from '../../components/row-painter.js';
import {selectRootNotes} from '../../src/store/root-notes.js';
import {addRootNotes, layOutRows, type RowPane, type VisibleRow} from '../../src/store/row-layout.js';
import type {TreeState} from '../../src/store/state.js';
import {createTheme, type Theme} from '../../src/style/theme.js';
import {getRowLabel} from '../../src/tree/row-label.js';

const PLAIN = createTheme();

/** A row as data and as text. */
export interface DrawnRow extends VisibleRow {
  readonly text: string;
}

/** The rows of a pane with the texts that the screen draws, without React. */
export function layOutTexts(state: TreeState, pane: RowPane, theme: Theme = PLAIN): DrawnRow[] {
  const {tree} = state.filtered;
  const notes = selectRootNotes({...state, isRecording: false});
  const labels = new Map<number, ReturnType<typeof getRowLabel>>();
  const getLabel = (node: number) => {
    const label = labels.get(node) ?? addRootNotes(getRowLabel(tree, node, state), node, notes);
    labels.set(node, label);
    return label;
  };
  const {rows, ...layout} = layOutRows(state, pane, getLabel);
  const painter = createRowPainter(theme);
  return rows.map((row, index) => ({...row, text: painter.paint(row, index, layout)}));
}

export function drawRows(state: TreeState, pane: RowPane, theme?: Theme): string[] {
  return layOutTexts(state, pane, theme).map(row => row.text);
}

/** The same as one text, without blanks at the ends of lines. */
export function printScreenRows(state: TreeState, pane: Partial<RowPane> = {}): string {
  const {width = 60, height = 40, screenColumns = 80} = pane;
  return drawRows(state, {width, height, screenColumns})
    .map(row => row.trimEnd())
    .join('\n');
}
