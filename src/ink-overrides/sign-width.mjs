import {eastAsianWidth} from 'get-east-asian-width';

/**
 * Besides ASCII: characters that are a grapheme each and as wide on every terminal. (Latin, punctuation, arrows to dingbats, kana,
 * ideographs, pictographs other than skin tones.)
 */
const PLAIN_SIGN =
  /[\u{a1}-\u{ac}\u{ae}-\u{2ff}\u{2010}-\u{2027}\u{2030}-\u{205e}\u{2190}-\u{2bff}\u{3041}-\u{3096}\u{30a0}-\u{30ff}\u{4e00}-\u{9fff}\u{1f300}-\u{1f3fa}\u{1f400}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}]/u;
const widths = new Map();

/**
 * Cells of a character by its code point; 0 for one whose cells depend on others or on the terminal. It asks for no emoji: all of these
 * that are emoji are wide, and V8 takes 40 ms to get to know the pattern of emoji.
 */
export function getSignWidth(code) {
  if (code >= 0x20 && code < 0x7f) return 1;
  let width = widths.get(code);
  if (width === undefined) {
    width = PLAIN_SIGN.test(String.fromCodePoint(code)) ? eastAsianWidth(code) : 0;
    widths.set(code, width);
  }
  return width;
}
