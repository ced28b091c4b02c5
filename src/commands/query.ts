import type {Outcome} from '../store/command.js';
import {explainWholePeak} from '../store/comparison.js';
import {goToCrumbs, leaveCrumbs} from '../store/crumb-actions.js';
import {hasCrumbs} from '../store/crumb-line.js';
import {describePackage, describeZoom} from '../store/cursor-steps.js';
import {describeFile, hasCursorTerm, isOnlyInTables} from '../store/cursor-term.js';
import {startFilter} from '../store/filter-prompt.js';
import {isEmbedded} from '../store/is-embedded.js';
import {openMenu} from '../store/menu-actions.js';
import {
  addStep,
  addSteps,
  addTermStep,
  isPlainShown,
  redo,
  replaceQuery,
  showPlain,
  undo,
} from '../store/query-actions.js';
import type {PastView} from '../store/query-state.js';
import type {TreeState} from '../store/state.js';
import {isOtherSelected, requestPast} from '../store/view-actions.js';
import {defineCommands, idleStep, onTree, show} from './define.js';

export const QUERY_COMMANDS = defineCommands('Query', {
  openRowMenu: {
    keys: [';'],
    help: 'the steps at this row',
    run: show(state => openMenu(state, 'row')),
    idle: idleStep(),
  },
  openThreads: {
    keys: ['t'],
    help: 'choose threads',
    run: show(state => openMenu(state, 'threads')),
    idle: idleStep(),
  },
  startFilter: {keys: ['f'], help: 'filter stacks by a term', run: show(startFilter), idle: idleStep()},
  zoomIn: {
    keys: ['z'],
    help: 'zoom to this node',
    run: show(state => addSteps(state, describeZoom(state))),
    idle: idleStep(state => explainNoFunction(state) ?? explainNoZoom(state)),
  },
  rootHere: {
    keys: ['Z'],
    help: 'make this function the root, everywhere',
    run: show(state => addTermStep(state, 'root')),
    idle: idleStep(explainNoFunction),
  },
  dropFunction: {
    keys: ['D'],
    help: 'drop all stacks through this function',
    run: show(state => addTermStep(state, 'drop')),
    idle: idleStep(explainNoFunction),
  },
  mergeFunction: {
    keys: ['m'],
    help: 'merge this function into its callers',
    run: show(state => addTermStep(state, 'merge')),
    idle: idleStep(explainNoFunction),
  },
  collapseFunction: {
    keys: ['c'],
    help: 'collapse what this function calls into it',
    run: show(state => addTermStep(state, 'collapse')),
    idle: idleStep(explainNoFunction),
  },
  skipRecursion: {
    keys: ['r'],
    help: 'skip recursion',
    run: show(state => addStep(state, {kind: 'recursion'})),
    idle: idleStep(),
  },
  collapsePackage: {
    keys: ['b'],
    help: 'show runs of this package as one frame',
    run: show(state => addStep(state, describePackage(state))),
    idle: idleStep(explainNoFunction),
  },
  toggleWholePeak: {
    keys: ['w'],
    help: 'show what is below the cut as a row',
    run: show(state =>
      explainCut(state) === null
        ? replaceQuery({...state, wholePeak: !state.wholePeak}, state.query, state.filters)
        : state,
    ),
    idle: idleStep(explainCut),
  },
  goToCrumbs: {
    keys: [','],
    help: 'walk along the steps, remove one',
    hint: {texts: ['Steps'], rank: onTree(5, state => explainNoCrumbs(state) === null)},
    run: show(state =>
      state.crumb === null && explainNoCrumbs(state) === null ? goToCrumbs(state) : leaveCrumbs(state),
    ),
    staysOnCrumbs: true,
    idle: idleStep(explainNoCrumbs),
  },
  undo: {
    keys: ['backspace'],
    help: 'take the last step back',
    staysOnCrumbs: true,
    run: (state, context) => takeBack(state.past.at(-1), show(undo)(state, context)),
    idle: idleStep(({past}) => (past.length === 0 ? 'There is no step to take back' : null)),
  },
  redo: {
    keys: ['ctrl+r'],
    help: 'take the step again',
    staysOnCrumbs: true,
    run: (state, context) => takeBack(state.future.at(-1), show(redo)(state, context)),
    idle: idleStep(({future}) => (future.length === 0 ? 'There is no step to take again' : null)),
  },
  showPlain: {
    keys: ['0'],
    help: 'go to the plain view',
    run: show(state => (isPlainShown(state) ? state : showPlain(state))),
    idle: idleStep(state => (isPlainShown(state) ? explainPlain(state) : null)),
  },
});

/** The plain view keeps what is selected. */
function explainPlain(state: TreeState): string {
  return isOtherSelected(state)
    ? 'The plain view is shown; Backspace goes back, v selects something else'
    : 'The plain view is shown already';
}

function explainNoCrumbs(state: TreeState): string | null {
  if (!hasCrumbs(state)) return 'There is no step yet';
  return isEmbedded(state) ? 'This app does not show the steps; Backspace takes the last one back' : null;
}

/** While a capture is read, there may be more. */
function explainCut(state: TreeState): string | null {
  const always = explainWholePeak(state);
  if (always !== null) return always;
  const {elided, shown, status} = state;
  const isCut = elided.locations > 0 || (shown?.base?.elided.locations ?? 0) > 0;
  return isCut || status === 'reading' ? null : 'Nothing is below the cut: all locations are shown';
}

/** What was selected in a view that is come back to is shown again, too. */
function takeBack(view: PastView | undefined, outcome: Outcome): Outcome {
  return view === undefined || outcome.state === undefined ? outcome : requestPast(outcome.state, view);
}

/** Of the commands that add a step about the selected row. */
export function explainNoFunction(state: TreeState): string | null {
  return hasCursorTerm(state) ? null : 'Select a function first';
}

export const ONLY_IN_TABLES = 'Only tables show this function of the interpreter';

/** Of the command that shows the lines of the selected file. */
export function explainNoFile(state: TreeState): string | null {
  if (isOnlyInTables(state)) return ONLY_IN_TABLES;
  if (describeFile(state) !== null) return null;
  if (state.cursorNode === 0) return 'The root has no file: select a row below it';
  return 'This row stands for no single file';
}

function explainNoZoom({query}: TreeState): string | null {
  return query.shape.kind === 'tree' ? null : 'Only the tree of calls can be zoomed; key 1 shows it';
}
