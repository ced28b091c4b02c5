import {cellWidth} from '../src/format/cells.js';
import {type Safe, splitEscapes, trusted} from '../src/format/sanitize.js';
import type {MarginLine} from '../src/store/source-pane/cost-margin.js';
import type {ScreenGlyphs} from '../src/style/glyphs.js';
import type {PaletteName} from '../src/style/palette.js';
import type {Theme} from '../src/style/theme.js';

/** One line of an excerpt, ready to be drawn. */
export interface SourceRow {
  readonly number: number;
  /** What is shown of the line: cut to the pane on both sides. */
  readonly text: Safe;
  readonly isSelected: boolean;
  /** Whether it is the hot line that was gone to. */
  readonly isVisited: boolean;
  /** What it costs; null where that is nothing. */
  readonly cost: MarginLine | null;
  /** How many characters of the highlighted line stand before `text`. */
  readonly offset: number;
}

export interface SourceStyle {
  readonly width: number;
  /** Digits of the widest line number. */
  readonly digits: number;
  /** Cells of the costs before it. */
  readonly marginCells: number;
  readonly theme: Theme;
}

/** Marker and sign, the costs, and the number with a space after it. */
export function getGutterWidth({digits, marginCells}: Pick<SourceStyle, 'digits' | 'marginCells'>): number {
  return 2 + marginCells + digits + 1;
}

const RESET_COLOR = '\u001b[39m';

/**
 * Foreground colours by highlight.js's token names: of the 16 that follow the user's terminal, so that they
 * can be read on dark and on light.
 */
const TOKEN_COLORS: ReadonlyMap<string, number> = new Map([
  ['keyword', 35],
  ['built_in', 36],
  ['type', 36],
  ['literal', 36],
  ['number', 36],
  ['string', 32],
  ['comment', 90],
  ['doctag', 90],
  ['title', 34],
  ['meta', 33],
]);

/** Tokens whose own look in the highlighter must not show through; their text stays as it is. */
const PLAIN_TOKENS = ['default', 'class', 'function', 'params', 'subst', 'variable'];

/**
 * Other colours for those of the tokens; a token keeps its own where there is none. "39" is text without a
 * token.
 */
type ColorMap = ReadonlyMap<string, string>;

/** Light enough for the dark bar of the selected line (256 colours). */
const DARK_BAR_COLORS: ColorMap = new Map([
  ['32', '38;5;150'],
  ['33', '38;5;222'],
  ['34', '38;5;117'],
  ['35', '38;5;219'],
  ['36', '38;5;123'],
  ['39', '38;5;255'],
  ['90', '38;5;250'],
]);

/** Dark enough for a light background (256 colours): a contrast of 4.5 and more on white. */
const LIGHT_COLORS: ColorMap = new Map([
  ['32', '38;5;22'],
  ['33', '38;5;94'],
  ['34', '38;5;25'],
  ['35', '38;5;90'],
  ['36', '38;5;24'],
  ['90', '38;5;242'],
]);

/** The same with a contrast of 7 and more, on black and on white. */
const CONTRAST_COLORS: ColorMap = new Map([
  ['32', '38;5;120'],
  ['33', '38;5;227'],
  ['34', '38;5;153'],
  ['35', '38;5;219'],
  ['36', '38;5;123'],
  ['90', '38;5;252'],
]);
const CONTRAST_LIGHT_COLORS: ColorMap = new Map([
  ['32', '38;5;22'],
  ['33', '38;5;52'],
  ['34', '38;5;18'],
  ['35', '38;5;53'],
  ['36', '38;5;17'],
  ['90', '38;5;238'],
]);

/** The same among the 16 colours as xterm has them: of those a contrast of 7 have five on black and blue alone on white. */
const CONTRAST_BASIC: ColorMap = new Map([
  ['32', '92'],
  ['33', '93'],
  ['34', '96'],
  ['35', '97'],
  ['90', '37'],
]);
const CONTRAST_LIGHT_BASIC: ColorMap = new Map([
  ['32', '39'],
  ['33', '39'],
  ['35', '34'],
  ['36', '39'],
  ['90', '39'],
]);

