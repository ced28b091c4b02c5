/** What partial results may take of the time of each thread that has to do with them. */
const MAX_SHARE = 1 / 20;

/** How long something has to rest after it took `costMs`. */
export function getRestMs(costMs: number): number {
  return costMs * (1 / MAX_SHARE - 1);
}

/** The clock and the timers of a thread. */
export interface PaceEdge {
  /** How long the thread has been busy so far. */
  getBusyMs(): number;
  setTimer(run: () => void, ms: number): () => void;
}

const threadEdge: PaceEdge = {
  getBusyMs: () => performance.eventLoopUtilization().active,
  setTimer(run, ms) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Longer than a frame takes to be drawn, shorter than the way to the next message of a load. */
const DRAWING_MS = 50;

export interface PartialPace {
  /** To be called when a partial result has come, before it is shown. */
  noteShown(): void;
  stop(): void;
}

/**
 * Asks for the next partial result once the present one has been drawn and the thread has rested from it: a
 * slow screen, or a busy user, gets fewer of them, and they never queue up.
 */
export function createPartialPace(ask: () => void, edge: PaceEdge = threadEdge): PartialPace {
  let stopTimer = (): void => {};
  return {
    noteShown() {
      stopTimer();
      const startMs = edge.getBusyMs();
      stopTimer = edge.setTimer(() => {
        const restMs = getRestMs(edge.getBusyMs() - startMs) - DRAWING_MS;
        stopTimer = edge.setTimer(ask, Math.max(0, restMs));
      }, DRAWING_MS);
    },
    stop: () => stopTimer(),
  };
}
