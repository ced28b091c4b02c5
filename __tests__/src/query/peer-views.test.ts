import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import type {CallTree} from '../../../src/tree/call-tree.js';
import {type CaptureFile, fixturesDirectory, listCaptures, readGoldenOf} from '../../helpers/captures.js';
import {frame, merge, parseUnmerged} from '../../helpers/native-captures.js';
import {readSnapshot} from '../../helpers/read-snapshot.js';
import {runTreeQuery} from '../../helpers/run-query.js';

// What memray 1.20 shows in its other views (fixtures/captures/make_views.py). Where its rules are known to be faulty,
// the rule is compared, not the fault.

/** Function, file, line, bytes, allocations, children. */
type ViewNode = readonly [string, string, number, number, number, readonly ViewNode[]];

interface Views {
  readonly inverted: ViewNode;
  readonly withoutImports: ViewNode;
  /** Function, file, total, own, allocations: without memray's cut at 95 % of the bytes. */
  readonly summary: readonly (readonly [string, string, number, number, number])[];
  /** Of native captures: function, file and line of the frames at each return address, innermost first. */
  readonly names?: Readonly<Record<string, readonly (readonly [string, string, number])[]>>;
}

/** All locations of a capture; native frames are named as memray named them where it was recorded. */
function readLocations({path}: CaptureFile, {names}: Views): Snapshot {
  if (names === undefined) return readSnapshot(path, {biggestAllocs: Infinity});
  const resolve = (ip: bigint) =>
    names[ip.toString(16)]!.map(([name, file, line]) => frame(name, {file, line, offset: Number(ip)}));
  return merge(parseUnmerged(readFileSync(path)), resolve, {isUnpairedPython: true});
}

/** One line for each node, siblings in any order: the path of the node, and its amounts. */
function describeView(root: ViewNode): string[] {
  const sums = new Map<string, [number, number]>();
  const add = ([, , , bytes, allocations, children]: ViewNode, path: string): void => {
    // memray makes a node for each thread label where it says that threads are merged: such twins are added up.
    const sum = sums.get(path) ?? [0, 0];
    sums.set(path, [sum[0] + bytes, sum[1] + allocations]);
    for (const child of children) add(child, `${path} ${JSON.stringify(child.slice(0, 3))}`);
  };
  add(root, '');
  return describeSums(sums);
}

function describeTree(tree: CallTree): string[] {
  const sums = new Map<string, [number, number]>();
  const add = (node: number, path: string): void => {
    const {bytes, allocations} = tree.getNode(node);
    expect(sums.has(path)).toBe(false);
    sums.set(path, [bytes, allocations]);
    for (const child of tree.getChildren(node)) {
      const {function: name, file, line} = tree.getNode(child);
      add(child, `${path} ${JSON.stringify([name, file, line])}`);
    }
  };
  add(0, '');
  return describeSums(sums);
}

function describeSums(sums: ReadonlyMap<string, readonly [number, number]>): string[] {
  return [...sums].map(([path, amounts]) => `${path} ${amounts.join(' ')}`).sort();
}

const captures = listCaptures(fixturesDirectory).filter(capture => capture.goldens.includes('views'));

it('there are goldens', () => {
  expect(captures.map(capture => capture.name)).toEqual([
    ...['imports', 'mmaps', 'native-calls', 'nested', 'temps', 'threads', 'unicode'],
  ]);
});

describe.each(captures)('$name', capture => {
  const views = readGoldenOf(capture, 'views') as Views;
  const snapshot = readLocations(capture, views);

  it('inverted is the inverted flame graph', () => {
    expect(describeTree(runTreeQuery(snapshot, 'inverted all').tree)).toEqual(describeView(views.inverted));
  });

  it('inverted, imports hidden, is the one without the import system', () => {
    const {tree} = runTreeQuery(snapshot, 'hide:imports inverted all');
    expect(describeTree(tree)).toEqual(describeView(views.withoutImports));
  });

  it('flat by function is the summary', () => {
    const {tree} = runTreeQuery(snapshot, 'flat by:function');
    const {selfBytes, selfAllocations} = tree.getNode(0);
    // memray has a row for what was allocated without a frame, which is the root's own here.
    const frameless = selfAllocations > 0 ? [['???', '???', selfBytes, selfBytes, selfAllocations]] : [];
    const rows = tree
      .getChildren(0)
      .map(node => tree.getNode(node))
      .map(row => [row.function, row.file, row.bytes, row.selfBytes, row.allocations]);
    const describeRows = (list: readonly (readonly unknown[])[]) => list.map(row => row.join(' ')).sort();
    expect(describeRows([...rows, ...frameless])).toEqual(describeRows(views.summary));
    expect(rows.reduce((sum, row) => sum + Number(row[3]), selfBytes)).toBe(tree.getNode(0).bytes);
  });
});
