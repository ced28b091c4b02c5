import {TripleTable} from '../../base/triple-table.js';
import {type CallTree, type CallTreeColumns, createCallTree, type ThreadShare} from '../../tree/call-tree.js';
import {linkByNumber} from '../../tree/call-tree-builder.js';
import {mapSums, type NodeSums, type SumName} from '../../tree/compared-nodes.js';
import {NativeNodesBuilder} from '../../tree/native-nodes.js';
import {mergeShares} from '../../tree/thread-shares.js';
import {LabelSets} from './label-sets.js';
import {type Counts, NodeValues} from './node-values.js';

/** What one run holds in the nodes that it has. */
interface RunSums extends Readonly<Record<SumName, Counts>> {
  /** For each node of the run's own tree the one here; each at most once. */
  readonly nodes: Int32Array;
}

interface KeptTree {
  readonly tree: CallTree;
  /** For each of its nodes the one of the tree of all. */
  readonly nodes: Int32Array;
}

/**
 * The nodes of the trees of several runs: those of the same way from the root are one. Trees are added one after the
 * other, and of most no more than their own nodes is kept.
 */
export class UnionTree {
  /** (parent + 1, frame + 2, allocator) of each node. */
  readonly #keys = new TripleTable();
  readonly #flags: number[] = [];
  readonly #importers: number[] = [];
  readonly #native = new NativeNodesBuilder();
  readonly #labels = new LabelSets();
  readonly #labelsOf: number[] = [];
  readonly #sums: RunSums[] = [];
  /** The trees of which it is known what their threads hold. */
  readonly #kept: KeptTree[] = [];
  #tables: CallTree | null = null;

  get length(): number {
    return this.#keys.length;
  }

  /**
   * Adds the tree of the next run.
   * @param isKept whether the sums are to be those of the trees that are kept: what their threads hold is known then
   * @returns for each of its nodes the one here
   */
  add(tree: CallTree, isKept: boolean): Int32Array {
    // A table of places may have made a frame for blocks without one, behind all others.
    if (this.#tables === null || tree.frames.length > this.#tables.frames.length) this.#tables = tree;
    const nodes = new Int32Array(tree.length);
    for (let own = 0; own < tree.length; own++) {
      const parent = own === 0 ? -1 : nodes[tree.prefix[own]!]!;
      nodes[own] = this.#keys.add(parent + 1, tree.frame[own]! + 2, tree.allocators?.[own] ?? 0);
      this.#addFacts(nodes[own]!, tree, own);
    }
    if (isKept) this.#kept.push({tree, nodes});
    this.#sums.push({nodes, ...mapSums(name => compact(tree[name]))});
    return nodes;
  }

  #addFacts(node: number, tree: CallTree, own: number): void {
    this.#flags[node] ??= tree.flags[own]!;
    this.#labelsOf[node] = this.#labels.add(this.#labelsOf[node] ?? 0, tree.getThreadShares(own));
    if (tree.native !== undefined) this.#native.addNode(node, tree.native, own);
    const importer = tree.importer?.[own] ?? -1;
    if ((this.#importers[node] ?? -1) < 0) this.#importers[node] = importer;
  }

  /** Of the root 0. */
  computeDepths(): Int32Array {
    const depths = new Int32Array(this.length);
    for (let node = 1; node < depths.length; node++) depths[node] = depths[this.#keys.firstAt(node) - 1]! + 1;
    return depths;
  }

  /** What one run holds in each node. */
  readRun(run: number): NodeSums {
    return mapSums(name => {
      const {nodes, [name]: own} = this.#sums[run]!;
      const values = new Float64Array(this.length);
      for (let index = 0; index < nodes.length; index++) values[nodes[index]!] = own[index]!;
      return values;
    });
  }

  /** What the runs hold in each node. */
  readValues(name: SumName, runs: readonly number[]): NodeValues {
    return new NodeValues(
      this.length,
      runs.map(run => ({nodes: this.#sums[run]!.nodes, values: this.#sums[run]![name]})),
    );
  }

  /** The tree of all nodes, with sums from outside. Siblings stand in the order in which they were added. */
  finish(sums: NodeSums): CallTree {
    const {length} = this;
    const keys = this.#keys;
    const {frames, strings, rootName, elidedLocations, native, importer, allocators, hasLineRows} =
      this.#tables!;
    const columns: CallTreeColumns = {
      length,
      prefix: Int32Array.from({length}, (_, node) => keys.firstAt(node) - 1),
      firstChild: new Int32Array(length).fill(-1),
      nextSibling: new Int32Array(length).fill(-1),
      depth: new Int32Array(length),
      frame: Int32Array.from({length}, (_, node) => keys.secondAt(node) - 2),
      flags: Uint8Array.from(this.#flags),
      ...sums,
      frames,
      strings,
      rootName,
      elidedLocations,
      ...(native && {native: this.#native.finish(length)}),
      ...(importer && {importer: Int32Array.from(this.#importers)}),
      ...(allocators && {allocators: Uint8Array.from({length}, (_, node) => keys.thirdAt(node))}),
      ...(hasLineRows && {hasLineRows}),
    };
    linkByNumber(columns);
    const labelsOf = Int32Array.from(this.#labelsOf);
    const kept = this.#kept.map(({tree, nodes}) => ({tree, ownOf: invert(nodes, length)}));
    const getShares = (node: number): readonly ThreadShare[] => {
      const labels = this.#labels.list(labelsOf[node]!);
      if (kept.length === 0) return labels.map(label => ({label, bytes: -1, allocations: -1}));
      const known = kept.map(({tree, ownOf}) => (ownOf[node]! < 0 ? [] : tree.getThreadShares(ownOf[node]!)));
      const none = labels.map(label => ({label, bytes: 0, allocations: 0}));
      return mergeShares([none, ...known]);
    };
    return createCallTree(columns, {getShares});
  }
}

/** For each of so many nodes the one of a tree of which it is known where its nodes are; −1 where there is none. */
function invert(nodes: Int32Array, length: number): Int32Array {
  const ownOf = new Int32Array(length).fill(-1);
  nodes.forEach((node, own) => {
    ownOf[node] = own;
  });
  return ownOf;
}

/** The same numbers where they are whole and small. */
function compact(values: Float64Array): Counts {
  const isSmall = values.every(value => value <= 0xffffffff && value >= 0 && Number.isInteger(value));
  return isSmall ? Uint32Array.from(values) : values.slice();
}
