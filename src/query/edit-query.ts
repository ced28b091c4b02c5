import type {CrumbPart} from './crumbs.js';
import {formatShape, formatStep} from './grammar/format-query.js';
import type {Step} from './steps/steps.js';
import {DEFAULT_QUERY, isAroundTerm, type Shape, type TreeQuery} from './tree-query.js';

/** A part of a query that may lose its target when a step before it is removed. */
export type TargetedPart = Step | Shape;

/** The query without all that follows a part of it. */
export function cutBackTo(query: TreeQuery, part: CrumbPart): TreeQuery {
  const {select, biggest} = query;
  const plain = {...DEFAULT_QUERY, select, biggest};
  if (part.kind === 'select') return plain;
  if (part.kind === 'step') return {...plain, steps: query.steps.slice(0, part.index + 1)};
  const {steps, by, shape, sort, isReversed, diff, isNormalized} = query;
  const upTo = {
    by: {by},
    shape: {by, shape},
    sort: {by, shape, sort},
    isReversed: {by, shape, sort, isReversed},
    diff: {by, shape, sort, isReversed, diff},
    isNormalized: {by, shape, sort, isReversed, diff, isNormalized},
  }[part.slot];
  return {...plain, steps, ...upTo};
}

/** The query without one part of it; null where the part cannot be removed: something is always selected. */
export function removePart(query: TreeQuery, part: CrumbPart): TreeQuery | null {
  if (part.kind === 'select') return null;
  if (part.kind === 'slot') return {...query, [part.slot]: DEFAULT_QUERY[part.slot]};
  return {...query, steps: query.steps.filter((_, index) => index !== part.index)};
}

/** What comes after a step and names frames: without the step, it may have no target any more. */
export function listTargetedAfter({steps, shape}: TreeQuery, part: CrumbPart): readonly TargetedPart[] {
  if (part.kind !== 'step') return [];
  return [...steps.slice(part.index + 1), ...(isAroundTerm(shape) ? [shape] : [])];
}

/** The query without those parts of it. */
export function withoutParts(query: TreeQuery, parts: readonly TargetedPart[]): TreeQuery {
  if (parts.length === 0) return query;
  const steps = query.steps.filter(step => !parts.includes(step));
  return {...query, steps, shape: parts.includes(query.shape) ? DEFAULT_QUERY.shape : query.shape};
}

/** As it is written. */
export function formatPart(part: TargetedPart): string {
  return isShape(part) ? formatShape(part) : formatStep(part);
}

const SHAPE_KINDS: readonly string[] = [
  'tree',
  'inverted',
  'flat',
  'callers',
  'callees',
  'lines',
  'imports',
  'places',
  'stats',
] satisfies readonly Shape['kind'][];

function isShape(part: TargetedPart): part is Shape {
  return SHAPE_KINDS.includes(part.kind);
}
