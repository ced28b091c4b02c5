import type {Rgb} from './heat.js';

/** What text stands on. */
export type Background = 'dark' | 'light';

/** Colours for a background, or none: bold, dim and reverse only. */
export type PaletteName = Background | 'mono';

export const PALETTES: readonly PaletteName[] = ['dark', 'light', 'mono'];

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

export const HEAT_SCALES: Readonly<Record<Background, HeatScale>> = {dark: DARK, light: LIGHT};
