/** What captures lack, so that nobody knows whether a limit is kept. */
export interface Gaps {
  /** Why not all of the captures could be read; null where everything was. */
  readonly missing: string | null;
  readonly unfinished: Unfinished;
}

/** The names of captures without an end mark. */
export interface Unfinished {
  readonly captures: readonly string[];
  readonly bases: readonly string[];
}

export const NOTHING_UNFINISHED: Unfinished = {captures: [], bases: []};

/**
 * Why there is no verdict, as a sentence without an end; null where there is one.
 * @param isOver whether what was read is over the limit
 */
export function explainGaps(
  {missing, unfinished}: Gaps,
  {isGrowth, isOver}: {readonly isGrowth: boolean; readonly isOver: boolean},
): string | null {
  if (missing !== null) return `not everything could be read: ${missing}`;
  const bases = isGrowth ? unfinished.bases : [];
  // Whatever came later: the limit was exceeded. Of a growth that is true only where all of the base is known.
  if (isOver && bases.length === 0) return null;
  const [first, ...others] = [...unfinished.captures, ...bases];
  return first === undefined ? null : describeUnfinished(first, others.length);
}

function describeUnfinished(name: string, others: number): string {
  const have = others === 0 ? `${name} has` : `${name} and ${others} more have`;
  return `${have} no end mark, so what came later is not known; --allow-unfinished judges what was recorded`;
}
