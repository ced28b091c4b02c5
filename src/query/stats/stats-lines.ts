import {formatBytes, formatFixed, formatPercent} from '../../format/numbers.js';
import type {View} from '../../heap/snapshot.js';
import {bar, type FigureCell, type FigureLine, layOutBlock, number, piece} from './figure-lines.js';
import type {Bin} from './histogram.js';
import type {RunStats, TopModule, TopPlace} from './run-stats.js';

/** So many rows of each list unless told otherwise, as in memray. */
export const DEFAULT_TOP = 5;

/**
 * @param limit so many rows of each list
 * @param moduleOf the module of a file as it is displayed
 */
export function layOutStats(
  stats: RunStats,
  limit: number,
  moduleOf: (file: string) => string,
): readonly FigureLine[] {
  const {whole, bytesAllocated} = stats;
  // Of an aggregated capture.
  const when = bytesAllocated === null ? ' at the peak' : '';
  const places = (list: readonly TopPlace[]) =>
    list.slice(0, limit).map(place => layOutPlace(place, stats, moduleOf));
  const modules = (list: readonly TopModule[]) =>
    list.slice(0, limit).map(module => [...layOutSums(module, stats), piece('function', module.module)]);
  const lines = [
    ...layOutBlock('Run', listTotals(stats), when === '' ? [] : [SUMS_ONLY]),
    ...layOutBlock('Sizes of allocations', layOutBins(stats.histogram)),
    ...layOutBlock(
      'Allocators',
      stats.allocators.map(use => [
        piece('function', use.allocator),
        number(String(use.allocations)),
        number(formatPercent(use.allocations, whole.allocations)),
        number(formatBytes(use.bytes)),
        bar(use.allocations / whole.allocations),
      ]),
    ),
    ...layOutBlock(`Places by bytes${when}`, places(stats.bySize)),
    ...layOutBlock(`Places by allocations${when}`, places(stats.byCount)),
    ...layOutBlock(`Modules by bytes${when}`, modules(stats.modulesBySize)),
    ...layOutBlock(`Modules by allocations${when}`, modules(stats.modulesByCount)),
  ];
  // Without the blank line at the end.
  return lines.slice(0, -1);
}

const SUMS_ONLY: FigureLine = [
  piece(
    'quiet',
    '  Recorded with --aggregate: what was freed before the peak, sizes and allocators are not known.',
  ),
];

const TOTALS: Readonly<Record<View['kind'], string>> = {
  peak: 'Allocated at the peak',
  leaks: 'Never freed',
  temporary: 'Freed soon after',
  allocated: 'Allocated in all',
  moment: 'Alive at this moment',
  range: 'Of this range',
  generations: 'Alive at the end',
};

function listTotals(stats: RunStats): readonly (readonly FigureCell[])[] {
  const {allocations, bytesAllocated, highestRss, smallest, largest} = stats;
  const row = (label: string, value: string, ...more: readonly FigureCell[]) => [
    piece('text', label),
    number(value),
    ...more,
  ];
  const isCounted = allocations !== null && bytesAllocated !== null;
  const isOfBlocks = isCounted && smallest !== null && largest !== null;
  return [
    row('Duration', formatSeconds(stats.durationMs)),
    ...(isCounted
      ? [row('Allocations', String(allocations)), row(TOTALS[stats.view], formatBytes(bytesAllocated))]
      : []),
    row('Peak of the heap', formatBytes(stats.peakBytes), formatMoment(stats, stats.peakTimeMs)),
    ...(highestRss === null
      ? []
      : [
          row(
            'Highest resident memory',
            formatBytes(highestRss),
            formatMoment(stats, stats.highestRssTimeMs),
          ),
        ]),
    ...(isOfBlocks
      ? [
          row('Smallest allocation', formatBytes(smallest)),
          row('Mean allocation', formatBytes(bytesAllocated / allocations)),
          row('Largest allocation', formatBytes(largest)),
        ]
      : []),
  ];
}

function formatMoment({startTimeMs}: RunStats, timeMs: number | null): FigureCell {
  return piece('quiet', timeMs === null ? '' : `after ${formatSeconds(timeMs - startTimeMs)}`);
}

function formatSeconds(ms: number): string {
  return `${formatFixed(ms / 1000, 3)} s`;
}

/** `<   4.000B   12  ▇▇▇`: the last bin holds its end as well. */
function layOutBins(bins: readonly Bin[]): readonly (readonly FigureCell[])[] {
  const most = Math.max(...bins.map(({count}) => count));
  return bins.map(({upTo, count}, index) => [
    piece('quiet', index === bins.length - 1 ? '<=' : '<'),
    number(formatBytes(upTo)),
    number(String(count)),
    bar(most === 0 ? 0 : count / most),
  ]);
}

function layOutSums({bytes, allocations}: TopModule | TopPlace, stats: RunStats): readonly FigureCell[] {
  return [
    number(formatBytes(bytes)),
    number(formatPercent(bytes, stats.whole.bytes)),
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
