import type {CommandId} from '../keymap/commands.js';
import type {TreeState} from './state.js';
import {hasNative, isLeaf, isUnfolded} from './tree-actions.js';
import {getOtherView} from './view-actions.js';

/** A command worth a hint now. `isOn`: which of its two words fits (see the `hint` of the command table). */
export interface Hint {
  readonly command: CommandId;
  readonly isOn: boolean;
}

/**
 * The hints for the present state, the most useful first; what does not fit on the line is left out at the
 * end.
 */
export function selectHints(state: TreeState): readonly Hint[] {
  const {search, filters, cursorNode, focus, help, heldBackFile, matches} = state;
  const hint = (command: CommandId, isOn = false): Hint => ({command, isOn});
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
    hint('toggleImportSystem', filters.hideImportSystem),
    hint('toggleUninteresting', filters.hideUninteresting),
    ...(other === null ? [] : [hint('switchView', other.kind === 'peak')]),
    ...(hasNative(state) ? [hint('toggleNative', filters.foldNative === true)] : []),
    hint('startSearch'),
    hint('switchFocus'),
    ...(isLeaf(state, cursorNode) ? [] : folding),
  ];
}
