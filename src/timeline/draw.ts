import type {Columns} from './columns.js';

/** What a piece of a drawn row is. */
export type DrawnKind = 'heap' | 'rss' | 'blank';

/** Neighbouring characters of one kind; each of them takes one cell. */
export interface DrawnPiece {
  readonly kind: DrawnKind;
  readonly text: string;
}

/** The characters of a drawing. */
export interface DrawingSigns {
  /** A cell that is filled from below, from the lowest to the full one. */
  readonly fills: string;
  /** A level in a cell, from the lowest to the highest one. */
  readonly levels: string;
}

export const UNICODE_SIGNS: DrawingSigns = {fills: '▁▂▃▄▅▆▇█', levels: '⣀⠤⠒⠉'};
export const ASCII_SIGNS: DrawingSigns = {fills: '_#', levels: '.'};

/** Resident memory of more than so many times the heap would leave the heap flat: it is not drawn. */
const MOST_TIMES = 4;

/** The size that the top of a drawing stands for, and whether resident memory is drawn. */
export function chooseTop({heap, rss}: Columns): {readonly top: number; readonly hasRss: boolean} {
  const highestHeap = heap.reduce((highest, bytes) => Math.max(highest, bytes), 0);
  const highestRss = rss.reduce((highest, bytes) => Math.max(highest, bytes), 0);
  const hasRss = highestRss > 0 && (highestHeap === 0 || highestRss <= highestHeap * MOST_TIMES);
  return {top: hasRss ? Math.max(highestHeap, highestRss) : highestHeap, hasRss};
}

/**
 * The columns as rows of characters, the top row first: the heap as filled columns, in which what is not 0 is always seen,
 * and resident memory as a line above it. Where that is lower than the heap, it is a gap in the column.
 */
export function drawRows(
  columns: Columns,
  height: number,
  signs: DrawingSigns,
): readonly (readonly DrawnPiece[])[] {
  const {top, hasRss} = chooseTop(columns);
  return Array.from({length: height}, (_, index) => {
    const row = height - 1 - index;
    const cells = Array.from({length: columns.length}, (__, column) =>
      drawCell(columns.heap[column]!, hasRss ? columns.rss[column]! : 0, row, {top, height, signs}),
    );
    return joinPieces(cells);
  });
}

interface Drawing {
  readonly top: number;
  readonly height: number;
  readonly signs: DrawingSigns;
}

/** @param row from the bottom, from 0 */
function drawCell(heap: number, rss: number, row: number, {top, height, signs}: Drawing): DrawnPiece {
  const {fills, levels} = signs;
  const fill = countSteps(heap, top, height, fills.length) - row * fills.length;
  const level = countSteps(rss, top, height, levels.length) - row * levels.length;
  // A part of a cell is the top of the heap: no line is drawn through it.
  const isPart = fill > 0 && fill < fills.length;
  if (level > 0 && level <= levels.length && !isPart) return {kind: 'rss', text: levels[level - 1]!};
  if (fill <= 0) return {kind: 'blank', text: ' '};
  return {kind: 'heap', text: fills[Math.min(fill, fills.length) - 1]!};
}

/** Rounded up: what is not 0 has a step. */
function countSteps(value: number, top: number, height: number, stepsPerRow: number): number {
  return top > 0 ? Math.ceil((value / top) * height * stepsPerRow) : 0;
}

function joinPieces(cells: readonly DrawnPiece[]): readonly DrawnPiece[] {
  const pieces: {kind: DrawnKind; text: string}[] = [];
  for (const {kind, text} of cells) {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += text;
    else pieces.push({kind, text});
  }
  return pieces;
}
