import {shortenPaths} from '../format/path-tails.js';

/** A capture, or what it holds. */
interface OfSide {
  /** Others are compared with it. */
  readonly isBase?: boolean;
}

/** The bases, or all that are none. */
export function listSide<T extends OfSide>(all: readonly T[], isBase: boolean): readonly T[] {
  return all.filter(one => (one.isBase === true) === isBase);
}

export function hasBase(all: readonly OfSide[]): boolean {
  return all.some(({isBase}) => isBase === true);
}

/** `base.bin`, or `5 captures`; empty of none. */
export function nameCaptures(names: readonly string[]): string {
  return names.length > 1 ? `${names.length} captures` : (names[0] ?? '');
}

/**
 * What captures are called, by the ends of their paths that tell them apart.
 * @param parts all captures that were given
 * @param runs those that could be read, or generations of one capture
 */
export function createRunNamer(
  {parts = []}: {readonly parts?: readonly {readonly name: string}[] | undefined},
  runs: readonly {readonly part: number; readonly generation?: string}[],
): (run: number) => string {
  const names = shortenPaths(parts.map(({name}) => name));
  return run => runs[run]?.generation ?? names[runs[run]?.part ?? -1] ?? '';
}