/** How the text of a source is coloured. */
interface SourceColors {
  /** With 16 colours. */
  readonly basic: ColorMap;
  /** With more. */
  readonly text: ColorMap;
  readonly bar: ColorMap;
  /** SGR parameters of the selected line's background. */
  readonly barGround: string;
}

const NO_COLORS: ColorMap = new Map(['32', '33', '34', '35', '36', '90'].map(color => [color, '39']));

/** Those of the 16 colours that users choose themselves. */
const OWN_COLORS: ColorMap = new Map();

export const SOURCE_COLORS: Readonly<Record<PaletteName, SourceColors>> = {
  dark: {basic: OWN_COLORS, text: OWN_COLORS, bar: DARK_BAR_COLORS, barGround: '48;5;238'},
  light: {
    basic: OWN_COLORS,
    text: LIGHT_COLORS,
    bar: new Map([...LIGHT_COLORS, ['39', '38;5;16']]),
    barGround: '48;5;254',
  },
  contrast: {
    basic: CONTRAST_BASIC,
    text: CONTRAST_COLORS,
    bar: new Map([...CONTRAST_COLORS, ['39', '38;5;231']]),
    barGround: '48;5;17',
  },
  'contrast-light': {
    basic: CONTRAST_LIGHT_BASIC,
    text: CONTRAST_LIGHT_COLORS,
    // The darkest green is not dark enough for the bar.
    bar: new Map([...CONTRAST_LIGHT_COLORS, ['32', '38;5;88'], ['39', '38;5;16']]),
    barGround: '48;5;254',
  },
  mono: {basic: NO_COLORS, text: NO_COLORS, bar: NO_COLORS, barGround: ''},
};

type Paint = (code: string) => string;

/**
 * A theme for the highlighter: every token name has its function, so that none falls back to another palette.
 */
export function createHighlightTheme(): Record<string, Paint> {
  const theme: Record<string, Paint> = Object.create(null);
  for (const token of PLAIN_TOKENS) theme[token] = code => code;
  for (const [token, color] of TOKEN_COLORS) theme[token] = code => paintLines(code, `\u001b[${color}m`);
  return theme;
}

/**
 * Each line begins and ends its colour itself: then lines can be taken apart. Colours inside go back to this
 * one.
 */
function paintLines(code: string, start: string): string {
  return code
    .split('\n')
    .map(line => (line === '' ? '' : `${start}${line.replaceAll(RESET_COLOR, start)}${RESET_COLOR}`))
    .join('\n');
}

/**
 * A whole row: marker and the sign of a hot line, costs, number, text; the selected one as a bar over the full width. Of `highlighted` (the
 * line as the highlighter gave it, or null) only the colours are taken; the characters are those of
 * `row.text`.
 */
export function drawSourceRow(row: SourceRow, highlighted: string | null, style: SourceStyle): string {
  const {width, marginCells, theme} = style;
  const {depth, palette} = theme;
  const marker = getMarker(row, theme.glyphs);
  const number = `${String(row.number).padStart(style.digits)} `;
  const costs = row.cost?.text ?? ' '.repeat(marginCells);
  if (depth === 'none') return `${marker}${costs}${number}${row.text}`;
  const spans = splitColors(row, highlighted);
  const colors = SOURCE_COLORS[palette];
  if (!row.isSelected) {
    const shownNumber = row.isVisited ? paint('1', number, '22') : theme.paint('quiet', trusted(number));
    const text = drawSpans(spans, depth === '16' ? colors.basic : colors.text);
    return `${paintCosts(row, marker, costs, theme)}${shownNumber}${text}`;
  }
  const fill = ' '.repeat(Math.max(0, width - getGutterWidth(style) - cellWidth(row.text)));
  // 16 colours have no background that every text colour can be read on, but every terminal has reverse.
  if (depth === '16' || palette === 'mono')
    return paint('7', `${marker}${costs}${number}${drawEscapes(row.text, true)}${fill}`, '27');
  const bar = `${marker}${costs}${number}${drawSpans(spans, colors.bar)}${fill}`;
  return paint(colors.barGround, paint(colors.bar.get('39')!, bar, '39'), '49');
}

