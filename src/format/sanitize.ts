import {cellWidth} from './cells.js';

declare const safeBrand: unique symbol;

/** Text that holds nothing a terminal could take for anything but text. Only `sanitize` and its kin make it. */
export type Safe = string & {readonly [safeBrand]: true};

/** Marks on one base that are kept; more would paint over other rows. */
const MAX_MARKS = 4;

/**
 * What must not reach a terminal: controls, line and paragraph separators, lone surrogates; and what it would not show
 * or would reorder the rest by: bidi controls, and all that Unicode calls ignorable (zero width characters, fillers,
 * variation selectors, tags), and interlinear annotations.
 */
const UNSAFE =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u{FFF9}-\u{FFFB}]/gu;
const TOO_MANY_MARKS = new RegExp(`(\\p{M}{${MAX_MARKS}})\\p{M}+`, 'gu');
const LINE_ENDS = '\n\r\u{85}\u{2028}\u{2029}';

/**
 * Makes text from outside safe to show: control pictures for C0 and DEL, ␊ for line ends, � for C1 and lone
 * surrogates, ‹202E› for invisible and bidi characters, at most 4 marks on a base. Idempotent.
 */
export function sanitize(text: string): Safe {
  if (isPlain(text)) return text as Safe;
  return text.replace(UNSAFE, replaceUnsafe).replace(TOO_MANY_MARKS, '$1') as Safe;
}

/** A line of source code: tabs become spaces up to the next multiple of `tabWidth` cells, the rest as `sanitize`. */
export function sanitizeSource(line: string, tabWidth = 4): Safe {
  const [first = '', ...rest] = line.split('\t');
  let text: string = sanitize(first);
  for (const piece of rest) text += ' '.repeat(tabWidth - (cellWidth(text) % tabWidth)) + sanitize(piece);
  return text as Safe;
}

/** Safe pieces and numbers one after another. */
export function joinSafe(...parts: readonly (Safe | number)[]): Safe {
  return parts.join('') as Safe;
}

/** A piece of safe text, and whether it stands for an invisible character (to be shown in reverse colour). */
export interface SafePiece {
  readonly text: Safe;
  readonly isMark: boolean;
}

/** Cuts text into what is shown as it is and what stands for invisible characters: ‹202E›. */
export function splitMarks(text: Safe): readonly SafePiece[] {
  if (!text.includes('‹')) return [{text, isMark: false}];
  return text
    .split(/(‹[0-9A-F]{2,6}›)/)
    .map((piece, index) => ({text: piece as Safe, isMark: index % 2 === 1}))
    .filter(piece => piece.text !== '');
}

/** Printable ASCII needs no care. */
function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

function replaceUnsafe(character: string): string {
  if (LINE_ENDS.includes(character)) return '␊';
  const code = character.codePointAt(0)!;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  if (code < 0xa0 || (code >= 0xd800 && code <= 0xdfff)) return '�';
  return `‹${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}
