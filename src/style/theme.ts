import {isObject, wrongType} from '../base/check.js';
import type {Safe} from '../format/sanitize.js';
import {COLOR_DEPTHS} from './ansi.js';
import {getGlyphs} from './glyphs.js';
import {getHeatAnsi16, getHeatColor, toAnsi256} from './heat.js';

/** How many colours are drawn. `none` is plain text: no bold and no inverse either. */
export type ColorDepth = 'none' | '16' | '256' | 'truecolor';

/** What a piece of text is. */
export type Role =
  | 'function'
  | 'place'
  | 'guide'
  | 'marker'
  | 'match'
  | 'matchedFunction'
  /** Stands for an invisible character. */
  | 'mark'
  | 'selected'
  | 'selectedFunction'
  /** The selected row while the keys go to another pane. */
  | 'resting'
  | 'key'
  | 'quiet'
  | 'heading'
  | 'progress'
  | 'error'
  | 'damage'
  | 'note';

/** SGR parameters of each role. All of them are among the 16 colours, which terminals let their users choose. */
const CODES: Readonly<Record<Role, string>> = {
  function: '1',
  place: '2;36',
  guide: '2',
  marker: '1;36',
  match: '1;33',
  matchedFunction: '1;4;33',
  mark: '7',
  selected: '7',
  selectedFunction: '1;7',
  resting: '1;2',
  key: '1',
  quiet: '2',
  heading: '1;36',
  progress: '36',
  error: '1;31',
  damage: '1;33',
  note: '33',
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
  readonly ellipsis: string;
  readonly vertical: string;
  readonly horizontal: string;
  readonly barFull: string;
  readonly barEmpty: string;
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
  ellipsis: '…',
  vertical: '│',
  horizontal: '─',
  barFull: '█',
  barEmpty: '░',
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
  ellipsis: '~',
  vertical: '|',
  horizontal: '-',
  barFull: '#',
  barEmpty: '.',
  separator: '|',
  caret: '_',
};

/** How the screen is drawn. */
export interface Theme {
  readonly depth: ColorDepth;
  readonly glyphs: ThemeGlyphs;
  /** Safe text in the colours of its role. */
  paint(role: Role, text: Safe): Safe;
  /** Safe text in the colour of a whole percent of the root. */
  paintHeat(percent: number, text: Safe): Safe;
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
  const start = parts.map(code => `\u001b[${code}m`).join('');
  const end = Array.from(ends, code => `\u001b[${code}m`).join('');
  return text => (text === '' ? text : `${start}${text}${end}`) as Safe;
}

/** @throws TypeError that names the option that is wrong */
export function createTheme(options: ThemeOptions = {}): Theme {
  checkOptions(options);
  const {depth = 'none', ascii = false, codes = {}} = options;
  const glyphs = ascii ? ASCII_GLYPHS : UNICODE_GLYPHS;
  if (depth === 'none') {
    return {depth, glyphs, paint: (_, text) => text, paintHeat: (_, text) => text};
  }
  const paints = new Map(Object.entries({...CODES, ...codes}).map(([role, its]) => [role, createPaint(its)]));
  const heats = new Map<number, (text: Safe) => Safe>();
  return {
    depth,
    glyphs,
    paint: (role, text) => paints.get(role)?.(text) ?? text,
    paintHeat(percent, text) {
      const paint = heats.get(percent) ?? createPaint(getHeatCodes(percent, depth));
      heats.set(percent, paint);
      return paint(text);
    },
  };
}

function checkOptions(options: unknown): void {
  if (!isObject(options)) throw wrongType('options', 'an object', options);
  const {depth, codes} = options;
  if (depth !== undefined && !COLOR_DEPTHS.some(known => known === depth)) {
    throw wrongType('depth', `one of ${COLOR_DEPTHS.join(', ')}`, depth);
  }
  if (codes === undefined) return;
  if (!isObject(codes)) throw wrongType('codes', 'an object', codes);
  for (const [role, code] of Object.entries(codes)) {
    if (typeof code !== 'string') throw wrongType(`codes.${role}`, 'a string', code);
  }
}