/** The sign of the selected line or of the one that was gone to, then that of a hot one. */
function getMarker({isSelected, isVisited, cost}: SourceRow, glyphs: ScreenGlyphs): string {
  const place = isSelected ? glyphs.selected : isVisited ? glyphs.visited : ' ';
  return `${place}${cost?.isHot ? glyphs.hot : ' '}`;
}

/** Marker and costs in the color of what the line costs; those of lines that are not hot without one. */
function paintCosts({cost}: SourceRow, marker: string, costs: string, theme: Theme): string {
  const text = `${marker}${costs}`;
  if (cost === null) return text;
  return cost.isHot ? theme.paintHeat(cost.heat, trusted(text)) : theme.paint('quiet', trusted(text));
}

interface ColorSpan {
  readonly text: Safe;
  /** SGR parameters of the foreground; "39" is the default. */
  readonly color: string;
}

/** Puts the colours of a highlighted line on the characters that are shown of it. */
function splitColors({text, offset}: SourceRow, highlighted: string | null): ColorSpan[] {
  if (highlighted === null) return [{text, color: '39'}];
  const breaks = findBreaks(text);
  const spans: ColorSpan[] = [];
  let color = '39';
  let position = -offset;
  let drawn = 0;
  const drawUpTo = (end: number): void => {
    while (breaks !== null && end < text.length && !breaks.has(end)) end++;
    if (end > drawn) spans.push({text: trusted(text.slice(drawn, end)), color});
    drawn = Math.max(drawn, end);
  };
  for (const [piece, parameters] of highlighted.matchAll(ESCAPES)) {
    if (parameters !== undefined) {
      color = parameters;
    } else {
      position += piece.length;
      drawUpTo(Math.min(position, text.length));
    }
  }
  color = '39';
  drawUpTo(text.length);
  return spans;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are control sequences.
const ESCAPES = /\u001b\[([\d;]*)m|[^\u001b]+/g;

/** Where a colour may begin: not inside a character of several units, nor in ‹202E›. Null: anywhere. */
function findBreaks(text: Safe): ReadonlySet<number> | null {
  if (/^[\x20-\x7e]*$/.test(text)) return null;
  const breaks = new Set<number>();
  let start = 0;
  for (const piece of splitEscapes(text)) {
    if (piece.isEscape) breaks.add(start);
    else for (const {index} of new Intl.Segmenter().segment(piece.text)) breaks.add(start + index);
    start += piece.text.length;
  }
  return breaks;
}

function drawSpans(spans: readonly ColorSpan[], colors: ColorMap): string {
  return spans
    .map(({text, color}) => {
      const marked = drawEscapes(text);
      const shown = colors.get(color) ?? color;
      if (color === '39' || shown === '39') return marked;
      return paint(shown, marked, colors.get('39') ?? '39');
    })
    .join('');
}

/** What stands for invisible characters in reverse; inside a reversed bar that is the other way round. */
function drawEscapes(text: Safe, isReversed = false): string {
  if (!text.includes('‹')) return text;
  return splitEscapes(text)
    .map(piece => {
      if (!piece.isEscape) return piece.text;
      return isReversed ? paint('27', piece.text, '7') : paint('7', piece.text, '27');
    })
    .join('');
}

/** SGR parameters that switch a look on, and those that end it. */
function paint(on: string, text: string, off: string): string {
  return `\u001b[${on}m${text}\u001b[${off}m`;
}
