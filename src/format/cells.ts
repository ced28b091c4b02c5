import stringWidth from 'string-width';
import type {Safe} from './sanitize.js';

/** Made at its first use: it takes milliseconds. */
let segmenter: Intl.Segmenter | undefined;

function segmentsOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter();
  return segmenter.segment(text);
}

/** Printable ASCII, and signs that rows and panes are drawn with: a cell each, and none joins another. */
const PLAIN = /^[ -~\u00b7–—‹›…•←-↓─-╿▀-▟▴▸▾◂❯]*$/;
/**
 * The same with the emoji that are drawn: two code units, two cells. Knowing all others takes 30 ms at the
 * first.
 */
const DRAWN = /^[ -~\u00b7–—‹›…•←-↓─-╿▀-▟▴▸▾◂❯📂📄💾📦🧭🧵]*$/u;

/** How many terminal cells a text takes: 2 for wide characters and emoji, 0 for marks. */
export function cellWidth(text: string): number {
  return isDrawn(text) ? text.length : stringWidth(text);
}

/**
 * The cells from `from` up to `to`. Half of a wide character at an edge becomes a space, so columns stay in
 * line.
 */
export function sliceCells(text: Safe, from: number, to: number): Safe;
export function sliceCells(text: string, from: number, to: number): string;
export function sliceCells(text: string, from: number, to: number): string {
  if (isPlain(text)) return text.slice(from, to);
  let slice = '';
  let column = 0;
  for (const {segment} of segmentsOf(text)) {
    const start = column;
    column += stringWidth(segment);
    if (start >= from && column <= to) slice += segment;
    else if (start < to && column > from) slice += ' '.repeat(Math.min(column, to) - Math.max(start, from));
    if (column >= to) break;
  }
  return slice;
}

/** The text if it fits, else what fits with "…" at its end. Looks at no more of the text than fits. */
export function truncateCells(text: Safe, width: number, ellipsis?: string): Safe;
export function truncateCells(text: string, width: number, ellipsis?: string): string;
export function truncateCells(text: string, width: number, ellipsis = '…'): string {
  if (fits(text, width)) return text;
  if (width <= ellipsis.length) return ellipsis.slice(0, Math.max(width, 0));
  return sliceCells(text, 0, width - ellipsis.length) + ellipsis;
}

/**
 * The text if it fits, else "…" and as much of its end as fits: for paths and modules, whose ends say most.
 */
export function truncateStart(text: Safe, width: number, ellipsis?: string): Safe;
export function truncateStart(text: string, width: number, ellipsis?: string): string;
export function truncateStart(text: string, width: number, ellipsis = '…'): string {
  if (fits(text, width)) return text;
  if (width <= ellipsis.length) return ellipsis.slice(0, Math.max(width, 0));
  const total = cellWidth(text);
  return ellipsis + sliceCells(text, total - width + ellipsis.length, total);
}

/**
 * The text if it fits, else its beginning and its end around a "…"; the beginning is no shorter than the end.
 */
export function truncateMiddle(text: Safe, width: number, ellipsis?: string): Safe;
export function truncateMiddle(text: string, width: number, ellipsis?: string): string;
export function truncateMiddle(text: string, width: number, ellipsis = '…'): string {
  if (fits(text, width)) return text;
  const kept = width - ellipsis.length;
  if (kept < 2) return truncateCells(text, width, ellipsis);
  const tail = Math.floor(kept / 2);
  const total = cellWidth(text);
  return sliceCells(text, 0, kept - tail) + ellipsis + sliceCells(text, total - tail, total);
}

function fits(text: string, width: number): boolean {
  if (isDrawn(text)) return text.length <= width;
  let column = 0;
  for (const {segment} of segmentsOf(text)) {
    column += stringWidth(segment);
    if (column > width) return false;
  }
  return true;
}

function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

function isDrawn(text: string): boolean {
  return DRAWN.test(text);
}
