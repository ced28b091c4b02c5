import {
  type CallTree,
  type CallTreeColumns,
  createCallTree,
  isCallTree,
  type ThreadShare,
} from './call-tree.js';
import {CallTreeBuilder} from './call-tree-builder.js';
import {FrameTable} from './frame-table.js';
import {getListedPath, listNodes} from './list-nodes.js';
import {readNodeRecord} from './read-node.js';
import type {AnyTree, CallNode} from './tree-interface.js';
import {openTree, readSearchPath, type TreeSource} from './tree-source.js';

/**
 * The columns of any tree; the same object if it has them already. Children keep the order the tree gives.
 * The tree is read once, here: what changes in it later is not seen.
 * @throws TypeError that names the field where something is missing or of the wrong type, or where a node is
 * below itself
 * @throws RangeError where the tree has too many nodes
 */
export function toCallTree(tree: AnyTree): CallTree {
  return isCallTree(tree) ? tree : convert(openTree(tree), readSearchPath(tree));
}

function convert(source: TreeSource, searchPath: readonly string[]): CallTree {
  const listed = listNodes(source);
  const {keys, parents} = listed;
  const builder = new CallTreeBuilder(keys.length);
  const frames = new FrameTable();
  const items: unknown[] = [];
  const threads = new Map<number, readonly string[]>();
  let root: CallNode | null = null;
  for (let node = 0; node < keys.length; node++) {
    const item = source.getItem(keys[node]);
    const record = readNodeRecord(item, () => getListedPath(source, listed, node));
    root ??= record;
    if (node > 0) builder.addNode(parents.at(node), -1, 0);
    const isNameless = node === 0 || record.elided;
    if (!isNameless) builder.frame[node] = source.hasFrames ? frames.ensure(record) : frames.add(record);
    // The root is always shown.
    builder.flags[node] = node === 0 ? 0 : record.flags;
    builder.bytes[node] = record.bytes;
    builder.allocations[node] = record.allocations;
    builder.selfBytes[node] = record.selfBytes;
    builder.selfAllocations[node] = record.selfAllocations;
    if (record.threads.length > 0) threads.set(node, record.threads);
    items.push(item);
  }
  const rootNode = root!;
  const columns = builder.finish(frames.finish(), frames.strings, {
    rootName: rootNode.function ?? '',
    keepOrder: true,
  });
  const getShares = (node: number) => shareByLabels(threads.get(node) ?? [], columns, node);
  const callTree = createCallTree(columns, {getShares, getItem: node => items[node]});
  const getNode = (node: number) => (node === 0 ? rootNode : callTree.getNode(node));
  return {...callTree, getNode, searchPath, isNested: !source.hasFrames};
}

/** Only the labels are known: one thread holds all, of several the shares are unknown. */
function shareByLabels(
  labels: readonly string[],
  {bytes, allocations}: CallTreeColumns,
  node: number,
): readonly ThreadShare[] {
  if (labels.length !== 1) return labels.map(label => ({label, bytes: -1, allocations: -1}));
  return [{label: labels[0]!, bytes: bytes[node]!, allocations: allocations[node]!}];
}
