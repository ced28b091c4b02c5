import {formatPart, type TargetedPart} from '../query/edit-query.js';

/** What keeps only what it names. */
const KEEPING: ReadonlySet<TargetedPart['kind']> = new Set([
  ...(['through', 'root', 'zoom', 'thread', 'module'] as const),
  ...(['callers', 'callees', 'lines'] as const),
]);

/**
 * The parts of a view that match nothing and so keep nothing, as they are written: what they name is gone, or misspelt.
 * Blocks and patterns may well not be there.
 */
export function listUnmatched(untargeted: readonly TargetedPart[]): readonly string[] {
  return untargeted.filter(({kind}) => KEEPING.has(kind)).map(formatPart);
}
