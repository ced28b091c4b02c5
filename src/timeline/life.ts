/** The characters of a line of life: for nothing, then from the least to the greatest part. Each takes one cell. */
export interface LifeSigns {
  readonly levels: string;
  /** Before the part of the run that holds the moment that is shown. */
  readonly shown: string;
}

/** The greatest part of a line has so many cells; one more is for the sign of the moment. */
const MAX_LIFE_PARTS = 16;

/** Of how many parts of the run the lines are, on a screen of so many columns; none where there is no room. */
export function countLifeParts(screenColumns: number): number {
  if (screenColumns < 70) return 0;
  return screenColumns < 100 ? 8 : screenColumns < 140 ? 12 : MAX_LIFE_PARTS;
}

/**
 * What something held in each part of the run, one cell a part: `▁▃█|▇  `. What is not 0 is always seen.
 * @param most what the highest sign stands for @param shown the part with the moment that is shown; null for none
 */
export function drawLife(
  bytes: ArrayLike<number>,
  most: number,
  shown: number | null,
  {levels, shown: sign}: LifeSigns,
): string {
  let line = '';
  for (let part = 0; part < bytes.length; part++) {
    if (part === shown) line += sign;
    const level = most > 0 ? Math.ceil((Math.max(0, bytes[part]!) / most) * (levels.length - 1)) : 0;
    line += levels[Math.min(level, levels.length - 1)]!;
  }
  return line.padEnd(bytes.length + 1);
}
