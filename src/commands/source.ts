import {explainNoBase} from '../store/comparison.js';
import {explainSingleReception} from '../store/save-state.js';
import {explainNoHotLine, goToHotLine, revealSource} from '../store/source-actions.js';
import {getSelectedFrame, getSourceSide} from '../store/source-pane/selected-frame.js';
import type {TreeState} from '../store/state.js';
import {anywhere, change, defineCommands, onScreen} from './define.js';

const NO_SOURCE_FILE = 'This row has no source file';

export const SOURCE_COMMANDS = defineCommands('Source', {
  openSource: {
    keys: ['o'],
    help: 'open this line in your editor',
    scope: 'program',
    run: state => {
      const request = getSelectedFrame(state);
      return request === null ? {} : {effect: {kind: 'openSource', request}};
    },
    idle: state => (getSelectedFrame(state) === null ? NO_SOURCE_FILE : null),
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
      rank: onScreen(5, state => getSourceSide(state) !== null),
      variant: state => Number(getSourceSide(state) === 'base'),
    },
    run: change(state => {
      const side = getSourceSide(state);
      return side === null ? {} : {sourceSide: side === 'base' ? 'compared' : 'base'};
    }),
    idle: explainOneSource,
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

/** Why there is no other source to switch to; null where there is one. */
function explainOneSource(state: TreeState): string | null {
  const noBase = explainNoBase(state);
  if (noBase !== null || getSourceSide(state) !== null) return noBase;
  return getSelectedFrame(state) === null ? NO_SOURCE_FILE : 'Both sides name the same file here';
}
