import {type CallTree, createCallTree} from '../../tree/call-tree.js';
import {buildFlat} from './flat.js';
import type {ShapeInput} from './shape.js';

/** A table: a row for each line. @param input its level is one of lines (`../line-level.ts`) */
export function buildLines(input: ShapeInput): CallTree {
  const tree = buildFlat(input);
  return createCallTree({...tree, hasLineRows: true}, {getShares: tree.getThreadShares});
}
