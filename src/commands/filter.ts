import {applyChange} from '../store/apply-change.js';
import {isReadingAgain} from '../store/awaited-reading.js';
import type {Outcome} from '../store/command.js';
import {switchFilter} from '../store/query-actions.js';
import {explainUnsearched, goToNextMatch, goToPreviousMatch, startSearch} from '../store/search-actions.js';
import {closeFacts} from '../store/sheet-actions.js';
import type {TreeState} from '../store/state.js';
import {leaveStrip} from '../store/strip-actions.js';
import {hasNative} from '../store/tree-actions.js';
import {cancelRequest, getNextView, getOtherView} from '../store/view-actions.js';
import {hasFlag, IMPORT_SYSTEM, UNINTERESTING} from '../tree/call-tree.js';
import {anywhere, change, defineCommands, navigate, onScreen, onTree, show} from './define.js';
import {explainSingleView, getViewVariant, switchView} from './switch-view.js';

export const FILTER_COMMANDS = defineCommands('Filter and search', {
  toggleImportSystem: {
    keys: ['i'],
    help: 'hide or show the import system',
    hint: {
      texts: ['Hide import system', 'Show import system'],
      rank: onTree(6, state => isFilterUseful(state, IMPORT_SYSTEM)),
      variant: ({filters}) => (filters.hideImportSystem ? 1 : 0),
    },
    run: show(state => switchFilter(state, {hideImportSystem: !state.filters.hideImportSystem})),
  },
  toggleUninteresting: {
    keys: ['u'],
    help: 'show or hide uninteresting frames',
    hint: {
      texts: ['Hide uninteresting', 'Show uninteresting'],
      rank: onTree(7, state => isFilterUseful(state, UNINTERESTING)),
      variant: ({filters}) => (filters.hideUninteresting ? 1 : 0),
    },
    run: show(state => switchFilter(state, {hideUninteresting: !state.filters.hideUninteresting})),
  },
  switchView: {
    keys: ['v'],
    help: 'show peak, leaks or temporary allocations',
    hint: {
      texts: ['Allocated now', 'Peak', 'Leaks'],
      rank: onTree(8, state => getOtherView(state) !== null),
      variant: getViewVariant,
    },
    scope: 'program',
    ...anywhere(switchView),
    idle: state => (getNextView(state) === null ? explainSingleView(state) : null),
  },
  toggleNative: {
    keys: ['a'],
    help: 'merge or show native frames',
    hint: {
      texts: ['Merge native', 'Show native'],
      rank: onTree(9, hasNative),
      variant: ({filters}) => (filters.foldNative === true ? 1 : 0),
    },
    run: show(state =>
      hasNative(state) ? switchFilter(state, {foldNative: !state.filters.foldNative}) : state,
    ),
    idle: state => (hasNative(state) || state.base.isNested === true ? null : explainNoNative(state)),
  },
  startSearch: {
    keys: ['/'],
    help: 'search functions, files and modules',
    hint: {texts: ['Search'], rank: onTree(10, state => explainUnsearched(state) === null)},
    run: change(state => (explainUnsearched(state) === null ? startSearch(state) : {})),
    idle: explainUnsearched,
  },
  goToNextMatch: {
    keys: ['n'],
    help: 'go to the next match',
    hint: {texts: ['Next match'], rank: onScreen(1, state => isSearching(state) && hasMatches(state))},
    run: navigate(goToNextMatch),
    idle: explainNoSearch,
  },
  goToPreviousMatch: {
    keys: ['N'],
    help: 'go to the previous match',
    run: navigate(goToPreviousMatch),
    idle: explainNoSearch,
  },
  cancel: {
    keys: ['escape'],
    help: 'close help, search or steps; end a reading',
    hint: {
      texts: ['End search', 'End reading'],
      rank: onScreen(2, state => isSearching(state) || isReadingAgain(state) || state.askedView !== null),
      variant: state => (isSearching(state) ? 0 : 1),
    },
    run: cancel,
    staysOnCrumbs: true,
    inHelp: change(() => ({help: null})),
  },
});

/** One thing at a time: the search, the crumbs, the facts of a row, another reading, then the time strip. */
function cancel(state: TreeState): Outcome {
  if (isSearching(state)) return {state: applyChange(state, {search: {query: '', isTyping: false}})};
  if (state.crumb !== null) return {state: applyChange(state, {crumb: null})};
  if (state.isFactsOpen && !isReadingAgain(state)) return {state: applyChange(state, closeFacts())};
  const isAsked = state.askedView !== null || isReadingAgain(state);
  return state.focus === 'strip' && !isAsked ? {state: leaveStrip(state)} : cancelRequest(state);
}

/** A search that is kept for the rows is not in sight where there are none. */
function isSearching(state: TreeState): boolean {
  return state.search.query !== '' && explainUnsearched(state) === null;
}

function hasMatches({matches}: TreeState): boolean {
  return matches.nodes.length > 0;
}

/** Whether a view is not there yet, or cannot be: there is nothing to hide or to search. */
function lacksView({shown}: TreeState): boolean {
  return shown?.isAwaited === true;
}

/** A host's tree may be about anything: filters are offered there only if they have something to hide. */
function isFilterUseful(state: TreeState, flag: number): boolean {
  const {base} = state;
  return !lacksView(state) && (base.isNested !== true || hasFlag(base, flag));
}

function explainNoSearch(state: TreeState): string | null {
  return explainUnsearched(state) ?? (state.search.query === '' ? 'No search yet: / starts one' : null);
}

function explainNoNative({capture, status}: TreeState): string {
  if (capture?.nativeTraces !== true) return 'There are no native frames: not recorded with --native';
  return status === 'reading'
    ? 'Native frames are shown once the capture is read'
    : 'Native frames are left out, or nothing is known about them';
}
