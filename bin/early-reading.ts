import type {Reading} from '../src/reader/read-in-worker.js';
import type {ReadingMessage} from '../src/reader/reading.js';

/** Starts a reading, which tells `emit` how it goes. */
export type StartReading = (emit: (message: ReadingMessage) => void) => Reading;

/**
 * Starts a reading now, before there is anybody to tell. The first caller is told how far it has come and all that
 * follows; every later one starts a reading of his own.
 */
export function startEarly(start: StartReading): StartReading {
  let newest: ReadingMessage | null = null;
  let tell = (message: ReadingMessage): void => {
    newest = putAfter(newest, message);
  };
  let early: Reading | null = start(message => tell(message));
  return emit => {
    if (early === null) return start(emit);
    const reading = early;
    early = null;
    tell = emit;
    if (newest !== null) emit(newest);
    return reading;
  };
}

/** The newest of two messages; the partial snapshot of the one before stays where there is no newer one. */
function putAfter(before: ReadingMessage | null, message: ReadingMessage): ReadingMessage {
  if (before?.type !== 'progress' || message.type !== 'progress') return message;
  return {...message, partial: message.partial ?? before.partial};
}
