import type {RunStats} from '../query/stats/run-stats.js';
import {DEFAULT_TOP} from '../query/stats/stats-lines.js';

/** The statistics as JSON has them. Times in ms since the epoch. */
export function formatStats(stats: RunStats, limit = DEFAULT_TOP) {
  const {allocations, bytesAllocated, peakBytes, peakTimeMs, highestRss, highestRssTimeMs, durationMs} =
    stats;
  const {smallest, largest} = stats;
  return {
    ...{allocations, bytesAllocated, peakBytes, peakTimeMs, highestRss, highestRssTimeMs, durationMs},
    ...{smallest, largest},
    histogram: stats.histogram.map(({upTo, count}) => ({upTo, count})),
    allocators: Object.fromEntries(stats.allocators.map(use => [use.allocator, use.allocations])),
    topBySize: stats.bySize
      .slice(0, limit)
      .map(({function: name, file, line, bytes}) => ({function: name, file, line, bytes})),
    topByCount: stats.byCount.slice(0, limit).map(({function: name, file, line, allocations: count}) => ({
      ...{function: name, file, line},
      allocations: count,
    })),
    modulesBySize: stats.modulesBySize.slice(0, limit),
    modulesByCount: stats.modulesByCount.slice(0, limit),
  };
}
