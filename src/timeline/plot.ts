import {formatBytes} from '../format/numbers.js';
import type {Timeline} from '../heap/timeline.js';
import {drawAxis, drawSizes, formatCount, SIZE_CELLS} from './axis.js';
import {computeColumns} from './columns.js';
import {ASCII_SIGNS, chooseTop, drawRows, UNICODE_SIGNS} from './draw.js';
import {findHighestRss} from './locate.js';
import {countRecords, createScale, getDuration} from './scale.js';

export interface PlotSize {
  /** Cells of the whole plot, those of the sizes at its left included. */
  readonly width: number;
  /** Rows of the drawing; the axis and the line above it come besides. */
  readonly height: number;
}

/**
 * Heap and resident memory in the course of a run as lines of text, none wider than `width`.
 * ```
 * Heap up to 20.000MB, resident memory up to 32.000MB, 10.5 s, 1.2M allocation records
 * 32.0MB       ⠤⠤⠤⠒⠒⠒⠉
 *        ▂▄▄▄▄▄██████▆
 *     0B ████████████████
 *        0s        5s
 * ```
 */
export function plotTimeline(
  timeline: Timeline,
  {width, height}: PlotSize,
  isAscii = false,
): readonly string[] {
  const scale = createScale(timeline, Math.max(0, width - SIZE_CELLS));
  const columns = computeColumns(timeline, scale);
  const {top, hasRss} = chooseTop(columns);
  const sizes = drawSizes(top, height);
  const rows = drawRows(columns, height, isAscii ? ASCII_SIGNS : UNICODE_SIGNS);
  const drawn = rows.map((pieces, row) => `${sizes[row]}${pieces.map(({text}) => text).join('')}`);
  const head = joinFitting(describeTimeline(timeline, hasRss), width);
  const lines = [head, ...drawn, `${' '.repeat(SIZE_CELLS)}${drawAxis(scale)}`];
  return lines.map(line => line.slice(0, Math.max(0, width)).trimEnd());
}

/** As many parts as fit on a line. */
function joinFitting(parts: readonly string[], width: number): string {
  return parts.reduce((line, part) => (line.length + 2 + part.length <= width ? `${line}, ${part}` : line));
}

function describeTimeline(timeline: Timeline, hasRss: boolean): readonly string[] {
  const {points, cells} = timeline;
  const highestOf = (values: Float64Array): number => values.reduce((a, b) => Math.max(a, b), 0);
  const heap = Math.max(highestOf(cells.highestHeap), highestOf(points.highestHeap));
  const highest = findHighestRss(timeline);
  return [
    `Heap ${timeline.hasRecords === false ? 'recorded ' : ''}up to ${formatBytes(heap)}`,
    ...(highest < 0
      ? []
      : [`resident memory up to ${formatBytes(points.rss[highest]!)}${hasRss ? '' : ' (off scale)'}`]),
    ...(points.length === 0 ? [] : [formatSpan(getDuration(timeline))]),
    ...(timeline.hasRecords === false ? [] : [countNoun(countRecords(timeline))]),
  ];
}

function formatSpan(ms: number): string {
  return ms < 100 ? `${Number(ms.toFixed(3))} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function countNoun(records: number): string {
  return records === 1 ? '1 allocation record' : `${formatCount(records)} allocation records`;
}
