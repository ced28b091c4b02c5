import {recall} from '../base/recall.js';
import type {Elided} from '../heap/snapshot.js';
import {computeLevel, type Frames} from './level.js';
import {computeLineLevel} from './line-level.js';
import type {Naming} from './naming.js';
import {buildFlat} from './shapes/flat.js';
import {buildImports} from './shapes/imports.js';
import {buildLines} from './shapes/lines.js';
import {buildPlaces} from './shapes/places.js';
import type {BuiltShape, ShapeInput} from './shapes/shape.js';
import {buildSum} from './shapes/sum.js';
import {buildTopDown} from './shapes/tree.js';
import type {StackSet} from './stack-set.js';
import type {Shape, TreeQuery} from './tree-query.js';

export type InvertedShape = Extract<Shape, {readonly kind: 'inverted' | 'callers'}>;

/** Shapes that begin with the innermost frames: they grow (`shapes/inverted.ts`). */
export function isInverted(kind: Shape['kind']): kind is InvertedShape['kind'] {
  return kind === 'inverted' || kind === 'callers';
}

export type OtherShape = Exclude<Shape['kind'], InvertedShape['kind']>;

/** Which frames are the same in a shape: tables of lines and of modules do not ask for the level of lines. */
export function computeShapeLevel(
  stacks: StackSet,
  {shape, by}: TreeQuery,
  ofQuery: Frames,
  naming: Naming,
): Frames {
  if (shape.kind === 'lines') return computeLineLevel(stacks, shape.term, naming);
  if (shape.kind === 'imports' && by === 'line') return computeLevel(stacks, 'function', naming);
  return ofQuery;
}

/** Siblings by bytes, whatever the order of the query. */
export function buildShape(input: ShapeInput, kind: OtherShape): BuiltShape {
  if (kind === 'tree' || kind === 'callees') return buildTopDown(input);
  return {tree: TABLES[kind](input), locateNodes: null};
}

/** The last one that was built of some stacks is kept. */
export const recallShape = recall(
  (stacks: StackSet, level: Frames, shown: number, kind: OtherShape, elided: Elided | null): BuiltShape =>
    buildShape({stacks, level, shown, elided}, kind),
);

const TABLES = {
  flat: buildFlat,
  lines: buildLines,
  imports: buildImports,
  places: buildPlaces,
  stats: buildSum,
};
