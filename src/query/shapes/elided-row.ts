import {ELIDED} from '../../tree/call-tree.js';
import type {CallTreeBuilder} from '../../tree/call-tree-builder.js';
import type {ShapeInput} from './shape.js';

/** Adds what is below the cut as a child of the root, to trees that hold totals already. */
export function addElidedRow(
  builder: CallTreeBuilder,
  {bytes, allocations}: NonNullable<ShapeInput['elided']>,
): number {
  const node = builder.addNode(0, -1, ELIDED);
  builder.bytes[node] = builder.selfBytes[node] = bytes;
  builder.allocations[node] = builder.selfAllocations[node] = allocations;
  builder.bytes[0]! += bytes;
  builder.allocations[0]! += allocations;
  return node;
}
