import {COMMANDS, type CommandGroup, type CommandId} from '../keymap/commands.js';
import {formatKey} from '../keymap/format-keys.js';
import type {Keymap} from '../keymap/keymap.js';
import {getTypedText} from '../keymap/keystroke.js';
import type {Change} from './apply-change.js';
import {describeCursor} from './cursor-term.js';
import {selectMissingTree} from './missing-tree.js';
import {explainSingleReception, explainUnsavable} from './save-state.js';
import type {TreeState} from './state.js';
import {goToNextSibling, goToPreviousSibling, hasNative, isLeaf, isUnfolded} from './tree-actions.js';
import {canSelect, getOtherView} from './view-actions.js';

/**
 * Why a command would do nothing now, in one line that fits on a screen of 80 columns; null where it does
 * something, or where the reason is plain to see.
 */
export function explainIdleKey(state: TreeState, command: CommandId): string | null {
  if (state.help !== null) return null;
  const isOnTree = state.focus === 'tree' && selectMissingTree(state) === '';
  const ofTree = isOnTree ? explainIdleTreeKey(state, command) : null;
  const ofQuery = ofTree ?? explainIdleQueryKey(state, command);
  if (ofQuery !== null) return ofQuery;
  switch (command) {
    case 'switchView':
      return getOtherView(state) === null && !canSelect(state) ? explainSingleView(state) : null;
    case 'toggleNative':
      return hasNative(state) || state.base.isNested === true ? null : explainNoNative(state);
    case 'reload':
      return explainSingleReception(state);
    case 'save':
      return explainUnsavable(state);
    case 'revealSource':
      return state.heldBackFile === null ? 'No source is held back as private here' : null;
    case 'goToNextMatch':
    case 'goToPreviousMatch':
      return state.search.query === '' ? 'No search yet: / starts one' : null;
    default:
      return null;
  }
}

/** The commands that add a step about the selected row. */
const ROW_STEPS: ReadonlySet<CommandId> = new Set([
  'zoomIn',
  'rootHere',
  'dropFunction',
  'mergeFunction',
  'collapseFunction',
  'collapsePackage',
  'showCallers',
  'showCallees',
]);

const QUERY_GROUPS: ReadonlySet<CommandGroup> = new Set(['Query', 'Shape and order']);

/** Why a step, or one back, is not possible. */
function explainIdleQueryKey(state: TreeState, command: CommandId): string | null {
  const {snapshot, past, future, elided, query} = state;
  if (!COMMANDS.some(({id, group}) => id === command && QUERY_GROUPS.has(group))) return null;
  if (snapshot === null) return 'Steps need a capture';
  if (command === 'undo' && past.length === 0) return 'There is no step to take back';
  if (command === 'redo' && future.length === 0) return 'There is no step to take again';
  if (command === 'showMore' && elided.locations === 0) return 'All locations are shown';
  if (!ROW_STEPS.has(command)) return null;
  if (describeCursor(state) === null) return 'Select a function first';
  return command === 'zoomIn' && query.shape.kind !== 'tree' ? 'Only a tree of calls can be zoomed: 1' : null;
}

/** Why a move or a fold of the selected row does nothing. */
function explainIdleTreeKey(state: TreeState, command: CommandId): string | null {
  const {cursorNode, filtered} = state;
  switch (command) {
    case 'goToParent':
      return filtered.tree.prefix[cursorNode]! < 0 ? 'This is the root: it has no parent' : null;
    case 'closeOrGoToParent':
      return isUnfolded(state, cursorNode) ? null : explainIdleTreeKey(state, 'goToParent');
    case 'goToPreviousSibling':
      return isIdle(goToPreviousSibling(state)) ? 'There is no sibling above this row' : null;
    case 'goToNextSibling':
      return isIdle(goToNextSibling(state)) ? 'There is no sibling below this row' : null;
    case 'toggle':
    case 'openOrGoToChild':
    case 'openChain':
    case 'openSubtree':
      return isLeaf(state, cursorNode) ? 'This row has no children' : null;
    default:
      return null;
  }
}

const isIdle = (change: Change): boolean => Object.keys(change).length === 0;

/**
 * What is said of a key that runs no command; null for keys that may be the host's, where the keymap has no
 * key for the help.
 */
export function explainUnknownKey({help}: TreeState, keystroke: string, keymap: Keymap): string | null {
  const [helpKey] = keymap.getKeys('toggleHelp');
  const text = getTypedText(keystroke);
  if (help !== null || helpKey === undefined || text === null) return null;
  return `The key ${text} does nothing; ${formatKey(helpKey)} shows the keys`;
}

function explainSingleView({capture, view}: TreeState): string {
  if (capture?.fileFormat === 'aggregated') return 'An aggregated capture is read for one view only';
  if (view.kind === 'peak' && capture?.finished === false && capture.damage === null) {
    return 'If it is still being recorded, --follow shows what is allocated now';
  }
  const advice: Readonly<Record<typeof view.kind, string>> = {
    peak: '; --leaks shows what was never freed',
    leaks: '; without --leaks, the peak is shown',
    temporary: '',
  };
  return `Only a recording in progress has two views${advice[view.kind]}`;
}

function explainNoNative({capture, status}: TreeState): string {
  if (capture?.nativeTraces !== true) return 'There are no native frames: not recorded with --native';
  return status === 'reading'
    ? 'Native frames are shown once the capture is read'
    : 'Native frames are left out, or nothing is known about them';
}
