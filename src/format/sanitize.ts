declare const safeBrand: unique symbol;

/**
 * Text that a terminal can take for nothing but text. Only the functions of this file make it; a test forbids
 * casts.
 */
export type Safe = string & {readonly [safeBrand]: true};

/**
 * What must not reach a terminal: controls, line and paragraph separators, lone surrogates; and what it would
 * not show or would reorder the rest by: bidi controls, and all that Unicode calls ignorable (zero width
 * characters, fillers, variation selectors, tags), and interlinear annotations.
 */
export const UNSAFE =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u{FFF9}-\u{FFFB}]/gu;
/** More than 4 marks on one base would paint over other rows. */
export const TOO_MANY_MARKS = /(\p{M}{4})\p{M}+/gu;
const LINE_ENDS = '\n\r\u{85}\u{2028}\u{2029}';

/**
 * Makes text from outside safe to show: control pictures for C0 and DEL, ␊ for line ends, � for C1 and lone
 * surrogates, ‹202E› for invisible and bidi characters, at most 4 marks on a base. Idempotent.
 */
export function sanitize(text: string): Safe {
  if (isPlain(text)) return trusted(text);
  return trusted(text.replace(UNSAFE, replaceUnsafe).replace(TOO_MANY_MARKS, '$1'));
}

/**
 * Text that needs no sanitizing because of where it comes from: constants of this program, numbers, color
 * codes of the theme, and parts of safe text. Never text from outside, not even as a part.
 */
export function trusted(text: string): Safe {
  return text as Safe;
}

/** Safe pieces and numbers one after another. */
export function joinSafe(...parts: readonly (Safe | number)[]): Safe {
  return trusted(parts.join(''));
}

/** A piece of safe text, and whether it stands for an invisible character (to be shown in reverse colour). */
export interface SafePiece {
  readonly text: Safe;
  readonly isEscape: boolean;
}

/** Splits text into pieces that are shown as they are and escapes of invisible characters: ‹202E›. */
export function splitEscapes(text: Safe): readonly SafePiece[] {
  if (!text.includes('‹')) return [{text, isEscape: false}];
  return text
    .split(/(‹[0-9A-F]{2,6}›)/)
    .map((piece, index) => ({text: trusted(piece), isEscape: index % 2 === 1}))
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
