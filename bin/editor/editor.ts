// What opens the user's editor, loaded at the first key that asks for it.
export {lendTerminal} from './lend-terminal.js';
export {openSource} from './open-source.js';
