import type {CallTree} from '../../tree/call-tree.js';
import {LocationTreeBuilder} from './location-tree.js';
import type {ShapeInput} from './shape.js';

/** The root alone, with the sums of what is shown: for shapes that are no trees. */
export function buildSum(input: ShapeInput): CallTree {
  const builder = new LocationTreeBuilder(input, 1);
  for (let index = 0; index < input.shown; index++) builder.addLocation(0, index);
  return builder.finish(new Int32Array(input.shown));
}
