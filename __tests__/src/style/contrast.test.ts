import {describe, expect, it} from 'vitest';
import {drawSourceRow, SOURCE_COLORS} from '../../../components/source-style.js';
import {sanitize} from '../../../src/format/sanitize.js';
import {getHeatCodes, type Rgb} from '../../../src/style/heat.js';
import {createTheme} from '../../../src/style/theme.js';
import {getRoleCodes, splitCodes} from '../../../src/style/tokens.js';

const WHITE: Rgb = [255, 255, 255];
/** What large text and signs need, and what text needs, by WCAG 2.2. */
const TEXT_CONTRAST = 4.5;

/** Relative luminance by WCAG 2.2. */
function getLuminance(color: Rgb): number {
  const [red, green, blue] = color.map(value => {
    const channel = value / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function getContrast(a: Rgb, b: Rgb): number {
  const [dark, light] = [getLuminance(a), getLuminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

/**
 * The colour of "38;2;R;G;B" or "38;5;N", with the levels that xterm gives the 256 colours; null without one.
 */
function readForeground(codes: string): Rgb | null {
  const rgb = /38;2;(\d+);(\d+);(\d+)/.exec(codes);
  if (rgb !== null) return [Number(rgb[1]), Number(rgb[2]), Number(rgb[3])];
  const index = /38;5;(\d+)/.exec(codes)?.[1];
  if (index === undefined) return null;
  const number = Number(index);
  const gray = 8 + 10 * (number - 232);
  if (number >= 232) return [gray, gray, gray];
  const level = (value: number) => [0, 95, 135, 175, 215, 255][value]!;
  const cube = number - 16;
  return [level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)];
}

const percents = Array.from({length: 101}, (_, percent) => percent);

describe('on a light background', () => {
  it.each(['truecolor', '256'] as const)('every size can be read: %s', depth => {
    for (const percent of percents) {
      const color = readForeground(getHeatCodes(percent, depth, 'light'))!;
      expect(getContrast(color, WHITE), `${percent} %`).toBeGreaterThanOrEqual(TEXT_CONTRAST);
    }
  });

  it('every coloured role can be read', () => {
    for (const [role, codes] of getRoleCodes('light', '256')) {
      const color = readForeground(codes);
      // Plain text in the terminal's own colour, or a background, which is a light gray.
      if (color === null) expect(codes, role).toMatch(/^(?:[1247];?)*$|^48;5;25[45]$/);
      else expect(getContrast(color, WHITE), role).toBeGreaterThanOrEqual(TEXT_CONTRAST);
    }
  });

  it('every token of a source can be read', () => {
    for (const [token, codes] of SOURCE_COLORS.light.text) {
      const contrast = getContrast(readForeground(codes)!, WHITE);
      expect(contrast, token).toBeGreaterThanOrEqual(TEXT_CONTRAST);
    }
  });

  it('no role has one of the two colours that are bright in the usual 16', () => {
    for (const [role, codes] of getRoleCodes('light', '16')) expect(codes, role).not.toMatch(/\b(?:33|36)\b/);
  });
});

/** The 16 colours as xterm has them. */
const XTERM_COLORS: readonly Rgb[] = [
  ...([
    [0, 0, 0],
    [205, 0, 0],
    [0, 205, 0],
    [205, 205, 0],
    [0, 0, 238],
    [205, 0, 205],
    [0, 205, 205],
    [229, 229, 229],
  ] as const),
  ...([
    [127, 127, 127],
    [255, 0, 0],
    [0, 255, 0],
    [255, 255, 0],
    [92, 92, 255],
    [255, 0, 255],
    [0, 255, 255],
    [255, 255, 255],
  ] as const),
];

/** The colours that "1;34" may have: many terminals brighten a bold colour. */
function listBasicColors(codes: string): readonly Rgb[] {
  const [, bright, number] = /(?:^|;)(3|9)([0-7])(?=;|$)/.exec(codes) ?? [];
  if (number === undefined) return [];
  const color = XTERM_COLORS[Number(number) + (bright === '9' ? 8 : 0)]!;
  return /(?:^|;)1(?=;|$)/.test(codes) ? [color, XTERM_COLORS[Number(number) + 8]!] : [color];
}

describe.each([
  ['contrast', [0, 0, 0], [0, 0, 95]],
  ['contrast-light', WHITE, [228, 228, 228]],
] as const)('%s', (palette, background, ground) => {
  /** What WCAG 2.2 asks for where contrast has to be high. */
  const HIGH_CONTRAST = 7;

  it.each(['truecolor', '256'] as const)('every size can be read: %s', depth => {
    for (const percent of percents) {
      const color = readForeground(getHeatCodes(percent, depth, palette))!;
      expect(getContrast(color, background), `${percent} %`).toBeGreaterThanOrEqual(HIGH_CONTRAST);
      expect(getContrast(color, ground), `${percent} % selected`).toBeGreaterThanOrEqual(HIGH_CONTRAST);
    }
  });

  it('every coloured role can be read, and none is dim', () => {
    for (const depth of ['16', '256'] as const) {
      for (const [role, codes] of getRoleCodes(palette, depth)) {
        expect(splitCodes(codes), role).not.toContain('2');
        const color = readForeground(codes);
        if (color === null) continue;
        const on = role.startsWith('selected') ? ground : background;
        expect(getContrast(color, on), role).toBeGreaterThanOrEqual(HIGH_CONTRAST);
      }
    }
  });

  it('every token of a source can be read, on the bar of the selected line too', () => {
    const {text, bar, barGround} = SOURCE_COLORS[palette];
    const barColor = readForeground(barGround.replace(/^48/, '38'))!;
    for (const [token, codes] of text) {
      expect(getContrast(readForeground(codes)!, background), token).toBeGreaterThanOrEqual(HIGH_CONTRAST);
    }
    for (const [token, codes] of bar) {
      expect(getContrast(readForeground(codes)!, barColor), token).toBeGreaterThanOrEqual(HIGH_CONTRAST);
    }
  });

  it('with the 16 colours of xterm all of it can be read', () => {
    const {basic} = SOURCE_COLORS[palette];
    const used = [
      ...getRoleCodes(palette, '16'),
      ...percents.map(percent => [`${percent} %`, getHeatCodes(percent, '16', palette)] as const),
      ...TOKEN_COLORS.map(color => [color, basic.get(color) ?? color] as const),
    ];
    for (const [name, codes] of used) {
      for (const color of listBasicColors(codes)) {
        expect(getContrast(color, background), name).toBeGreaterThanOrEqual(HIGH_CONTRAST);
      }
    }
  });

  it.each(['16', '256'] as const)('no line of a source is dim: %s', depth => {
    const theme = createTheme({palette, depth});
    const row = {number: 7, text: sanitize('x = 1'), isVisited: false, offset: 0};
    for (const isSelected of [false, true]) {
      for (const isHot of [false, true]) {
        const cost = {text: sanitize('1.0 MB '), heat: 50, isHot};
        const style = {width: 40, digits: 3, marginCells: 7, theme};
        const drawn = drawSourceRow({...row, isSelected, cost}, null, style);
        const sequences = drawn.split('\u001b[').slice(1);
        const codes = sequences.flatMap(text => splitCodes(text.slice(0, text.indexOf('m'))));
        expect(codes).not.toContain('2');
      }
    }
  });
});

/** What tokens of a source are coloured with unless a palette says otherwise. */
const TOKEN_COLORS = ['32', '33', '34', '35', '36', '90'];

it('on a dark background every size has the contrast of memray’s colours', () => {
  for (const percent of percents) {
    const color = readForeground(getHeatCodes(percent, 'truecolor', 'dark'))!;
    expect(getContrast(color, [0, 0, 0]), `${percent} %`).toBeGreaterThanOrEqual(TEXT_CONTRAST);
  }
});

it('without colours only bold, dim, underlined, reversed and struck text is left', () => {
  for (const [role, codes] of getRoleCodes('mono', 'truecolor'))
    expect(codes, role).toMatch(/^(?:[12479](?:;|$))*$/);
});
