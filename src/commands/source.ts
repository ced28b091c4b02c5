import {explainSingleReception} from '../store/save-state.js';
import {explainNoHotLine, goToHotLine, revealSource} from '../store/source-actions.js';
import {getSelectedFrame, hasOtherSource} from '../store/source-pane/selected-frame.js';
import {anywhere, change, defineCommands, onScreen} from './define.js';

export const SOURCE_COMMANDS = defineCommands('Source', {
  openSource: {
    keys: ['o'],
    help: 'open this line in your editor',
    scope: 'program',
    run: state => {
      const request = getSelectedFrame(state);
      return request === null ? {} : {effect: {kind: 'openSource', request}};
    },
    idle: state => (getSelectedFrame(state) === null ? 'This row has no source file' : null),
  },
  reload: {
    keys: ['R'],
    help: 'read the file again',
    scope: 'program',
    ...anywhere(state => (explainSingleReception(state) === null ? {effect: {kind: 'reload'}} : {})),
    idle: explainSingleReception,
  },
  nextHotLine: {
    keys: ['J'],
    help: 'next source line that costs much',
    scope: 'program',
    run: change(state => goToHotLine(state, 1)),
    idle: explainNoHotLine,
  },
  previousHotLine: {
    keys: ['K'],
    help: 'previous source line that costs much',
    scope: 'program',
    run: change(state => goToHotLine(state, -1)),
    idle: explainNoHotLine,
  },
  toggleCosts: {
    keys: ['M'],
    help: 'hide or show what each source line costs',
    scope: 'program',
    run: change(({hasCostMargin}) => ({hasCostMargin: !hasCostMargin})),
  },
  switchSourceSide: {
    keys: ['V'],
    help: 'source of the base, or of what is compared',
    hint: {
      texts: ['Source of the base', 'Source compared'],
      rank: onScreen(5, hasOtherSource),
      variant: state => Number(state.showsBaseSource),
    },
    run: change(state => (hasOtherSource(state) ? {showsBaseSource: !state.showsBaseSource} : {})),
    idle: state => (hasOtherSource(state) ? null : 'Both sides have the same source here'),
  },
  revealSource: {
    keys: ['.'],
    help: 'show a source that is held back as private',
    hint: {texts: ['Show private source'], rank: onScreen(5, ({heldBackFile}) => heldBackFile !== null)},
    scope: 'program',
    run: change(revealSource),
    idle: ({heldBackFile}) => (heldBackFile === null ? 'No source is held back as private here' : null),
  },
});
