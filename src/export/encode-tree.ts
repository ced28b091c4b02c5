import type {CallTree} from '../tree/call-tree.js';
import {type NodeSums, SUM_NAMES} from '../tree/compared-nodes.js';
import {nextInPreorder} from '../tree/visible-rows.js';
import {NumberWriter, type PageExcerpt, type PageHead} from './tree-bytes.js';

interface EncodedFacts {
  readonly moduleOf: (file: string) => string;
  readonly arenaBytes: number | null;
  /** What the captures are called that are compared without a base; empty of all others. */
  readonly captures: readonly string[];
  /** The source of frames, where it was asked for. */
  readonly excerpts?: ReadonlyMap<number, PageExcerpt> | undefined;
}

/** A tree as few bytes; `tree-bytes.ts` describes them. */
export function encodeTree(
  tree: CallTree,
  {moduleOf, arenaBytes, captures, excerpts = new Map()}: EncodedFacts,
): Buffer {
  const frames = new Numbering(tree.frames.length);
  const nodes = encodeNodes(tree, frames);
  const strings = new Numbering(tree.strings.length);
  const encodedFrames = encodeFrames(tree, frames.numbered, strings);
  const isFile = new Set(frames.numbered.map(frame => tree.frames.file[frame]!));
  const head: PageHead = {
    rootName: tree.rootName,
    isOrdered: tree.isNested === true,
    arenaBytes,
    frameCount: frames.numbered.length,
    nodeCount: tree.length,
    sideCount: listSides(tree).length,
    captures,
    strings: strings.numbered.map(id => tree.strings[id]!),
    modules: strings.numbered.map(id => (isFile.has(id) ? moduleOf(tree.strings[id]!) : '')),
    excerpts: [...excerpts].map(([frame, excerpt]) => [frames.get(frame), excerpt]),
  };
  const json = Buffer.from(JSON.stringify(head), 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return Buffer.concat([length, json, encodedFrames, nodes]);
}

/** Numbers for what is used, from 0 on, in the order of its first use. */
class Numbering {
  readonly numbered: number[] = [];
  readonly #numberOf: Int32Array;

  constructor(length: number) {
    this.#numberOf = new Int32Array(length).fill(-1);
  }

  get(id: number): number {
    if (this.#numberOf[id]! < 0) this.#numberOf[id] = this.numbered.push(id) - 1;
    return this.#numberOf[id]!;
  }
}

/** What is compared, and the base where there is one; nothing of a capture by itself. */
function listSides(tree: CallTree): readonly NodeSums[] {
  if (tree.compared === undefined) return [];
  const {base} = tree.compared;
  return base === null ? [tree] : [tree, base];
}

/** In display order. Of each node: how far it is above a child of the one before, frame, its numbers. */
function encodeNodes(tree: CallTree, frames: Numbering): Uint8Array {
  const numbers = new NumberWriter();
  const sides = listSides(tree);
  let before = -1;
  for (let node = 0; node >= 0; node = nextInPreorder(tree, node, true)) {
    const depth = tree.depth[node]!;
    if (node > 0) {
      numbers.add(before + 1 - depth);
      numbers.add(frames.get(tree.frame[node]!));
    }
    if (sides.length === 0) {
      numbers.add(tree.selfBytes[node]!);
      numbers.add(tree.selfAllocations[node]!);
    }
    for (const side of sides) for (const name of SUM_NAMES) numbers.add(2 * side[name][node]!);
    if (tree.compared?.base === null) addValues(numbers, tree.compared.getValues(node));
    before = depth;
  }
  return numbers.read();
}

/** Most nodes are the same in all captures. */
function addValues(numbers: NumberWriter, values: Float64Array): void {
  const isSame = values.every(value => value === values[0]);
  numbers.add(isSame ? 0 : 1);
  for (const value of isSame ? values.subarray(0, 1) : values) numbers.add(value);
}

function encodeFrames(
  {frames, flags, frame: frameOf}: CallTree,
  used: readonly number[],
  strings: Numbering,
): Uint8Array {
  const flagsOf = new Uint8Array(frames.length);
  for (let node = 1; node < frameOf.length; node++) flagsOf[frameOf[node]!] = flags[node]!;
  const numbers = new NumberWriter();
  for (const frame of used) {
    numbers.add(strings.get(frames.function[frame]!));
    numbers.add(strings.get(frames.file[frame]!));
    numbers.add(frames.line[frame]!);
    numbers.add(flagsOf[frame]!);
  }
  return numbers.read();
}
