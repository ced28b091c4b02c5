// string-width, in the bundle of the command line: the same widths, but only what is not ASCII is cut into graphemes, and a text is
// measured once. Ink measures every text of a frame several times.
import stringWidth from 'string-width';
import {getSignWidth} from './sign-width.mjs';

const MAX_KNOWN = 4000;
const known = new Map();

/** Colours, written as string-width knows them: they take no cell. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with a control character
const SGR = /\u001b\[(?:\d{1,4}(?:;\d{0,4})*)?m/g;
/**
 * All that a grapheme of something else than printable ASCII can reach: it never ends between two printable ASCII characters, but it may
 * begin with one (a + accent) and end with one (some characters prepend themselves to the next).
 */
const PIECES = /[ -~]?[^ -~]+(?:[ -~][^ -~]+)*[ -~]?/g;

export default function getWidth(text, options) {
  if (options !== undefined || typeof text !== 'string') return stringWidth(text, options);
  let width = known.get(text);
  if (width === undefined) {
    width = measure(text);
    remember(text, width);
  }
  return width;
}

function measure(text) {
  const plain = text.replace(SGR, '');
  // Any other control sequence.
  if (plain.includes('\u001b') || plain.includes('\u009b')) return stringWidth(text);
  let width = measureSigns(plain);
  if (width !== null) return width;
  width = plain.length;
  for (const [piece] of plain.matchAll(PIECES)) width += measurePiece(piece) - piece.length;
  return width;
}

/** The width of a text of nothing but plain signs, else null. */
function measureSigns(text) {
  let sum = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at);
    const width = getSignWidth(code);
    if (width === 0) return null;
    sum += width;
    at += code > 0xffff ? 2 : 1;
  }
  return sum;
}

/** The same few signs stand in many texts: `─`, `📂`. */
function measurePiece(piece) {
  let width = known.get(piece);
  if (width === undefined) {
    width = stringWidth(piece);
    remember(piece, width);
  }
  return width;
}

function remember(text, width) {
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(text, width);
}
