import {pickLocations} from '../../heap/cut-snapshot.js';
import type {Snapshot} from '../../heap/snapshot.js';
import {type CallTree, createCallTree, ELIDED} from '../../tree/call-tree.js';
import {CallTreeBuilder} from '../../tree/call-tree-builder.js';
import {NativeNodesBuilder} from '../../tree/native-nodes.js';
import {computeThreadShares, createShareLookup} from '../../tree/thread-shares.js';
import type {ShapeInput} from './shape.js';

/**
 * Grows a tree in which each shown location ends at one node, and goes through all nodes above it.
 */
export class LocationTreeBuilder {
  readonly builder: CallTreeBuilder;
  readonly #input: ShapeInput;
  readonly #native: NativeNodesBuilder | undefined;

  /** @param capacity how many nodes there may be, as far as is known */
  constructor(input: ShapeInput, capacity: number) {
    this.#input = input;
    this.builder = new CallTreeBuilder(capacity);
    this.#native = input.stacks.frames.native && new NativeNodesBuilder();
  }

  /** A new child of a node. @param key a frame of the level, which none of its children has */
  addNode(parent: number, key: number): number {
    return this.builder.addNode(parent, key, this.#input.level.flags[key]!);
  }

  /** A frame of the stacks that comes to a node. */
  addFrame(node: number, frame: number): void {
    if (this.#native === undefined) return;
    const {native} = this.#input.stacks.frames;
    if (frame < native!.image.length) this.#native.addFrame(node, native!, frame);
  }

  /** Adds what a location allocated to the node where it ends. @param index in the locations of the stacks */
  addLocation(node: number, index: number): void {
    const {stacks} = this.#input;
    const {locations} = stacks.snapshot;
    const location = stacks.locations[index]!;
    this.builder.selfBytes[node]! += locations.bytes[location]!;
    this.builder.selfAllocations[node]! += locations.allocations[location]!;
    this.#native?.addDropped(node, locations.hiddenNative?.[location] ?? 0);
  }

  /** @param leaves the node where each shown location ends */
  finish(leaves: Int32Array): CallTree {
    const {builder} = this;
    const {level, elided} = this.#input;
    if (elided !== null) {
      const node = builder.addNode(0, -1, ELIDED);
      builder.selfBytes[node] = elided.bytes;
      builder.selfAllocations[node] = elided.allocations;
    }
    builder.sumTotals();
    const columns = builder.finish(level.frames, level.strings, {
      elidedLocations: elided?.locations ?? 0,
      native: this.#native?.finish(builder.length),
    });
    let lookUp: ReturnType<typeof createShareLookup> | null = null;
    const getShares = (node: number) => {
      lookUp ??= createShareLookup(computeThreadShares(columns, this.#getShown(), leaves), columns);
      return lookUp(node);
    };
    return createCallTree(columns, {getShares});
  }

  /** The snapshot of the shown locations only. */
  #getShown(): Snapshot {
    const {stacks, shown} = this.#input;
    const {snapshot, locations} = stacks;
    return {...snapshot, locations: pickLocations(snapshot.locations, locations.subarray(0, shown))};
  }
}
