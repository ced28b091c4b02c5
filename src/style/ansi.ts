import {type Safe, splitEscapes} from '../format/sanitize.js';
import {getHeatCodes} from './heat.js';
import type {PaletteName} from './palette.js';
import {type ColorDepth, getRoleCodes, type Role} from './tokens.js';

export type {ColorDepth};

/** Puts SGR sequences around safe text; without colours it stays as it is. */
export interface Painter {
  heat(percent: number, text: string): string;
  /** What stands for invisible characters in reverse. */
  function(text: Safe): string;
  /** What stands for invisible characters in reverse. */
  place(text: Safe): string;
  as(role: Role, text: Safe): string;
}

export function createPainter(color: ColorDepth, palette: PaletteName = 'dark'): Painter {
  if (color === 'none')
    return {heat: (_, text) => text, function: text => text, place: text => text, as: (_, text) => text};
  const codes = getRoleCodes(palette, color);
  const paintAs = (role: Role) => (text: Safe) => paintWithEscapes(codes.get(role)!, text);
  return {
    heat: (percent, text) => (palette === 'mono' ? text : paint(getHeatCodes(percent, color, palette), text)),
    function: paintAs('function'),
    place: paintAs('place'),
    as: (role, text) => (codes.get(role) ? paintAs(role)(text) : text),
  };
}

function paintWithEscapes(codes: string, text: Safe): string {
  return splitEscapes(text)
    .map(piece => paint(piece.isEscape ? `${codes};7` : codes, piece.text))
    .join('');
}

function paint(codes: string, text: string): string {
  return `\u001b[${codes}m${text}\u001b[0m`;
}
