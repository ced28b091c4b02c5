/** Red, green, blue: 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Where the gradient turns: percent of the root, colour. Linear between them (memray 1.20). */
const STOPS: readonly (readonly [number, Rgb])[] = [
  [0, [97, 193, 44]],
  [40, [236, 152, 16]],
  [60, [255, 140, 0]],
  [100, [205, 92, 92]],
];

/** The colour of size and percent for a whole percent of the root. */
export function getHeatColor(percent: number): Rgb {
  const at = Math.min(Math.max(percent, 0), 100);
  const index = Math.max(
    1,
    STOPS.findIndex(([stop]) => at <= stop),
  );
  const [fromPercent, from] = STOPS[index - 1]!;
  const [toPercent, to] = STOPS[index]!;
  const share = (at - fromPercent) / (toPercent - fromPercent);
  const mix = (channel: 0 | 1 | 2) => Math.round(from[channel] + (to[channel] - from[channel]) * share);
  return [mix(0), mix(1), mix(2)];
}

/** The nearest colour of the 6 × 6 × 6 cube of 256 colours (16 to 231). */
export function toAnsi256([red, green, blue]: Rgb): number {
  const level = (value: number) => Math.round((value / 255) * 5);
  return 16 + 36 * level(red) + 6 * level(green) + level(blue);
}

/** The heat colour among the 16: green, yellow, red as SGR foreground numbers. */
export function getHeatAnsi16(percent: number): number {
  if (percent < 20) return 32;
  return percent < 80 ? 33 : 31;
}
