import {type ColorPalette, HEAT_SCALES, type PaletteName} from './palette.js';

/** Red, green, blue: 0 to 255. */
export type Rgb = readonly [number, number, number];

/**
 * SGR parameters of the colour of size and percent, for a whole percent of the root; empty without colours.
 */
export function getHeatCodes(
  percent: number,
  depth: '16' | '256' | 'truecolor',
  palette: PaletteName,
): string {
  if (palette === 'mono') return '';
  const {cube, basic} = HEAT_SCALES[palette];
  switch (depth) {
    case 'truecolor':
      return `38;2;${getHeatColor(percent, palette).join(';')}`;
    case '256':
      return `38;5;${cube === null ? toAnsi256(getHeatColor(percent, palette)) : pick(cube, percent)}`;
    case '16':
      return String(pick(basic, percent));
  }
}

/** The gradient's colour for a whole percent of the root. */
export function getHeatColor(percent: number, palette: ColorPalette): Rgb {
  const {stops} = HEAT_SCALES[palette];
  const at = Math.min(Math.max(percent, 0), 100);
  const index = Math.max(
    1,
    stops.findIndex(([stop]) => at <= stop),
  );
  const [fromPercent, from] = stops[index - 1]!;
  const [toPercent, to] = stops[index]!;
  const share = (at - fromPercent) / (toPercent - fromPercent);
  const mix = (channel: 0 | 1 | 2) => Math.round(from[channel] + (to[channel] - from[channel]) * share);
  return [mix(0), mix(1), mix(2)];
}

/** The nearest colour of the 6 × 6 × 6 cube of 256 colours (16 to 231). */
export function toAnsi256([red, green, blue]: Rgb): number {
  const level = (value: number) => Math.round((value / 255) * 5);
  return 16 + 36 * level(red) + 6 * level(green) + level(blue);
}

/** The value of the last step that begins at `percent` or before. */
function pick(steps: readonly (readonly [number, number])[], percent: number): number {
  return steps.findLast(([start]) => percent >= start)?.[1] ?? steps[0]![1];
}
