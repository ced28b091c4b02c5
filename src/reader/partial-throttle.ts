/** What partial results may take of the time of each thread that has to do with them. */
const MAX_SHARE = 1 / 20;

/** How long something has to rest after it took `costMs`. */
export function getPauseMs(costMs: number): number {
  return costMs * (1 / MAX_SHARE - 1);
}

/** The clock and the timers of a thread. */
export interface ThrottleHost {
  /** How long the thread has been busy so far. */
  getBusyMs(): number;
  setTimer(run: () => void, ms: number): () => void;
}

const threadHost: ThrottleHost = {
  getBusyMs: () => performance.eventLoopUtilization().active,
  setTimer(run, ms) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Longer than a frame takes to be drawn, shorter than the way to the next message of a load. */
const DRAWING_MS = 50;

export interface PartialThrottle {
  /** To be called when a partial result has come, before it is shown. */
  noteShown(): void;
  stop(): void;
}

/**
 * Asks for the next partial result once the present one has been drawn and the thread has rested from it: a
 * slow screen, or a busy user, gets fewer of them, and they never queue up.
 */
export function createPartialThrottle(ask: () => void, host: ThrottleHost = threadHost): PartialThrottle {
  let stopTimer = (): void => {};
  return {
    noteShown() {
      stopTimer();
      const startMs = host.getBusyMs();
      stopTimer = host.setTimer(() => {
        const pauseMs = getPauseMs(host.getBusyMs() - startMs) - DRAWING_MS;
        stopTimer = host.setTimer(ask, Math.max(0, pauseMs));
      }, DRAWING_MS);
    },
    stop: () => stopTimer(),
  };
}
