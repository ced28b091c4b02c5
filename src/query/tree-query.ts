import type {View} from '../heap/snapshot.js';
import type {Term} from './grammar/term.js';
import {getStepKind, type Step} from './steps/steps.js';

/** Which frames are the same. Beyond `function`, a run of equal neighbours is one frame. */
export const LEVELS = ['line', 'function', 'file', 'module', 'package'] as const;
export type Level = (typeof LEVELS)[number];

export const SORT_KEYS = ['total', 'own', 'count', 'mean', 'name'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/**
 * Which nodes are shown of captures that are compared with a base, and what they are sorted by: those that differ, by
 * the size of the difference; all, by what the compared capture holds; those that have grown, by how much.
 */
export const DIFF_MODES = ['difference', 'absolute', 'grown'] as const;
export type DiffMode = (typeof DIFF_MODES)[number];

export type Shape =
  | {readonly kind: 'tree'}
  /** Innermost frames first, their callers below. */
  | {readonly kind: 'inverted'}
  /** A table: a row for each frame, with what goes through it (total) and what it allocates itself (own). */
  | {readonly kind: 'flat'}
  /** What reaches the frames that match: an inverted tree that begins at them. */
  | {readonly kind: 'callers'; readonly term: Term}
  /** What is below the frames that match. */
  | {readonly kind: 'callees'; readonly term: Term}
  /** A table: a row for each line of the frames that match. */
  | {readonly kind: 'lines'; readonly term: Term}
  /** A table: a row for each module that was imported. */
  | {readonly kind: 'imports'}
  /** A table: a row for each innermost frame and allocator. */
  | {readonly kind: 'places'}
  /** The run in figures. */
  | {readonly kind: 'stats'};

/**
 * What is shown of a capture: plain data, the only input of `deriveTree` beside the snapshot.
 * `select → steps… → by → shape → sort → cut`; all but the steps are slots.
 */
export interface TreeQuery {
  readonly select: View;
  /** Applied from left to right, over all locations. */
  readonly steps: readonly Step[];
  readonly by: Level;
  readonly shape: Shape;
  readonly sort: SortKey;
  /** The siblings in reverse order. */
  readonly isReversed: boolean;
  /** Of no effect unless there is a base. */
  readonly diff: DiffMode;
  /** The base is scaled: it has as much in all as what is compared with it. Of no effect without a base. */
  readonly isNormalized: boolean;
  /** How many locations, of those that the steps leave, make the tree; Infinity: all; null: as many as the shape has by default. */
  readonly biggest: number | null;
}

/** The only home of the default of `-b`. */
const DEFAULT_BIGGEST = 200;

export const DEFAULT_QUERY: TreeQuery = {
  select: {kind: 'peak'},
  steps: [],
  by: 'line',
  shape: {kind: 'tree'},
  sort: 'total',
  isReversed: false,
  diff: 'difference',
  isNormalized: false,
  biggest: null,
};

const TABLES: readonly Shape['kind'][] = ['flat', 'lines', 'imports', 'places'];

/** How many locations make the tree: a table holds all of them unless it is told otherwise. */
export function getBiggest({biggest, shape}: TreeQuery): number {
  return biggest ?? (isTable(shape) || shape.kind === 'stats' ? Infinity : DEFAULT_BIGGEST);
}

/** Shapes whose rows are those of a table. */
export function isTable(shape: Shape): boolean {
  return TABLES.includes(shape.kind);
}

export type AroundShape = Extract<Shape, {readonly term: Term}>;

/** Shapes that show only what is about the frames that match. */
export function isAroundTerm(shape: Shape): shape is AroundShape {
  return 'term' in shape;
}

/**
 * Whether the biggest locations of the selection, as many as are shown, are all that a query needs: no step takes
 * locations away, so the cut of the selection is that of the view, and none names something that may be below it.
 */
export function isCutFirst({steps, shape}: TreeQuery): boolean {
  return !isAroundTerm(shape) && !steps.some(step => getStepKind(step).needsAllLocations);
}

/** How many of the biggest locations have to be loaded for a query. */
export function countNeeded(query: TreeQuery): number {
  return isCutFirst(query) ? getBiggest(query) : Infinity;
}
