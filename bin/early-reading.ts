import type {ReadingMessage} from '../src/reader/reading.js';

/** Starts a reading, which tells `emit` how it goes; returns what ends it at once. */
export type StartReading = (emit: (message: ReadingMessage) => void) => () => void;

/**
 * Starts a reading now, before there is anybody to tell. The first caller is told what came so far and all that follows;
 * every later one starts a reading of his own.
 */
export function startEarly(start: StartReading): StartReading {
  const waiting: ReadingMessage[] = [];
  let tell = (message: ReadingMessage): void => void waiting.push(message);
  let stopEarly: (() => void) | null = start(message => tell(message));
  return emit => {
    if (stopEarly === null) return start(emit);
    const stop = stopEarly;
    stopEarly = null;
    tell = emit;
    for (const message of waiting) emit(message);
    return stop;
  };
}
