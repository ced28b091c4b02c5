import type {TreeQuery} from '../src/query/tree-query.js';
import type {LoadHandle} from '../src/reader/load-in-worker.js';
import type {LoadMessage} from '../src/reader/load-messages.js';

/** Starts a load, which reports to `emit`. @param query another one than the options ask for */
export type StartLoad = (emit: (message: LoadMessage) => void, query?: TreeQuery) => LoadHandle;

/**
 * Starts a load now, before anybody listens. The first caller gets its latest message and all that
 * follows; every later one starts a load of its own.
 */
export function startLoadEarly(start: StartLoad): StartLoad {
  let newest: LoadMessage | null = null;
  let report = (message: LoadMessage): void => {
    newest = putAfter(newest, message);
  };
  let early: LoadHandle | null = start(message => report(message));
  return (emit, query) => {
    if (early === null || query !== undefined) return start(emit, query);
    const load = early;
    early = null;
    report = emit;
    if (newest !== null) emit(newest);
    return load;
  };
}

/** The newest of two messages; the partial snapshot of the one before stays where there is no newer one. */
function putAfter(before: LoadMessage | null, message: LoadMessage): LoadMessage {
  if (before?.type !== 'progress' || message.type !== 'progress') return message;
  return {...message, partial: message.partial ?? before.partial};
}
