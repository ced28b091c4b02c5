import {type Safe, splitMarks} from '../format/sanitize.js';
import type {ColorDepth} from './color-depth.js';
import {getHeatCodes} from './heat.js';

/** Puts SGR sequences around safe text; without colours it stays as it is. */
export interface Painter {
  heat(percent: number, text: string): string;
  /** Bold; what stands for invisible characters in reverse. */
  function(text: Safe): string;
  /** Dim cyan; what stands for invisible characters in reverse. */
  place(text: Safe): string;
}

export function createPainter(color: ColorDepth): Painter {
  if (color === 'none') return {heat: (_, text) => text, function: text => text, place: text => text};
  return {
    heat: (percent, text) => paint(getHeatCodes(percent, color), text),
    function: text => paintMarked('1', text),
    place: text => paintMarked('2;36', text),
  };
}

function paintMarked(codes: string, text: Safe): string {
  return splitMarks(text)
    .map(piece => paint(piece.isMark ? `${codes};7` : codes, piece.text))
    .join('');
}

function paint(codes: string, text: string): string {
  return `\u001b[${codes}m${text}\u001b[0m`;
}
