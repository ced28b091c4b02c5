import type {NativeColumns} from '../heap/snapshot.js';

/** Instead of an index: several different ones met in the node. */
const MIXED = -2;
const NONE = -1;

/**
 * What is known of the nodes of native frames besides their names: one entry for each node of a tree. A node
 * holds all frames of the same function, file and line below its parent, which may come from different call
 * sites.
 */
export interface NativeNodes {
  /** Recorded path of the image, an index into `strings`; −1 in other nodes, −2 for several. */
  readonly image: Int32Array;
  /** The images of each node of several. */
  readonly mixedImages: ReadonlyMap<number, ReadonlySet<number>>;
  /** Of the call, in the image's own numbering; −1 in other nodes, −2 for several. */
  readonly offset: Float64Array;
  /** Index into SYMBOL_STATES; −1 in other nodes, −2 for several. */
  readonly state: Int8Array;
  /** Where the compiler ran, an index into `strings`; −1 where unknown, −2 for several. */
  readonly directory: Int32Array;
  /**
   * For nodes where locations end: how many native frames of which nothing is known were left out at most.
   */
  readonly droppedFrames: Int32Array;
}

interface NodeFacts {
  image: number;
  offset: number;
  state: number;
  directory: number;
}

/** Collects what is known of native nodes while the tree is built. */
export class NativeNodesBuilder {
  readonly #facts: (NodeFacts | undefined)[] = [];
  readonly #mixedImages = new Map<number, Set<number>>();
  readonly #droppedFrames: number[] = [];

  /** A frame that comes to a node. */
  addFrame(node: number, frames: NativeColumns, frame: number): void {
    this.#add(node, {
      image: frames.image[frame]!,
      offset: frames.offset[frame]!,
      state: frames.image[frame]! < 0 ? NONE : frames.state[frame]!,
      directory: frames.directory[frame]!,
    });
  }

  /** A node of another tree that becomes a part of this one's. */
  addNode(node: number, from: NativeNodes, baseNode: number): void {
    this.addDropped(node, from.droppedFrames[baseNode]!);
    const facts = {
      offset: from.offset[baseNode]!,
      state: from.state[baseNode]!,
      directory: from.directory[baseNode]!,
    };
    const images = from.mixedImages.get(baseNode) ?? [from.image[baseNode]!];
    for (const image of images) this.#add(node, {...facts, image});
  }

  /** Native frames that were left out of a stack that ends at a node. */
  addDropped(node: number, count: number): void {
    if (count > (this.#droppedFrames[node] ?? 0)) this.#droppedFrames[node] = count;
  }

  #add(node: number, added: NodeFacts): void {
    const facts = this.#facts[node];
    if (facts === undefined) {
      this.#facts[node] = added;
      return;
    }
    if (facts.image !== added.image) {
      const images = this.#mixedImages.get(node) ?? new Set([facts.image]);
      this.#mixedImages.set(node, images.add(added.image));
      facts.image = MIXED;
    }
    if (facts.offset !== added.offset) facts.offset = MIXED;
    if (facts.state !== added.state) facts.state = MIXED;
    if (facts.directory !== added.directory) facts.directory = MIXED;
  }

  /** @param length how many nodes the tree has */
  finish(length: number): NativeNodes {
    const facts = this.#facts;
    const nodes = {length};
    return {
      image: Int32Array.from(nodes, (_, node) => facts[node]?.image ?? NONE),
      mixedImages: this.#mixedImages,
      offset: Float64Array.from(nodes, (_, node) => facts[node]?.offset ?? NONE),
      state: Int8Array.from(nodes, (_, node) => facts[node]?.state ?? NONE),
      directory: Int32Array.from(nodes, (_, node) => facts[node]?.directory ?? NONE),
      droppedFrames: Int32Array.from(nodes, (_, node) => this.#droppedFrames[node] ?? 0),
    };
  }
}
