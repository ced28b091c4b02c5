import {explainUnexportable} from '../store/export-menu.js';
import {openHelp} from '../store/help-actions.js';
import {isEmbedded} from '../store/is-embedded.js';
import {openMenu} from '../store/menu-actions.js';
import {explainUnsavable, getQuitQuestion} from '../store/save-state.js';
import {explainNoFacts, toggleFacts} from '../store/sheet-actions.js';
import type {TreeState} from '../store/state.js';
import {isStripShown} from '../store/strip-layout.js';
import type {Pane} from '../store/ui-state.js';
import {anywhere, change, defineCommands, onScreen, request, show} from './define.js';

export const PROGRAM_COMMANDS = defineCommands('Program', {
  toggleFacts: {
    keys: ['H'],
    help: 'sizes and allocators in this row',
    hint: {
      texts: ['Facts', 'Close facts'],
      rank: onScreen(14, state => explainNoFacts(state) === null || state.isFactsOpen),
      variant: state => Number(state.isFactsOpen),
    },
    scope: 'program',
    run: change(toggleFacts),
    idle: explainNoFacts,
  },
  openPalette: {
    keys: [':'],
    help: 'all commands, or steps that you type',
    scope: 'program',
    run: show((state, {commands}) => openMenu(state, 'palette', commands)),
  },
  switchFocus: {
    keys: ['tab'],
    help: 'switch between tree, source and time strip',
    hint: {
      texts: ['Source', 'Tree'],
      rank: onScreen(11, state => explainOnePane(state) === null),
      variant: ({focus}) => (focus === 'source' ? 1 : 0),
    },
    scope: 'program',
    run: change(state => (explainOnePane(state) === null ? {focus: getNextPane(state)} : {})),
    idle: explainOnePane,
  },
  toggleHelp: {
    keys: ['?'],
    help: 'show this help',
    hint: {
      texts: ['Help', 'Close help'],
      // What closes the help comes first.
      rank: ({help}) => (help === null ? 4 : 0),
      variant: ({help}) => (help === null ? 0 : 1),
    },
    scope: 'program',
    run: change((_, context) => openHelp(context)),
    staysOnCrumbs: true,
    inHelp: change(() => ({help: null})),
  },
  save: {
    keys: ['W'],
    help: 'save a live run in the current directory',
    scope: 'program',
    ...anywhere(state => (explainUnsavable(state) === null ? {effect: {kind: 'save'}} : {})),
    idle: explainUnsavable,
  },
  copyLocation: {
    keys: ['y'],
    help: 'copy path and line of this row',
    scope: 'program',
    ...anywhere(request({kind: 'copy', what: 'location'})),
  },
  copyCommand: {
    keys: ['Y'],
    help: 'copy the command that shows this view',
    scope: 'program',
    ...anywhere(request({kind: 'copy', what: 'command'})),
  },
  openExport: {
    keys: ['x'],
    help: 'export this view for another tool',
    scope: 'program',
    run: show(state => (explainUnexportable(state) === null ? openMenu(state, 'export') : state)),
    idle: explainUnexportable,
  },
  redraw: {
    keys: ['ctrl+l'],
    help: 'draw the screen again',
    scope: 'program',
    isUrgent: true,
    staysOnCrumbs: true,
    ...anywhere(request({kind: 'redraw'})),
  },
  suspend: {
    keys: ['ctrl+z'],
    help: 'suspend',
    scope: 'program',
    isUrgent: true,
    staysOnCrumbs: true,
    ...anywhere(request({kind: 'suspend'})),
  },
  quit: {
    keys: ['q'],
    help: 'quit',
    hint: {texts: ['Quit'], rank: () => 3},
    scope: 'program',
    ...anywhere(state => ({effect: {kind: 'quit', reason: 'quit', question: getQuitQuestion(state)}})),
  },
  interrupt: {
    keys: ['ctrl+c'],
    help: 'quit at once',
    scope: 'program',
    isUrgent: true,
    staysOnCrumbs: true,
    ...anywhere(request({kind: 'quit', reason: 'interrupt', question: null})),
  },
});

function explainOnePane(state: TreeState): string | null {
  const {sourceContext, hostSourcePane, hostSourceRange} = state;
  const hasSource = sourceContext !== null || hostSourcePane !== null || hostSourceRange !== null;
  return isEmbedded(state) && !hasSource ? 'This app shows no source beside the tree' : null;
}

function getNextPane(state: TreeState): Pane {
  if (state.focus === 'tree') return 'source';
  return state.focus === 'source' && isStripShown(state) ? 'strip' : 'tree';
}
