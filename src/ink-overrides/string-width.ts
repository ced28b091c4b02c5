// Replaces string-width in what we build. Widths are the same, but only text outside ASCII
// is split into graphemes, and each text is measured once. Ink measures every text of a frame several times.
import {getCharacterWidth} from './character-width.js';
import {measureStringWidth} from './originals.js';

const MAX_KNOWN = 4000;
const known = new Map<string, number>();

/** Colors in the form that string-width knows: they take no cell. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with a control character
const SGR = /\u001b\[(?:\d{1,4}(?:;\d{0,4})*)?m/g;
/**
 * All text that a grapheme with anything but printable ASCII can include. No grapheme ends between two
 * printable ASCII characters, but one may begin with such a character (a + accent) and end with one (after a
 * prepending character).
 */
const PIECES = /[ -~]?[^ -~]+(?:[ -~][^ -~]+)*[ -~]?/g;

const getWidth: typeof measureStringWidth = (text, options) => {
  if (options !== undefined || typeof text !== 'string') return measureStringWidth(text, options);
  let width = known.get(text);
  if (width === undefined) {
    width = measure(text);
    remember(text, width);
  }
  return width;
};

export default getWidth;

function measure(text: string): number {
  const plain = text.replace(SGR, '');
  // Any other control sequence.
  if (plain.includes('\u001b') || plain.includes('\u009b')) return measureStringWidth(text);
  let width = measureCharacters(plain);
  if (width !== null) return width;
  width = plain.length;
  for (const [piece] of plain.matchAll(PIECES)) width += measurePiece(piece) - piece.length;
  return width;
}

/** The width of text whose characters all have a known width, else null. */
function measureCharacters(text: string): number | null {
  let sum = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at)!;
    const width = getCharacterWidth(code);
    if (width === 0) return null;
    sum += width;
    at += code > 0xffff ? 2 : 1;
  }
  return sum;
}

/** Many texts contain the same few pieces. */
function measurePiece(piece: string): number {
  let width = known.get(piece);
  if (width === undefined) {
    width = measureStringWidth(piece);
    remember(piece, width);
  }
  return width;
}

function remember(text: string, width: number): void {
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(text, width);
}
