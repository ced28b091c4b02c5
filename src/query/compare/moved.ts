import type {CallTree} from '../../tree/call-tree.js';
import {getPresence} from '../../tree/compared-nodes.js';

/** Smaller subtrees are alike by chance. */
const LEAST_BYTES = 4096;
const MOST_DEVIATION = 0.1;

/**
 * For nodes that may only have been renamed or moved the node on the other side, −1 for all others: one is gone, the
 * other is new, the functions below them have the same names, and their sizes differ by a tenth at most. Nodes without
 * others below them have to have the same name. Only the outermost nodes that are gone or new are looked at.
 */
export function findMoved(tree: CallTree): Int32Array {
  const moved = new Int32Array(tree.length).fill(-1);
  const base = tree.compared?.base;
  if (base == null) return moved;
  const [gone, added] = (['gone', 'new'] as const).map(presence => listOutermost(tree, presence));
  if (gone!.length === 0 || added!.length === 0) return moved;
  const shapes = describeShapes(tree);
  const byShape = Map.groupBy(added!, node => shapes[node]!);
  for (const node of gone!) {
    const alike = byShape.get(shapes[node]!) ?? [];
    const other = findNearest(base.bytes[node]!, alike, candidate => moved[candidate]! < 0, tree.bytes);
    if (other < 0) continue;
    moved[node] = other;
    moved[other] = node;
  }
  return moved;
}

/** Nodes of a side that are below none of it, the biggest first. */
function listOutermost(tree: CallTree, presence: 'gone' | 'new'): readonly number[] {
  const sizes = presence === 'gone' ? tree.compared!.base!.bytes : tree.bytes;
  const nodes: number[] = [];
  for (let node = 1; node < tree.length; node++) {
    if (sizes[node]! < LEAST_BYTES || getPresence(tree, node) !== presence) continue;
    if (getPresence(tree, tree.prefix[node]!) !== presence) nodes.push(node);
  }
  return nodes.sort((a, b) => sizes[b]! - sizes[a]!);
}

/** Equal numbers for nodes below which the functions have the same names; of nodes without children, for equal names. */
function describeShapes({length, prefix, frame, frames, strings}: CallTree): Int32Array {
  const numbers = new Map<string, number>();
  const number = (key: string): number => {
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  };
  const below = Array.from({length}, (): number[] => []);
  const shapes = new Int32Array(length);
  for (let node = length - 1; node > 0; node--) {
    const name = frame[node]! < 0 ? '' : strings[frames.function[frame[node]!]!]!;
    const children = below[node]!.sort((a, b) => a - b).join();
    shapes[node] = children === '' ? number(`leaf ${name}`) : number(`above ${children}`);
    below[prefix[node]!]!.push(number(`${children} below ${name}`));
  }
  return shapes;
}

function findNearest(
  size: number,
  nodes: readonly number[],
  isFree: (node: number) => boolean,
  sizes: Float64Array,
): number {
  const distanceOf = (node: number): number => Math.abs(sizes[node]! - size);
  let nearest = -1;
  for (const node of nodes) {
    if (!isFree(node) || distanceOf(node) > MOST_DEVIATION * size) continue;
    if (nearest < 0 || distanceOf(node) < distanceOf(nearest)) nearest = node;
  }
  return nearest;
}
