import type {Snapshot} from '../../src/heap/snapshot.js';
import type {CallTree} from '../../src/tree/call-tree.js';
import {buildCallTree} from '../../src/tree/from-snapshot.js';
import {nextInPreorder} from '../../src/tree/visible-rows.js';
import {buildSnapshot, type FrameTuple, type LocationSpec, type SnapshotSpec} from './snapshot-builder.js';

/**
 * Reads a snapshot from indented text, one frame a line: `function file:line`, and what is allocated right
 * there:
 * `bytes xCount @thread`, several separated by commas. Count and thread may be left out (1, 0x1). Two spaces
 * a level.
 * ```
 * main app.py:3
 *   load app.py:10 2000 x2
 *   <import> <frozen importlib._bootstrap>:7 100 @0x2 (worker), 50
 * ```
 * A line `! 3 locations 7 allocations 500 bytes` is what is elided. Names hold no spaces, files may.
 */
export function parseSnapshot(text: string, spec: SnapshotSpec = {}): Snapshot {
  const lines = text.split('\n').filter(line => line.trim() !== '');
  const margin = Math.min(...lines.map(line => line.search(/\S/)));
  const locations: LocationSpec[] = [];
  const stack: FrameTuple[] = [];
  let elided = spec.elided;
  for (const line of lines) {
    const rest = line.trim();
    if (rest.startsWith('!')) {
      const [count, allocations, bytes] = rest.match(/\d+/g)!.map(Number);
      elided = {locations: count!, allocations: allocations!, bytes: bytes!};
      continue;
    }
    stack.length = (line.search(/\S/) - margin) / 2;
    const [, name, file, lineNumber, allocated = ''] = /^(\S+) (.*?):(\d+)(?: (.*))?$/.exec(rest)!;
    stack.push([name!, file!, Number(lineNumber)]);
    for (const part of allocated.split(',').filter(part => part.trim() !== '')) {
      const [, bytes, count = '1', thread = '0x1'] = /^\s*(\d+)(?: x(\d+))?(?: @(.*))?$/.exec(part)!;
      locations.push({stack: [...stack], bytes: Number(bytes), allocations: Number(count), thread});
    }
  }
  return buildSnapshot(locations, {...spec, ...(elided ? {elided} : {})});
}

export function parseTree(text: string, {wholePeak = false} = {}): CallTree {
  return buildCallTree(parseSnapshot(text), {wholePeak});
}

/**
 * Prints a tree, the root first: `function file:line bytes xCount` and, where there are some, `own bytes
 * xCount`.
 */
export function printTree(tree: CallTree): string {
  const lines: string[] = [];
  for (let node = 0; node >= 0; node = nextInPreorder(tree, node, true)) lines.push(printNode(tree, node));
  return lines.join('\n');
}

function printNode(tree: CallTree, node: number): string {
  const call = tree.getNode(node);
  const names = call.elided ? '!' : node === 0 ? call.function : `${call.function} ${call.file}:${call.line}`;
  const own = call.selfAllocations > 0 ? ` own ${call.selfBytes} x${call.selfAllocations}` : '';
  return `${'  '.repeat(tree.depth[node]!)}${names} ${call.bytes} x${call.allocations}${own}`;
}

/** The first node of this function, from top to bottom; throws if there is none. */
export function findNode(tree: CallTree, name: string): number {
  for (let node = 0; node >= 0; node = nextInPreorder(tree, node, true)) {
    if (tree.getNode(node).function === name) return node;
  }
  throw new Error(`no function ${name}`);
}
