import type {View} from '../heap/snapshot.js';
import type {CommandId} from '../keymap/commands.js';
import {hasFlag, IMPORT_SYSTEM, UNINTERESTING} from '../tree/call-tree.js';
import type {TreeState} from './state.js';
import {hasNative, isLeaf, isUnfolded} from './tree-actions.js';
import {getOtherView} from './view-actions.js';

/** A command worth a hint now. */
export interface Hint {
  readonly command: CommandId;
  /** Index of the text that fits, where the `hint` of the command table has several: 1 where it is on. */
  readonly variant: number;
}

/**
 * The hints for the present state, the most useful first; what does not fit on the line is left out at the
 * end.
 */
export function selectHints(state: TreeState): readonly Hint[] {
  const {search, filters, cursorNode, focus, help, heldBackFile, matches} = state;
  const hint = (command: CommandId, isOn = false): Hint => ({command, variant: isOn ? 1 : 0});
  if (help !== null) return [hint('toggleHelp', true), hint('quit')];
  const always = [hint('quit'), hint('toggleHelp')];
  const next = matches.nodes.length === 0 ? [] : [hint('goToNextMatch')];
  const searching = search.query === '' ? [] : [...next, hint('cancel')];
  const revealing = heldBackFile === null ? [] : [hint('revealSource')];
  if (focus === 'source') return [...searching, ...always, ...revealing, hint('switchFocus', true)];
  const other = getOtherView(state);
  const folding = [hint('toggle', isUnfolded(state, cursorNode)), hint('openChain')];
  return [
    ...searching,
    ...always,
    ...revealing,
    ...(isFilterUseful(state, IMPORT_SYSTEM) ? [hint('toggleImportSystem', filters.hideImportSystem)] : []),
    ...(isFilterUseful(state, UNINTERESTING) ? [hint('toggleUninteresting', filters.hideUninteresting)] : []),
    ...(other === null ? [] : [{command: 'switchView', variant: getViewVariant(state, other)} as const]),
    ...(hasNative(state) ? [hint('toggleNative', filters.foldNative === true)] : []),
    hint('startSearch'),
    hint('switchFocus'),
    ...(isLeaf(state, cursorNode) ? [] : folding),
  ];
}

/** A host's tree may be about anything: filters are offered there only if they have something to hide. */
function isFilterUseful({base}: TreeState, flag: number): boolean {
  return base.isNested !== true || hasFlag(base, flag);
}

/** What is allocated when the recording ends is what was leaked. */
function getViewVariant({status}: TreeState, other: View): number {
  if (other.kind === 'peak') return 1;
  return status === 'reading' ? 0 : 2;
}
