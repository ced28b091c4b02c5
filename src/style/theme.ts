import type {Safe} from '../format/sanitize.js';
import {getGlyphs} from './glyphs.js';
import {getHeatAnsi16, getHeatColor, toAnsi256} from './heat.js';

/** How many colours are drawn. `none` is plain text: no bold and no inverse either. */
export type ColorDepth = 'none' | '16' | '256' | 'truecolor';

/** What a piece of text is. */
export type Role =
  /** Whatever has no role of its own. */
  | 'text'
  | 'function'
  | 'place'
  | 'guide'
  | 'marker'
  | 'match'
  | 'matchedFunction'
  /** Stands for an invisible character. */
  | 'mark'
  /** The ground of the selected row, and of the one in a pane that does not have the focus. */
  | 'selected'
  | 'resting'
  /** What stands on the ground of the selected row; numbers keep their colour. */
  | 'selectedText'
  | 'selectedFunction'
  | 'selectedMatch'
  | 'selectedPlace'
  | 'selectedGuide'
  /** The line between the panes and its signs that point to the focused one. */
  | 'divider'
  | 'focus'
  | 'key'
  | 'quiet'
  | 'heading'
  | 'progress'
  | 'error'
  | 'damage'
  | 'note'
  /** A remark in the tree that must not be missed. */
  | 'warning';

/**
 * SGR parameters of each role. All of them are among the 16 colours, which terminals let their users choose, but for the selected row: among 16
 * colours there is no ground that all the others can be read on, but reverse keeps each colour.
 */
const CODES: Readonly<Record<Role, string>> = {
  text: '',
  function: '1',
  place: '2;36',
  guide: '2',
  marker: '1;36',
  match: '1;33',
  matchedFunction: '1;4;33',
  mark: '7',
  selected: '7',
  resting: '',
  selectedText: '',
  selectedFunction: '1',
  selectedMatch: '1;4',
  selectedPlace: '',
  selectedGuide: '',
  divider: '2',
  focus: '1;36',
  key: '1',
  quiet: '2',
  heading: '1;36',
  progress: '36',
  error: '1;31',
  damage: '1;33',
  note: '33',
  warning: '1;33',
};

/** The selected row where there are more colours: a dark ground, on which the colours of the numbers have a contrast of 3.4 and more. */
const SELECTED_CODES: Readonly<Partial<Record<Role, string>>> = {
  selected: '48;5;236',
  resting: '48;5;234',
  selectedText: '38;5;255',
  selectedFunction: '1;38;5;255',
  selectedMatch: '1;4;38;5;221',
  selectedPlace: '38;5;116',
  selectedGuide: '38;5;247',
};

/** The characters of the screen besides those of the rows. Each of them takes one cell. */
export interface ThemeGlyphs {
  readonly icons: {readonly calls: string; readonly allocates: string; readonly elided: string};
  readonly selected: string;
  readonly match: string;
  readonly branch: string;
  readonly lastBranch: string;
  readonly through: string;
  readonly open: string;
  readonly closed: string;
  readonly leaf: string;
  /** Marks an only child, which stands below its parent without an indent. */
  readonly chain: string;
  /** Where guides are shifted out on the left. */
  readonly shifted: string;
  readonly ellipsis: string;
  readonly vertical: string;
  readonly horizontal: string;
  readonly barFull: string;
  readonly barEmpty: string;
  /** A share of the root. */
  readonly share: string;
  /** They point to the pane that has the focus. */
  readonly toLeft: string;
  readonly toRight: string;
  readonly toTop: string;
  readonly toBottom: string;
  readonly separator: string;
  readonly caret: string;
}

const UNICODE_GLYPHS: ThemeGlyphs = {
  icons: getGlyphs(false),
  selected: '❯',
  match: '•',
  branch: '├',
  lastBranch: '└',
  through: '│',
  open: '▾',
  closed: '▸',
  leaf: '─',
  chain: '╰',
  shifted: '‹',
  ellipsis: '…',
  vertical: '│',
  horizontal: '─',
  barFull: '█',
  barEmpty: '░',
  share: '▇',
  toLeft: '◂',
  toRight: '▸',
  toTop: '▴',
  toBottom: '▾',
  separator: '·',
  caret: '▏',
};

