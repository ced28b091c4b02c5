import {RegexError} from '../query/bounded-regex.js';
import {parseTerm} from '../query/grammar/term.js';
import {QueryError, toWord} from '../query/grammar/word.js';
import {checkExpressions} from '../query/prepare-query.js';
import type {Step} from '../query/steps/steps.js';
import {applyChange} from './apply-change.js';
import {getPastView, replaceQuery, showPastView} from './query-actions.js';
import type {FilterPrompt} from './query-state.js';
import type {TreeState} from './state.js';
import {editLine} from './typed-keys.js';

/** Begins to type a filter: a term keeps the stacks with a frame that matches, a term after "-" drops them. */
export function startFilter(state: TreeState): TreeState {
  if (state.snapshot === null && state.status !== 'reading') return state;
  return applyChange(state, {filterPrompt: {text: '', before: getPastView(state), error: null}});
}

/**
 * What a keystroke does while a filter is typed.
 * @param text what the keystroke types, null for other keys
 */
export function typeFilter(state: TreeState, keystroke: string, text: string | null): TreeState {
  const {filterPrompt: prompt} = state;
  if (prompt === null) return state;
  const line = editLine(prompt.text, keystroke, text);
  if (line !== null) return applyFilter(state, {...prompt, text: line});
  if (keystroke === 'escape') return applyChange(showPastView(state, prompt.before), {filterPrompt: null});
  return keystroke === 'enter' && prompt.error === null ? accept(state, prompt) : state;
}

/** Shows the view before, with the filter as it is typed now. What cannot be read yet changes nothing. */
export function applyFilter(state: TreeState, prompt: FilterPrompt): TreeState {
  const {query, filters} = prompt.before;
  try {
    const step = readStep(prompt.text);
    const steps = step === null ? query.steps : [...query.steps, step];
    // A view that has to be read first is not derived now, and must not fail when it is there.
    checkExpressions({...query, steps});
    const next = replaceQuery(state, {...query, steps}, filters);
    return applyChange(next, {filterPrompt: {...prompt, error: null}});
  } catch (error) {
    if (!(error instanceof QueryError || error instanceof RegexError)) throw error;
    return applyChange(state, {filterPrompt: {...prompt, error: error.message}});
  }
}

/** Null while nothing is typed. @throws QueryError */
function readStep(text: string): Step | null {
  const isDropped = text.startsWith('-');
  const term = isDropped ? text.slice(1) : text;
  return term === '' ? null : {kind: isDropped ? 'drop' : 'through', term: parseTerm(toWord(term))};
}

function accept(state: TreeState, prompt: FilterPrompt): TreeState {
  const isChanged = state.query !== prompt.before.query && prompt.text !== '';
  const past = isChanged ? [...state.past, prompt.before] : state.past;
  return applyChange(state, {filterPrompt: null, past, future: isChanged ? [] : state.future});
}
