import {wrongType} from '../base/check.js';
import {
  type CallTree,
  type CallTreeColumns,
  createCallTree,
  isCallTree,
  type ThreadShare,
} from './call-tree.js';
import {CallTreeBuilder} from './call-tree-builder.js';
import {FrameTable} from './frame-table.js';
import {type NodeRecord, readNodeRecord} from './read-node.js';
import type {AnyTree, CallNode} from './tree-interface.js';
import {type Level, openTree, readSearchPath, type TreeSource} from './tree-source.js';

/** A tree that makes its nodes while it is read may have no end. */
const MAX_NODES = 2_000_000;

/**
 * The columns of any tree; the same object if it has them already. Children keep the order the tree gives.
 * The tree is read once, here: what changes in it later is not seen.
 * @throws TypeError that names the field where something is missing or of the wrong type, or where a node is
 * below itself
 * @throws RangeError where the tree has more than MAX_NODES nodes
 */
export function toCallTree(tree: AnyTree): CallTree {
  return isCallTree(tree) ? tree : convert(openTree(tree), readSearchPath(tree));
}

function convert(source: TreeSource, searchPath: readonly string[]): CallTree {
  const builder = new CallTreeBuilder();
  const frames = new FrameTable();
  const items: unknown[] = [];
  const threads = new Map<number, readonly string[]>();
  let root: CallNode | null = null;
  walk(source, (item, record, parent) => {
    root ??= record;
    const node = parent < 0 ? 0 : builder.addNode(parent, -1, 0);
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
    return node;
  });
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

/**
 * Visits all nodes, parents before their children, depth first: at any time `levels` are the nodes from the
 * root down to the present one, and `open` their keys.
 * @param visit returns the number of the node, which its children get as `parent`; −1 for the root
 */
function walk(
  source: TreeSource,
  visit: (item: unknown, record: NodeRecord, parent: number) => number,
): void {
  const levels: Level[] = [];
  const open = new Set<unknown>();
  let count = 0;
  const enter = (key: unknown): void => {
    const getPath = () => source.getPath(levels, key);
    if (open.has(key))
      throw new TypeError(`${getPath()} is also one of the nodes above it: a tree has no cycles`);
    if (++count > MAX_NODES) throw new RangeError(`tree has more than ${MAX_NODES} nodes`);
    const item = source.getItem(key, getPath);
    const record = readNodeRecord(item, getPath);
    const children = source.getChildren(key) ?? [];
    if (!Array.isArray(children)) throw wrongType(source.getChildrenPath(levels, key), 'an array', children);
    const node = visit(item, record, levels.at(-1)?.node ?? -1);
    if (children.length === 0) return;
    levels.push({key, node, children, next: 0});
    open.add(key);
  };
  enter(source.root);
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    if (level.next < level.children.length) {
      enter(level.children[level.next++]);
    } else {
      open.delete(level.key);
      levels.pop();
    }
  }
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
