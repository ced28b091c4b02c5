// The cells of a line with colors, for the replacements of Ink's painter and of its update of lines. Lines
// with characters whose width is in doubt are refused.
import {getCharacterWidth} from './character-width.js';

const ESC = 0x1b;
export const SPACE = 0x20;

// A style is everything that SGR parameters can set, as a list of parts, '' where nothing is set: intensity,
// italic, underline, reverse, strikethrough, foreground, background. Each style has a number; 0 is the plain
// one.
type Style = readonly string[];

/** The parameter that ends each part. */
const PART_ENDS = ['22', '23', '24', '27', '29', '39', '49'];
const [INTENSITY, REVERSE, FOREGROUND, BACKGROUND] = [0, 3, 5, 6] as const;
const PLAIN_STYLE: Style = PART_ENDS.map(() => '');
export const PLAIN = 0;
const styles: Style[] = [PLAIN_STYLE];
const styleNumbers = new Map([[PLAIN_STYLE.join('|'), PLAIN]]);
/** By a style's number: the style that is left of it on a blank. */
export const blankStyles = [PLAIN];
/** By a style's number: the style after each sequence. */
const nextStyles: Map<string, number>[] = [new Map()];
/** By the numbers of two styles: the sequence from one to the other. */
const transitions = new Map<number, string>();

function getStyleNumber(style: Style): number {
  const key = style.join('|');
  let number = styleNumbers.get(key);
  if (number === undefined) {
    number = styles.length;
    styleNumbers.set(key, number);
    styles.push(style);
    nextStyles.push(new Map());
    blankStyles.push(number);
    // Without reverse, a blank shows neither intensity nor italic nor foreground.
    const isInvisible = (part: number) => part <= 1 || part === FOREGROUND;
    if (style[REVERSE] === '')
      blankStyles[number] = getStyleNumber(style.map((value, part) => (isInvisible(part) ? '' : value)));
  }
  return number;
}

/** The style after a sequence, −1 if the sequence sets something that no style holds. */
function changeStyle(style: number, parameters: string): number {
  const known = nextStyles[style]!;
  let next = known.get(parameters);
  if (next === undefined) {
    const parts = changeParts(styles[style]!, parameters);
    next = parts === null ? -1 : getStyleNumber(parts);
    known.set(parameters, next);
  }
  return next;
}

/** The first of some parameters, with what belongs to it. */
const PARAMETER = /^(?:[34]8;(?:5;\d+|2;\d+;\d+;\d+)|\d*)(?:;|$)/;
const FOREGROUNDS = /^(?:3[0-7]|9[0-7]|38;.*)$/;
const BACKGROUNDS = /^(?:4[0-7]|10[0-7]|48;.*)$/;

function changeParts(before: Style, parameters: string): Style | null {
  let parts = [...before];
  for (let rest = parameters; ; ) {
    const [match] = PARAMETER.exec(rest) ?? [];
    if (match === undefined) return null;
    const code = match.replace(/;$/, '');
    const number = Number.parseInt(code || '0', 10);
    const end = PART_ENDS.indexOf(code);
    if (number === 0) parts = [...PLAIN_STYLE];
    else if (end >= 0) parts[end] = '';
    else if (number <= 2) parts[INTENSITY] = addIntensity(parts[INTENSITY]!, code);
    else if (['3', '4', '7', '9'].includes(code)) parts[PART_ENDS.indexOf(`2${code}`)] = code;
    else if (FOREGROUNDS.test(code)) parts[FOREGROUND] = code;
    else if (BACKGROUNDS.test(code)) parts[BACKGROUND] = code;
    else return null;
    if (match === rest) return match.endsWith(';') ? null : parts;
    rest = rest.slice(match.length);
  }
}

function addIntensity(intensity: string, code: string): string {
  return intensity === '' || intensity === code ? code : '1;2';
}

/**
 * The sequence from one style to another, the shorter of two: only what differs, or a reset and everything.
 */
export function getTransition(from: number, to: number): string {
  if (from === to) return '';
  const key = from * 0x10000 + to;
  let transition = transitions.get(key);
  if (transition === undefined) {
    const [before, after] = [styles[from]!, styles[to]!];
    const whole = ['0', ...after.filter(value => value !== '')].join(';');
    const changes = after.flatMap((value, part) => changePart(before[part]!, value, part)).join(';');
    transition = `\u001b[${changes.length <= whole.length ? changes : whole}m`;
    transitions.set(key, transition);
  }
  return transition;
}

function changePart(from: string, to: string, part: number): readonly string[] {
  if (from === to) return [];
  if (to === '') return [PART_ENDS[part]!];
  // Bold stays when faint is added unless it is ended.
  return part === INTENSITY && from !== '' ? [PART_ENDS[part]!, to] : [to];
}

/** A line as cells. One object serves many lines. */
export interface Cells {
  /** Code points; 0 in the second cell of a wide character. */
  readonly codes: Int32Array;
  /** Numbers of styles. */
  readonly styles: Int32Array;
  length: number;
}

export function createCells(): Cells {
  return {codes: new Int32Array(1024), styles: new Int32Array(1024), length: 0};
}

/** Reads a line into cells. False if the line has to be left to Ink. */
export function readCells(line: string, cells: Cells): boolean {
  const {codes, styles: cellStyles} = cells;
  let style = PLAIN;
  let column = 0;
  for (let at = 0; at < line.length; ) {
    if (column + 2 > codes.length) return false;
    const code = line.codePointAt(at)!;
    if (code === ESC) {
      const end = line.indexOf('m', at);
      if (end < 0 || line[at + 1] !== '[') return false;
      style = changeStyle(style, line.slice(at + 2, end));
      if (style < 0) return false;
      at = end + 1;
      continue;
    }
    const width = getCharacterWidth(code);
    if (width === 0) return false;
    codes[column] = code;
    cellStyles[column] = code === SPACE ? blankStyles[style]! : style;
    if (width === 2) {
      codes[column + 1] = 0;
      cellStyles[column + 1] = style;
    }
    column += width;
    at += code > 0xffff ? 2 : 1;
  }
  cells.length = column;
  return style === PLAIN;
}
