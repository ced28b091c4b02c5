import type {RunFacts} from './snapshot.js';

/** What an aggregated capture recorded of the memory from time to time. */
export class MemorySnapshots {
  #highestRss: {readonly rss: number; readonly timeMs: number} | null = null;
  largestHeap = 0;

  add(timeMs: number, rss: number, heapBytes: number): void {
    if (this.#highestRss === null || rss > this.#highestRss.rss) this.#highestRss = {rss, timeMs};
    this.largestHeap = Math.max(this.largestHeap, heapBytes);
  }

  get run(): RunFacts {
    const highest = this.#highestRss;
    return {
      peakRecords: null,
      peakTimeMs: null,
      highestRss: highest?.rss ?? null,
      highestRssTimeMs: highest?.timeMs ?? null,
    };
  }
}
