import {listFilters} from '../query/show-snapshot.js';
import {layOutFacts} from '../query/stats/facts-lines.js';
import {type FigureLine, piece} from '../query/stats/figure-lines.js';
import {computeRowFacts} from '../query/stats/row-facts.js';
import {DEFAULT_TOP, layOutStats} from '../query/stats/stats-lines.js';
import {getRowLabel} from '../tree/row-label.js';
import {explainAwaited} from './awaited-reading.js';
import {hasLines} from './has-lines.js';
import {describeSelection} from './selection-text.js';
import {nameFiles, selectSnapshot} from './shown-snapshot.js';
import type {TreeState} from './state.js';

export type {FigureLine, FigurePiece} from '../query/stats/figure-lines.js';

/** Lines of figures in place of the panes: the facts of the selected row, or the statistics; null where the panes are. */
export function layOutSheet(state: TreeState): readonly FigureLine[] | null {
  if (state.isFactsOpen) return layOutRow(state);
  const stats = state.shown?.stats ?? null;
  return stats === null ? null : layOutStats(stats, DEFAULT_TOP, state.moduleOf);
}

/** A key that changes one of these makes other lines. */
export function isSameSheet(state: TreeState, previous: TreeState): boolean {
  return (
    state.isFactsOpen === previous.isFactsOpen &&
    state.shown === previous.shown &&
    state.moduleOf === previous.moduleOf &&
    (!state.isFactsOpen ||
      (state.filtered === previous.filtered &&
        state.cursorNode === previous.cursorNode &&
        state.status === previous.status))
  );
}

function layOutRow(state: TreeState): readonly FigureLine[] {
  const {filtered, cursorNode, moduleOf, format, query, filters, optional, moduleFolders} = state;
  const {tree} = filtered;
  const label = getRowLabel(tree, cursorNode, {moduleOf, format, hasLines: hasLines(state)});
  const title: FigureLine = [
    {role: 'function', text: label.function},
    piece('text', '  '),
    {role: 'place', text: label.place},
  ];
  const snapshot = selectSnapshot(state, query);
  if (snapshot?.blocks === undefined) return [title, [], [piece('quiet', explainAwaited(state))]];
  const naming = nameFiles(snapshot, moduleFolders);
  const from = {snapshot, query, filters: listFilters(query, filters), tree, naming, optional};
  const facts = computeRowFacts(from, cursorNode);
  if (facts === null) return [title, [], [piece('quiet', 'There are no single allocations in this row')]];
  return [title, [], ...layOutFacts(facts, describeSelection(state))];
}
