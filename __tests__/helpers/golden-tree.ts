import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {gunzipSync} from 'node:zlib';
import type {Snapshot} from '../../src/heap/snapshot.js';
import type {CallTree} from '../../src/tree/call-tree.js';
import type {Tree} from '../../src/tree/tree-interface.js';
import {nextInPreorder} from '../../src/tree/visible-rows.js';
import {capturesDirectory, fixturesDirectory} from './captures.js';
import {buildSnapshot, type FrameTuple} from './snapshot-builder.js';

/** memray cuts its tree below this level. */
export const GOLDEN_DEPTH = 400;

export interface GoldenNode {
  readonly elided?: true;
  readonly function: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly bytes: number;
  readonly allocations: number;
  readonly threads: readonly string[];
  readonly importSystem: boolean;
  readonly interesting: boolean;
  readonly children: readonly GoldenNode[];
}

export interface GoldenTree {
  readonly options: {readonly biggestAllocs: number};
  readonly header: {readonly sysPath: readonly string[]} | null;
  readonly elided: {readonly locations: number; readonly allocations: number; readonly bytes: number};
  readonly tree: GoldenNode;
}

/** The aggregated locations in the order of their first live allocation. */
export interface GoldenRecords {
  readonly header: {readonly sysPath: readonly string[]} | null;
  readonly records: readonly {
    readonly tid: number;
    readonly threadName: string;
    readonly bytes: number;
    readonly allocations: number;
    /** Innermost frame first. */
    readonly stack: readonly FrameTuple[];
  }[];
}

/**
 * The names of the captures that have a golden of this kind, in the folder of all captures or in the
 * fixtures.
 */
export function listGoldens(kind: string): readonly string[] {
  const suffix = new RegExp(`^(.*)\\.${kind}\\.json(\\.gz)?$`);
  return readdirSync(getDirectory()).flatMap(name => suffix.exec(name)?.[1] ?? []);
}

/** Null where there is none. */
export function readGolden<Golden>(name: string, kind: string): Golden | null {
  const file = path.join(getDirectory(), `${name}.${kind}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Golden;
  if (!existsSync(`${file}.gz`)) return null;
  return JSON.parse(gunzipSync(readFileSync(`${file}.gz`)).toString('utf8')) as Golden;
}

function getDirectory(): string {
  return capturesDirectory ?? fixturesDirectory;
}

/** What a load of the capture would yield: the biggest locations, the rest summed up. */
export function snapshotFromRecords(golden: GoldenRecords, biggestAllocs: number): Snapshot {
  const sorted = golden.records.toSorted((a, b) => b.bytes - a.bytes);
  const rest = sorted.slice(biggestAllocs);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  return buildSnapshot(
    sorted.slice(0, biggestAllocs).map(record => ({
      ...record,
      stack: record.stack.toReversed(),
      thread: formatThread(record),
    })),
    {
      capture: {sysPath: golden.header?.sysPath ?? []},
      elided: {
        locations: rest.length,
        allocations: sum(rest.map(record => record.allocations)),
        bytes: sum(rest.map(record => record.bytes)),
      },
    },
  );
}

function formatThread({tid, threadName}: {tid: number; threadName: string}): string {
  return `0x${tid.toString(16)}${threadName === '' ? '' : ` (${threadName})`}`;
}

/**
 * One line a node, from top to bottom, down to memray's depth. Thread labels sorted: goldens have no order of
 * them.
 */
export function flattenTree(tree: CallTree): readonly string[] {
  const lines: string[] = [];
  for (let node = 0; node >= 0; node = nextInPreorder(tree, node, tree.depth[node]! < GOLDEN_DEPTH)) {
    lines.push(describe(tree.depth[node]!, tree.getNode(node)));
  }
  return lines;
}

/** The same of a golden. */
export function flattenGolden(root: GoldenNode): readonly string[] {
  const lines: string[] = [];
  const pending: [number, GoldenNode][] = [[0, root]];
  while (pending.length > 0) {
    const [depth, node] = pending.pop()!;
    lines.push(describe(depth, node));
    if (depth < GOLDEN_DEPTH)
      pending.push(...node.children.toReversed().map(child => [depth + 1, child] as [number, GoldenNode]));
  }
  return lines;
}

function describe(depth: number, node: Omit<GoldenNode, 'children'>): string {
  const {elided = false, function: name, file, line, bytes, allocations, importSystem, interesting} = node;
  const threads = node.threads.map(withoutDoubledId).toSorted();
  return JSON.stringify([
    depth,
    elided,
    name,
    file,
    line,
    bytes,
    allocations,
    threads,
    importSystem,
    interesting,
  ]);
}

/** The goldens of memray before 1.19 repeat the id: "0x1 (0x1)", "0x1 (0x1 (name))". */
export function withoutDoubledId(label: string): string {
  return label.replace(/^(0x[0-9a-f]+) \(\1(.*)\)$/, '$1$2');
}

/** A golden by the small interface that any tree has. It knows nothing of own bytes. */
export function goldenAsTree(root: GoldenNode): Tree {
  const nodes: GoldenNode[] = [root];
  const children: number[][] = [];
  for (let node = 0; node < nodes.length; node++) {
    children[node] = nodes[node]!.children.map(child => nodes.push(child) - 1);
  }
  return {
    root: 0,
    getChildren: node => children[node]!,
    getNode: node => ({...nodes[node]!, selfBytes: 0, selfAllocations: 0}),
  };
}

/** A tree of ours in the form of a golden. Its depth is that of real captures: recursion is fine here. */
export function treeAsGolden(tree: Tree, node = tree.root): GoldenNode {
  return {...tree.getNode(node), children: tree.getChildren(node).map(child => treeAsGolden(tree, child))};
}
