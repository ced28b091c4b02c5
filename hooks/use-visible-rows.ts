import {useWindowSize} from 'ink';
import {useMemo} from 'react';
import {readCells} from '../src/base/check.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {describeAwaited} from '../src/store/crumb-line.js';
import {hasLines as showsLines} from '../src/store/has-lines.js';
import {createPercentTotal, getPercentBase} from '../src/store/percent-base.js';
import {selectArenaBytes} from '../src/store/pools.js';
import {selectRootNotes} from '../src/store/root-notes.js';
import {addLife, addRootNotes, layOutRows, type VisibleRows} from '../src/store/row-layout.js';
import {isRecording} from '../src/store/selection-text.js';
import {isTableShown} from '../src/store/table-heading.js';
import type {SafeFormat} from '../src/tree/node-format.js';
import {getRowLabel, type RowLabel} from '../src/tree/row-label.js';
import {useLives} from './use-lives.js';
import {useScreenState} from './use-tree-store.js';

export type {VisibleRow, VisibleRows} from '../src/store/row-layout.js';

/** Labels that are kept; a few screens full, so that a walk back and forth computes none again. */
const MAX_LABELS = 2000;

/**
 * The rows in sight in a pane of this size: what a renderer of its own needs.
 * @param ownFormat how values, shares and icons are written; as the store has it unless given
 */
export function useVisibleRows(
  store: TreeStore,
  givenWidth: number,
  givenHeight: number,
  ownFormat?: SafeFormat,
): VisibleRows {
  const width = readCells(givenWidth) ?? 0;
  const height = readCells(givenHeight) ?? 0;
  const state = useScreenState(store);
  const terminal = useWindowSize();
  const {filtered, moduleOf, screen, base, elided, view, wholePeak, shownLocations, query} = state;
  const {tree} = filtered;
  const format = ownFormat ?? state.format;
  const hasLines = showsLines(state);
  const isTable = isTableShown(state);
  const arenaBytes = selectArenaBytes(state);
  const recording = isRecording(state);
  const emptyText = describeAwaited(state);
  const notes = useMemo(
    () => selectRootNotes({base, elided, view, wholePeak, shownLocations, query, isRecording: recording}),
    [base, elided, view, wholePeak, shownLocations, query, recording],
  );
  const percentBase = getPercentBase(state);
  const selected = state.shown?.of.bytes ?? 0;
  const totalOf = useMemo(
    () => createPercentTotal(tree, percentBase, selected),
    [tree, percentBase, selected],
  );
  const screenColumns = screen.columns > 0 ? screen.columns : terminal.columns;
  const {lives, lifeParts} = useLives(store, state, screenColumns);
  const getLabel = useMemo(
    () =>
      createLabelCache(node =>
        addLife(
          addRootNotes(
            getRowLabel(tree, node, {moduleOf, format, hasLines, isTable, totalOf, emptyText, arenaBytes}),
            node,
            notes,
          ),
          node,
          lives,
        ),
      ),
    [tree, moduleOf, format, hasLines, isTable, totalOf, emptyText, arenaBytes, notes, lives],
  );
  return layOutRows(state, {width, height, screenColumns, lifeParts}, getLabel);
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
