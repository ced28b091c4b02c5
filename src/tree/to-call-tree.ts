import type {FrameColumns} from '../heap/snapshot.js';
import {
  type CallTree,
  createCallTree,
  ELIDED,
  IMPORT_SYSTEM,
  isCallTree,
  UNINTERESTING,
} from './call-tree.js';
import type {CallNode, Tree} from './tree.js';
import {TreeBuilder} from './tree-builder.js';

/** The columns of any tree; the same object if it has them already. Children keep the order the tree gives. */
export function toCallTree(tree: Tree): CallTree {
  return isCallTree(tree) ? tree : convert(tree);
}

function convert(tree: Tree): CallTree {
  const builder = new TreeBuilder();
  const frames = createFrameTable();
  // The tree's own number of each of our nodes. Breadth first: parents stand before their children.
  const originals = [tree.root];
  for (let node = 0; node < originals.length; node++) {
    const call = tree.getNode(originals[node]!);
    builder.bytes[node] = call.bytes;
    builder.allocations[node] = call.allocations;
    builder.selfBytes[node] = call.selfBytes;
    builder.selfAllocations[node] = call.selfAllocations;
    builder.flags[node] = getFlags(call);
    builder.frame[node] = node === 0 || call.elided ? -1 : frames.ensure(call);
    for (const child of tree.getChildren(originals[node]!)) {
      builder.addNode(node, -1, 0);
      originals.push(child);
    }
  }
  const columns = builder.finish(frames.columns(), frames.strings, {
    rootName: tree.getNode(tree.root).function ?? '',
    keepOrder: true,
  });
  const getNode = (node: number) => tree.getNode(originals[node]!);
  return createCallTree(columns, node => shareByLabels(getNode(node)), getNode);
}

function getFlags({importSystem, interesting, elided}: CallNode): number {
  return (importSystem ? IMPORT_SYSTEM : 0) | (interesting ? 0 : UNINTERESTING) | (elided ? ELIDED : 0);
}

/** A node of others tells only the labels: one thread holds all, of several the shares are unknown. */
function shareByLabels({threads, bytes, allocations}: CallNode) {
  if (threads.length === 1) return [{label: threads[0]!, bytes, allocations}];
  return threads.map(label => ({label, bytes: -1, allocations: -1}));
}

/** Collects distinct strings and frames. */
function createFrameTable() {
  const strings: string[] = [];
  const stringIds = new Map<string, number>();
  const frameIds = new Map<string, number>();
  const rows: {function: number; file: number; line: number}[] = [];
  const intern = (text: string) => {
    let id = stringIds.get(text);
    if (id === undefined) {
      id = strings.push(text) - 1;
      stringIds.set(text, id);
    }
    return id;
  };
  return {
    strings,
    ensure(call: CallNode): number {
      const row = {
        function: intern(call.function ?? ''),
        file: intern(call.file ?? ''),
        line: call.line ?? 0,
      };
      const key = `${row.function} ${row.file} ${row.line}`;
      let id = frameIds.get(key);
      if (id === undefined) {
        id = rows.push(row) - 1;
        frameIds.set(key, id);
      }
      return id;
    },
    columns: (): FrameColumns => ({
      length: rows.length,
      function: Int32Array.from(rows, row => row.function),
      file: Int32Array.from(rows, row => row.file),
      line: Int32Array.from(rows, row => row.line),
    }),
  };
}
