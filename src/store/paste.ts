import {noteKey} from './note-key.js';
import type {TreeState} from './state.js';
import {toPastedLine} from './typed-keys.js';
import {getLineTyping} from './typing.js';

const IGNORED = 'Pasted text is taken only where something is typed, such as after /';

/** Adds pasted text to what is being typed: it is never taken for keys. */
export function paste(state: TreeState, text: string): TreeState {
  const type = getLineTyping(state);
  return type === null ? noteKey(state, IGNORED) : type(state, '', toPastedLine(text));
}
