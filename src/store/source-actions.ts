import {formatBytes, formatCount, formatPercent} from '../format/numbers.js';
import type {FileCosts} from '../query/line-costs.js';
import {getShownLine} from '../source/shown-line.js';
import type {SourceExcerpt} from '../source/source-excerpt.js';
import type {UiChange} from './apply-change.js';
import {nameSide} from './comparison.js';
import {findHotLine, selectFileCosts} from './source-pane/selected-costs.js';
import type {TreeState} from './state.js';

/** What is known of a file that only the host has read. */
export function holdBack(file: string): SourceExcerpt {
  return {file, line: 0, isRevealed: false, result: {kind: 'refused', path: file, reason: 'private'}};
}

export function scrollSource({source}: TreeState, rows: number, columns = 0): UiChange {
  return {source: {...source, row: source.row + rows, column: Math.max(0, source.column + columns)}};
}

export function revealSource({heldBackFile, revealedFiles}: TreeState): UiChange {
  return heldBackFile === null ? {} : {revealedFiles: new Set([...revealedFiles, heldBackFile])};
}

/** Scrolls the source to the next hot line of its file, and says what the line costs. */
export function goToHotLine(state: TreeState, direction: 1 | -1): UiChange {
  const {excerpt, source} = state;
  const line = findHotLine(state, direction);
  const costs = selectFileCosts(state);
  if (line === null || costs === null || excerpt === null) return {};
  const row = line - getShownLine(excerpt);
  return {source: {...source, row, line}, keyNote: `${describeLine(line, costs)}${describeCapture(state)}`};
}

/** `line 43: total 3.664MB (99.92 %), own 0.000B (0.00 %), 12 allocations` */
function describeLine(line: number, {lines, wholeBytes}: FileCosts): string {
  const {bytes, selfBytes, allocations} = lines.get(line)!;
  const formatShare = (part: number): string => `${formatBytes(part)} (${formatPercent(part, wholeBytes)})`;
  const count = `${formatCount(allocations)} ${allocations === 1 ? 'allocation' : 'allocations'}`;
  return `Line ${line}: total ${formatShare(bytes)}, own ${formatShare(selfBytes)}, ${count}`;
}

/** Of captures that are compared: which of them the costs are of. */
function describeCapture(state: TreeState): string {
  const name = nameSide(state, state.excerpt?.side === 'base');
  return name === '' ? '' : `, ${name}`;
}

/** Why there is no hot line to go to; null where there is one. */
export function explainNoHotLine(state: TreeState): string | null {
  if (state.excerpt?.result.kind !== 'text') return 'There is no source here';
  return findHotLine(state, 1) === null ? 'No line of this source costs anything in this view' : null;
}
