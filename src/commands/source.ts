import {explainSingleReception} from '../store/save-state.js';
import {revealSource} from '../store/source-actions.js';
import {anywhere, change, defineCommands, onScreen} from './define.js';

export const SOURCE_COMMANDS = defineCommands('Source', {
  reload: {
    keys: ['R'],
    help: 'read the file again',
    scope: 'program',
    ...anywhere(state => (explainSingleReception(state) === null ? {effect: {kind: 'reload'}} : {})),
    idle: explainSingleReception,
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
