import {createHistoryCore, type HistoryCoreExports} from '../core/history-core.js';

/** Starts cores that keep the history of the heap. Only who asks for it loads what that takes. */
export interface HistoryKeeper {
  /** Whether what locations hold is kept, and not only the size of the heap. */
  readonly keepsStates: boolean;
  startCore(memoryLimitBytes?: number): HistoryCoreExports;
}

export function createHistoryKeeper(keepsStates: boolean): HistoryKeeper {
  return {
    keepsStates,
    startCore(memoryLimitBytes) {
      const core = createHistoryCore(memoryLimitBytes);
      core.keepTimeline();
      if (keepsStates) core.keepStates();
      return core;
    },
  };
}
