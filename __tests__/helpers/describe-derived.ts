import type {CallTree} from '../../src/tree/call-tree.js';

/** One line for each node, from top to bottom, as `describeReference`. The elided node is "elided" and its amounts. */
export function describeDerived(tree: CallTree, node: number = tree.root, depth = 0): string[] {
  const call = tree.getNode(node);
  const {bytes, allocations, selfBytes, selfAllocations, threads, importSystem, interesting} = call;
  const amounts = [bytes, allocations, selfBytes, selfAllocations];
  if (call.elided) return [JSON.stringify([depth, 'elided', ...amounts])];
  return [
    JSON.stringify([
      ...[depth, call.function, call.file, call.line, ...amounts],
      ...[threads, importSystem, interesting, call.allocator ?? ''],
    ]),
    ...tree.getChildren(node).flatMap(child => describeDerived(tree, child, depth + 1)),
  ];
}
