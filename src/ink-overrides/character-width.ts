import {eastAsianWidth} from 'get-east-asian-width';

/**
 * Besides ASCII: characters that are always a grapheme of their own and have the same width on every terminal
 * (Latin, punctuation, arrows to dingbats, kana, ideographs, pictographs other than skin tones).
 */
const PLAIN_CHARACTER =
  /[\u{a1}-\u{ac}\u{ae}-\u{2ff}\u{2010}-\u{2027}\u{2030}-\u{205e}\u{2190}-\u{2bff}\u{3041}-\u{3096}\u{30a0}-\u{30ff}\u{4e00}-\u{9fff}\u{1f300}-\u{1f3fa}\u{1f400}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}]/u;
const widths = new Map<number, number>();

/**
 * The width in cells of the character with a code point; 0 if the width depends on neighbors or on the
 * terminal. This needs no table of emoji, which takes V8 40 ms to build: all emoji among these characters are
 * wide.
 */
export function getCharacterWidth(code: number): number {
  if (code >= 0x20 && code < 0x7f) return 1;
  let width = widths.get(code);
  if (width === undefined) {
    width = PLAIN_CHARACTER.test(String.fromCodePoint(code)) ? eastAsianWidth(code) : 0;
    widths.set(code, width);
  }
  return width;
}
