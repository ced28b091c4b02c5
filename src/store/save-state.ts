import type {TreeState} from './state.js';

/**
 * What becomes of the bytes of a live run:
 * - `unsaved`: they are kept in memory, and can be saved while the program runs.
 * - `lost`: they are not kept, and cannot be saved any more.
 * - `saving`: they are written to a file as they come.
 * - `saved`: the file is complete.
 */
export interface SaveState {
  readonly kind: 'unsaved' | 'lost' | 'saving' | 'saved';
  /** The file, as the user calls it; null before one was chosen. */
  readonly path: string | null;
  /** Why the file could not be written, in one line; null where nothing went wrong. */
  readonly failure: string | null;
}

type SaveFacts = Pick<TreeState, 'save' | 'capture'>;

/** Whether something was received that can be had from nowhere else. */
function isReceived({save, capture}: SaveFacts): boolean {
  return save !== null && capture !== null;
}

/** What to ask before the program ends, in one line of up to 80 columns; null where nothing would be lost. */
export function getQuitQuestion(state: SaveFacts): string | null {
  const {save} = state;
  if (save === null || !isReceived(state)) return null;
  if (save.kind === 'unsaved') return 'The recording is not kept. Press q again to quit, or W to save it.';
  return save.kind === 'lost' ? 'The recording is not kept. Press q again to quit.' : null;
}

/** Why a live run cannot be saved now, in one line of up to 80 columns; null where it can. */
export function explainUnsavable(state: SaveFacts): string | null {
  const {save} = state;
  if (save === null) return 'Only a live run can be saved; this capture can be read again';
  if (save.kind === 'saving') return `It is being saved to ${save.path}`;
  if (save.kind === 'saved') return `It was saved to ${save.path}`;
  if (!isReceived(state)) return 'Nothing has been received yet';
  if (save.kind === 'unsaved') return null;
  return save.failure === null
    ? 'Too large to be saved now: more than 64 MB; --save FILE saves from the start'
    : `It could not be saved to ${save.path}`;
}

/**
 * Why a live run cannot be received again; null where nothing was received, or where a capture can be read
 * again.
 */
export function explainSingleReception(state: SaveFacts & Pick<TreeState, 'status'>): string | null {
  const isPossible = state.save === null || (!isReceived(state) && state.status !== 'reading');
  return isPossible ? null : 'A live run can be received only once';
}

/** The message when saving begins or is complete; null otherwise. */
export function describeSaving(before: SaveState | null, {kind, path}: SaveState): string | null {
  if (before === null || before.kind === kind) return null;
  if (kind === 'saving') return `Saving to ${path}`;
  return kind === 'saved' ? `Saved to ${path}` : null;
}
