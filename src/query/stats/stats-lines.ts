import {formatBytes, formatFixed, formatPercent} from '../../format/numbers.js';
import {bar, type FigureCell, type FigureLine, layOutBlock, number, piece} from './figure-lines.js';
import type {Bin} from './histogram.js';
import type {RunStats, TopModule, TopPlace} from './run-stats.js';

export interface FigureOptions {
  /** What bars are drawn with. */
  readonly bar: string;
  /** The module of a file as it is displayed. */
  readonly moduleOf: (file: string) => string;
}

/** So many rows of each list unless told otherwise, as in memray. */
export const DEFAULT_TOP = 5;

/** @param limit so many rows of each list */
export function layOutStats(
  stats: RunStats,
  limit: number,
  {bar: glyph, moduleOf}: FigureOptions,
): readonly FigureLine[] {
  const {allocations} = stats;
  const places = (list: readonly TopPlace[]) =>
    list.slice(0, limit).map(place => layOutPlace(place, stats, moduleOf));
  const modules = (list: readonly TopModule[]) =>
    list.slice(0, limit).map(module => [...layOutSums(module, stats), piece('function', module.module)]);
  const lines = [
    ...layOutBlock('Run', listTotals(stats)),
    ...layOutBlock('Sizes of allocations', layOutBins(stats.histogram, glyph)),
    ...layOutBlock(
      'Allocators',
      stats.allocators.map(use => [
        piece('function', use.allocator),
        number(String(use.allocations)),
        number(formatPercent(use.allocations, allocations)),
        number(formatBytes(use.bytes)),
        bar(glyph, use.allocations / allocations),
      ]),
    ),
    ...layOutBlock('Places by bytes', places(stats.bySize)),
    ...layOutBlock('Places by allocations', places(stats.byCount)),
    ...layOutBlock('Modules by bytes', modules(stats.modulesBySize)),
    ...layOutBlock('Modules by allocations', modules(stats.modulesByCount)),
  ];
  // Without the blank line at the end.
  return lines.slice(0, -1);
}

function listTotals(stats: RunStats): readonly (readonly FigureCell[])[] {
  const {durationMs, allocations, bytesAllocated, peakBytes, highestRss, smallest, largest} = stats;
  const rows: (readonly FigureCell[])[] = [
    [piece('text', 'Duration'), number(formatSeconds(durationMs))],
    [piece('text', 'Allocations'), number(String(allocations))],
    [piece('text', 'Allocated in all'), number(formatBytes(bytesAllocated))],
    [
      piece('text', 'Peak of the heap'),
      number(formatBytes(peakBytes)),
      formatMoment(stats, stats.peakTimeMs),
    ],
  ];
  if (highestRss !== null) {
    const at = formatMoment(stats, stats.highestRssTimeMs);
    rows.push([piece('text', 'Highest resident memory'), number(formatBytes(highestRss)), at]);
  }
  if (smallest === null || largest === null) return rows;
  return [
    ...rows,
    [piece('text', 'Smallest allocation'), number(formatBytes(smallest))],
    [piece('text', 'Mean allocation'), number(formatBytes(bytesAllocated / allocations))],
    [piece('text', 'Largest allocation'), number(formatBytes(largest))],
  ];
}

function formatMoment({startTimeMs}: RunStats, timeMs: number | null): FigureCell {
  return piece('quiet', timeMs === null ? '' : `after ${formatSeconds(timeMs - startTimeMs)}`);
}

function formatSeconds(ms: number): string {
  return `${formatFixed(ms / 1000, 3)} s`;
}

/** `<   4.000B   12  ▇▇▇`: the last bin holds its end as well. */
function layOutBins(bins: readonly Bin[], glyph: string): readonly (readonly FigureCell[])[] {
  const most = Math.max(...bins.map(({count}) => count));
  return bins.map(({upTo, count}, index) => [
    piece('quiet', index === bins.length - 1 ? '<=' : '<'),
    number(formatBytes(upTo)),
    number(String(count)),
    bar(glyph, most === 0 ? 0 : count / most),
  ]);
}

function layOutSums({bytes, allocations}: TopModule | TopPlace, stats: RunStats): readonly FigureCell[] {
  return [
    number(formatBytes(bytes)),
    number(formatPercent(bytes, stats.bytesAllocated)),
    number(String(allocations)),
  ];
}

function layOutPlace(
  place: TopPlace,
  stats: RunStats,
  moduleOf: (file: string) => string,
): readonly FigureCell[] {
  const {function: name, file, line} = place;
  const where = line === 0 ? '' : `${moduleOf(file)}:${line}`;
  return [...layOutSums(place, stats), piece('function', name), piece('place', where)];
}