const ASCII_GLYPHS: ThemeGlyphs = {
  icons: getGlyphs(true),
  selected: '>',
  match: '*',
  branch: '|',
  lastBranch: '`',
  through: '|',
  open: 'v',
  closed: '>',
  leaf: '-',
  chain: ':',
  shifted: '<',
  ellipsis: '~',
  vertical: '|',
  horizontal: '-',
  barFull: '#',
  barEmpty: '.',
  share: '#',
  toLeft: '<',
  toRight: '>',
  toTop: '^',
  toBottom: 'v',
  separator: '|',
  caret: '_',
};

/** What a row may stand on. */
export type Ground = 'selected' | 'resting';

/** How the screen is drawn. */
export interface Theme {
  readonly depth: ColorDepth;
  readonly glyphs: ThemeGlyphs;
  /** Safe text in the colours of its role, on the ground of another one if that is given. */
  paint(role: Role, text: Safe, ground?: Ground): Safe;
  /** Safe text in the colour of a whole percent of the root. */
  paintHeat(percent: number, text: Safe, ground?: Ground): Safe;
}

export interface ThemeOptions {
  readonly depth?: ColorDepth;
  readonly ascii?: boolean;
  /** Other SGR parameters for some roles ("1;31"). */
  readonly codes?: Partial<Readonly<Record<Role, string>>>;
}

function getHeatCodes(percent: number, depth: '16' | '256' | 'truecolor'): string {
  if (depth === '16') return String(getHeatAnsi16(percent));
  const color = getHeatColor(percent);
  return depth === '256' ? `38;5;${toAnsi256(color)}` : `38;2;${color.join(';')}`;
}

/** What ends each SGR parameter. Colours of 256 and more begin with 38 or 48. */
function getEndCode(code: string): number {
  const number = Number.parseInt(code, 10);
  if (number <= 2) return 22;
  if (number < 10) return number + 20;
  return (number >= 30 && number < 40) || number >= 90 ? 39 : 49;
}

/** Cuts "1;38;5;9" into "1" and "38;5;9". */
function splitCodes(codes: string): readonly string[] {
  return codes.match(/[34]8;(?:5;\d+|2;\d+;\d+;\d+)|\d+/g) ?? [];
}

/**
 * SGR sequences around text, each ended by its own end. Ink writes them in the same form: then what it makes of a row is the string it began
 * with, and it takes it apart only once.
 */
function createPaint(codes: string): (text: Safe) => Safe {
  const parts = splitCodes(codes);
  const ends = new Set(parts.map(getEndCode).reverse());
  if (parts.length === 0) return text => text;
  const start = parts.map(code => `\u001b[${code}m`).join('');
  const end = Array.from(ends, code => `\u001b[${code}m`).join('');
  return text => (text === '' ? text : `${start}${text}${end}`) as Safe;
}

export function createTheme({depth = 'none', ascii = false, codes = {}}: ThemeOptions = {}): Theme {
  const glyphs = ascii ? ASCII_GLYPHS : UNICODE_GLYPHS;
  if (depth === 'none') {
    return {depth, glyphs, paint: (_, text) => text, paintHeat: (_, text) => text};
  }
  const all: Readonly<Record<Role, string>> = {
    ...CODES,
    ...(depth === '16' ? {} : SELECTED_CODES),
    ...codes,
  };
  const paints = new Map<string, (text: Safe) => Safe>();
  /** The paint of a role or of a heat, made at its first use. */
  const getPaint = (what: Role | number, ground: Ground | undefined) => {
    const key = ground === undefined ? `${what}` : `${what} ${ground}`;
    let paint = paints.get(key);
    if (paint === undefined) {
      const own = typeof what === 'number' ? getHeatCodes(what, depth) : all[what];
      paint = createPaint(ground === undefined ? own : `${own};${all[ground]}`);
      paints.set(key, paint);
    }
    return paint;
  };
  return {
    depth,
    glyphs,
    paint: (role, text, ground) => getPaint(role, ground)(text),
    paintHeat: (percent, text, ground) => getPaint(percent, ground)(text),
  };
}
