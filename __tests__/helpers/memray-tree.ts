import type {Snapshot} from '../../src/heap/snapshot.js';
import {withoutDoubledId} from './golden-tree.js';
import {toPlainLocations} from './read-snapshot.js';

/** memray follows a stack no further than this. */
const MAX_DEPTH = 402;

export interface ReferenceNode {
  readonly function: string | null;
  readonly file: string | null;
  readonly line: number | null;
  bytes: number;
  allocations: number;
  readonly threads: Set<string>;
  readonly children: Map<string, ReferenceNode>;
}

/**
 * The tree that memray makes of locations, in the plainest way; the root includes what is elided, as in
 * memray.
 */
export function buildReferenceTree(snapshot: Snapshot): ReferenceNode {
  const root = createNode('<ROOT>', '', 0);
  for (const {thread, bytes, allocations, stack} of toPlainLocations(snapshot)) {
    root.bytes += bytes;
    root.allocations += allocations;
    root.threads.add(thread);
    let node = root;
    for (const [name, file, line] of stack.toReversed().slice(0, MAX_DEPTH)) {
      if (isInterpreter(name, file)) continue;
      const key = JSON.stringify([name, file, line]);
      const child = node.children.get(key) ?? createNode(name, file, line);
      node.children.set(key, child);
      child.bytes += bytes;
      child.allocations += allocations;
      child.threads.add(thread);
      node = child;
    }
  }
  const {elided} = snapshot;
  root.bytes += elided.bytes;
  root.allocations += elided.allocations;
  return root;
}

/** Of memray's rule for frames of the interpreter only what the captures need. */
const isInterpreter = (name: string, file: string): boolean =>
  /^_Py|vectorcall/.test(name) && /(Objects|Python).*\.c$/.test(file);

function createNode(name: string, file: string, line: number): ReferenceNode {
  return {function: name, file, line, bytes: 0, allocations: 0, threads: new Set(), children: new Map()};
}

/** One line a node in display order: depth, function, file, line, bytes, allocations, threads. */
export function describeReference(root: ReferenceNode): string[] {
  const lines: string[] = [];
  const pending: [number, ReferenceNode][] = [[0, root]];
  while (pending.length > 0) {
    const [depth, node] = pending.pop()!;
    lines.push(describeNode(depth, node, [...node.threads]));
    const children = [...node.children.values()].sort((a, b) => b.bytes - a.bytes);
    pending.push(...children.reverse().map(child => [depth + 1, child] as [number, ReferenceNode]));
  }
  return lines;
}

interface GoldenNode extends Omit<ReferenceNode, 'threads' | 'children'> {
  readonly elided?: true;
  readonly threads: readonly string[];
  readonly children: readonly GoldenNode[];
}

/** The same of a golden tree, without its elided node. */
export function describeGolden(golden: unknown): string[] {
  const lines: string[] = [];
  const pending: [number, GoldenNode][] = [[0, (golden as {tree: GoldenNode}).tree]];
  while (pending.length > 0) {
    const [depth, node] = pending.pop()!;
    if (node.elided) continue;
    lines.push(describeNode(depth, node, node.threads));
    pending.push(...node.children.toReversed().map(child => [depth + 1, child] as [number, GoldenNode]));
  }
  return lines;
}

function describeNode(
  depth: number,
  node: Pick<ReferenceNode, 'function' | 'file' | 'line' | 'bytes' | 'allocations'>,
  threads: readonly string[],
): string {
  const {function: name, file, line, bytes, allocations} = node;
  const labels = threads.map(withoutDoubledId).sort().join();
  return JSON.stringify([depth, name, file, line, bytes, allocations, labels]);
}
