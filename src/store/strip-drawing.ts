import {drawAxis, drawSizes} from '../timeline/axis.js';
import {ASCII_SIGNS, chooseTop, type DrawnPiece, drawRows, UNICODE_SIGNS} from '../timeline/draw.js';
import {findHighestRss} from '../timeline/locate.js';
import {ASCII_MARKS, drawMarks, type Marks, UNICODE_MARKS} from '../timeline/marks.js';
import {findColumn, type Scale} from '../timeline/scale.js';
import type {TreeState} from './state.js';
import type {StripRows} from './strip-layout.js';
import {type ChosenEnd, getChosenEnds, getDrawing, getPeakRecords} from './strip-selection.js';

/** The time strip but for its first line: each row begins with cells for the sizes. */
export interface StripDrawing {
  readonly sizes: readonly string[];
  readonly rows: readonly (readonly DrawnPiece[])[];
  /** The columns of what is chosen. */
  readonly chosen: Marks['chosen'];
  readonly marks: string;
  /** Null where there is no room for it. */
  readonly axis: string | null;
  readonly hasRss: boolean;
}

/** @param width how many columns are drawn */
export function drawStrip(
  state: Pick<TreeState, 'timeline' | 'capture' | 'view' | 'askedView' | 'snapshot' | 'status'>,
  width: number,
  {drawing, axis}: StripRows,
  isAscii: boolean,
): StripDrawing | null {
  const {timeline} = state;
  if (timeline === null) return null;
  const {scale, columns} = getDrawing(timeline, width);
  const {top, hasRss} = chooseTop(columns);
  const ends = getChosenEnds(state);
  const chosen = ends && {from: getEndColumn(scale, ends.from), to: getEndColumn(scale, ends.to)};
  const highestRss = findHighestRss(timeline);
  const marks: Marks = {
    chosen,
    peak: timeline.hasRecords === false ? null : findColumn(scale, getPeakRecords(state, timeline)),
    rssPeak: highestRss < 0 ? null : getPointColumn(scale, highestRss),
  };
  return {
    sizes: drawSizes(top, drawing),
    rows: drawRows(columns, drawing, isAscii ? ASCII_SIGNS : UNICODE_SIGNS),
    chosen,
    marks: drawMarks(marks, width, isAscii ? ASCII_MARKS : UNICODE_MARKS),
    axis: axis > 0 ? drawAxis(scale) : null,
    hasRss,
  };
}

function getEndColumn(scale: Scale, {records, point}: ChosenEnd): number {
  return (point === null ? null : getPointColumn(scale, point)) ?? findColumn(scale, records);
}

function getPointColumn({pointColumns}: Scale, point: number): number | null {
  return pointColumns[point] ?? null;
}
