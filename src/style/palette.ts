import type {Rgb} from './heat.js';

/** What text stands on. */
export type Background = 'dark' | 'light';

/** Colours for a background, those of high contrast among them. */
export type ColorPalette = Background | 'contrast' | 'contrast-light';

/** Colours, or none: bold, dim and reverse only. */
export type PaletteName = ColorPalette | 'mono';

export const PALETTES: readonly PaletteName[] = ['dark', 'light', 'contrast', 'contrast-light', 'mono'];

/** The colours of shares, from a small one to the whole. */
export interface HeatScale {
  /** Where the gradient turns: percent of the root, colour. Linear between them. */
  readonly stops: readonly (readonly [number, Rgb])[];
  /** From which percent on which of the 256 colours; null: the nearest of the gradient's colour. */
  readonly cube: readonly (readonly [number, number])[] | null;
  /** The same among the 16 colours, as SGR foreground numbers. */
  readonly basic: readonly (readonly [number, number])[];
}

/** memray's gradient (1.20), made for dark backgrounds. */
const DARK: HeatScale = {
  stops: [
    [0, [97, 193, 44]],
    [40, [236, 152, 16]],
    [60, [255, 140, 0]],
    [100, [205, 92, 92]],
  ],
  cube: null,
  // Green, yellow, red.
  basic: [
    [0, 32],
    [20, 33],
    [80, 31],
  ],
};

/** The same order of hues, dark enough to be read on white: a contrast of 4.5 and more. */
const LIGHT: HeatScale = {
  stops: [
    [0, [32, 122, 10]],
    [40, [140, 94, 0]],
    [60, [166, 83, 0]],
    [100, [176, 36, 36]],
  ],
  cube: [
    [0, 28],
    [25, 94],
    [55, 130],
    [80, 124],
  ],
  // Green and yellow are too bright in most palettes: blue, magenta, red.
  basic: [
    [0, 34],
    [20, 35],
    [80, 31],
  ],
};

/** Bright on black: a contrast of 7 and more. */
const CONTRAST: HeatScale = {
  stops: [
    [0, [130, 235, 130]],
    [40, [255, 245, 90]],
    [60, [255, 200, 90]],
    [100, [255, 150, 150]],
  ],
  cube: [
    [0, 120],
    [25, 227],
    [55, 221],
    [80, 217],
  ],
  // Green, yellow, white: red is too dark in xterm.
  basic: [
    [0, 92],
    [20, 93],
    [80, 97],
  ],
};

/** Dark on white: a contrast of 7 and more. */
const CONTRAST_LIGHT: HeatScale = {
  stops: [
    [0, [0, 82, 0]],
    [40, [98, 62, 0]],
    [60, [122, 48, 0]],
    [100, [140, 0, 0]],
  ],
  // The darkest green is not dark enough for the ground of the selected row.
  cube: [
    [0, 18],
    [25, 53],
    [55, 52],
    [80, 88],
  ],
  // Of xterm's colours only blue is dark enough; then the color of plain text.
  basic: [
    [0, 34],
    [20, 39],
  ],
};

export const HEAT_SCALES: Readonly<Record<ColorPalette, HeatScale>> = {
  dark: DARK,
  light: LIGHT,
  contrast: CONTRAST,
  'contrast-light': CONTRAST_LIGHT,
};
