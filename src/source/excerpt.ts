/** Which lines a panel shows: indices into the lines that were read. */
export interface Excerpt {
  readonly first: number;
  /** At most the panel's height. */
  readonly count: number;
}

/**
 * The window of `height` lines that has the selected one in its middle, and never beyond the file's ends.
 * `selected` is an index; −1 means none and shows the beginning.
 */
export function computeExcerpt(total: number, selected: number, height: number): Excerpt {
  const count = Math.max(0, Math.min(height, total));
  const wanted = selected - Math.floor((height - 1) / 2);
  return {first: Math.max(0, Math.min(wanted, total - count)), count};
}
