import {type Safe, splitMarks} from '../format/sanitize.js';
import {getHeatAnsi16, getHeatColor, toAnsi256} from './heat.js';

/** How many colours the output takes. */
export type ColorDepth = 'none' | '16' | '256' | 'truecolor';

export const COLOR_DEPTHS: readonly ColorDepth[] = ['none', '16', '256', 'truecolor'];

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
    heat: (percent, text) => paint(heatCodes(percent, color), text),
    function: text => paintMarked('1', text),
    place: text => paintMarked('2;36', text),
  };
}

function heatCodes(percent: number, color: ColorDepth): string {
  if (color === '16') return String(getHeatAnsi16(percent));
  const rgb = getHeatColor(percent);
  return color === '256' ? `38;5;${toAnsi256(rgb)}` : `38;2;${rgb.join(';')}`;
}

function paintMarked(codes: string, text: Safe): string {
  return splitMarks(text)
    .map(piece => paint(piece.isMark ? `${codes};7` : codes, piece.text))
    .join('');
}

function paint(codes: string, text: string): string {
  return `\u001b[${codes}m${text}\u001b[0m`;
}
