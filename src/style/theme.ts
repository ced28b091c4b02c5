import {isObject, wrongType} from '../base/check.js';
import {type Safe, trusted} from '../format/sanitize.js';
import {getScreenGlyphs, type ScreenGlyphs} from './glyphs.js';
import {getHeatCodes} from './heat.js';
import {PALETTES, type PaletteName} from './palette.js';
import {COLOR_DEPTHS, type ColorDepth, getRoleCodes, type Role, splitCodes} from './tokens.js';

export type {ColorDepth, Role};

/** What a row may stand on. */
export type Ground = 'selected' | 'resting';

/** How the screen is drawn. */
export interface Theme {
  readonly depth: ColorDepth;
  readonly palette: PaletteName;
  readonly glyphs: ScreenGlyphs;
  /** Nothing but ASCII is drawn: no emoji, no box characters. */
  readonly isAscii: boolean;
  /** Safe text in the colours of its role, on the ground of another one if that is given. */
  paint(role: Role, text: Safe, ground?: Ground): Safe;
  /** Safe text in the colour of a whole percent of the root. */
  paintHeat(percent: number, text: Safe, ground?: Ground): Safe;
}

export interface ThemeOptions {
  readonly depth?: ColorDepth;
  readonly ascii?: boolean;
  /** What the terminal's background is, or "mono" for no colours at all; "dark" unless given. */
  readonly palette?: PaletteName;
  /** Other SGR parameters for some roles ("1;31"). */
  readonly codes?: Partial<Readonly<Record<Role, string>>>;
}

/** What ends each SGR parameter. Colours of 256 and more begin with 38 or 48. */
function getEndCode(code: string): number {
  const number = Number.parseInt(code, 10);
  if (number <= 2) return 22;
  if (number < 10) return number + 20;
  return (number >= 30 && number < 40) || number >= 90 ? 39 : 49;
}

/**
 * SGR sequences around text, each ended by its own end. Ink writes them in the same form: then what it makes
 * of a row is the string it began with, and it takes it apart only once.
 */
function createPaint(codes: string): (text: Safe) => Safe {
  const parts = splitCodes(codes);
  const ends = new Set(parts.map(getEndCode).reverse());
  if (parts.length === 0) return text => text;
  const start = parts.map(code => `\u001b[${code}m`).join('');
  const end = Array.from(ends, code => `\u001b[${code}m`).join('');
  return text => (text === '' ? text : trusted(`${start}${text}${end}`));
}

/** @throws TypeError that names the option that is wrong */
export function createTheme(options: ThemeOptions = {}): Theme {
  checkOptions(options);
  const {depth = 'none', ascii = false, palette = 'dark', codes = {}} = options;
  const glyphs = getScreenGlyphs(ascii);
  if (depth === 'none') {
    return {depth, palette, glyphs, isAscii: ascii, paint: (_, text) => text, paintHeat: (_, text) => text};
  }
  const all = getRoleCodes(palette, depth, codes);
  const paints = new Map<string, (text: Safe) => Safe>();
  /** The paint of a role or of a heat, made at its first use. */
  const getPaint = (what: Role | number, ground: Ground | undefined) => {
    const key = ground === undefined ? `${what}` : `${what} ${ground}`;
    let paint = paints.get(key);
    if (paint === undefined) {
      const own = typeof what === 'number' ? getHeatCodes(what, depth, palette) : all.get(what)!;
      paint = createPaint(ground === undefined ? own : `${own};${all.get(ground)!}`);
      paints.set(key, paint);
    }
    return paint;
  };
  return {
    depth,
    palette,
    glyphs,
    isAscii: ascii,
    paint: (role, text, ground) => getPaint(role, ground)(text),
    paintHeat: (percent, text, ground) => getPaint(percent, ground)(text),
  };
}

function checkOptions(options: unknown): void {
  if (!isObject(options)) throw wrongType('options', 'an object', options);
  const {depth, palette, codes} = options;
  if (depth !== undefined && !COLOR_DEPTHS.some(known => known === depth)) {
    throw wrongType('depth', `one of ${COLOR_DEPTHS.join(', ')}`, depth);
  }
  if (palette !== undefined && !PALETTES.some(known => known === palette)) {
    throw wrongType('palette', `one of ${PALETTES.join(', ')}`, palette);
  }
  if (codes === undefined) return;
  if (!isObject(codes)) throw wrongType('codes', 'an object', codes);
  for (const [role, code] of Object.entries(codes)) {
    if (typeof code !== 'string') throw wrongType(`codes.${role}`, 'a string', code);
  }
}
