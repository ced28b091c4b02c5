import type {UnmergedSnapshot} from '../../src/heap/native-traces.js';
import {ImageTablesBuilder} from '../../src/symbols/image-tables.js';
import {writeCapture} from './capture-writer.js';
import {frame, type NativeFrame, parseUnmerged, type ResolveAddress} from './native-captures.js';

/** The stacks of a location as words, outermost first, with a blank between them. */
export interface StacksOfLocation {
  /** Names of functions; one that runs in its caller's loop stands after a plus. */
  readonly python: string;
  /**
   * LOOP is the interpreter's loop, a word in brackets is another function of the interpreter, a question
   * mark lies in no image, and words joined by > are inlined into the first of them.
   */
  readonly native: string;
  /** How many Python frames belong to the tracker. */
  readonly skippedFrames?: number;
  /** The list of images; −1 for none. */
  readonly list?: number;
}

/**
 * A snapshot of these locations, of which the stacks share what they have in common from the outermost frame
 * on.
 */
export function unmergedOf(
  locations: readonly StacksOfLocation[],
  {headerVersion = 13, lists = 1} = {},
): {readonly unmerged: UnmergedSnapshot; readonly resolve: ResolveAddress} {
  const python = new Trie();
  const native = new Trie();
  const stack = locations.map(each => python.add(each.python));
  const trace = locations.map(each => native.add(each.native));
  const names = python.words.map(word => word.replace('+', ''));
  const strings = ['a.py', ...new Set(names)];
  const empty = parseUnmerged(writeCapture([], {nativeTraces: true}));
  const unmerged: UnmergedSnapshot = {
    ...empty,
    capture: {...empty.capture, headerVersion},
    locations: {
      length: locations.length,
      bytes: Float64Array.from(locations, () => 1),
      allocations: Float64Array.from(locations, () => 1),
      thread: new Int32Array(locations.length),
      stack: Int32Array.from(stack),
    },
    stacks: {
      length: python.words.length,
      prefix: Int32Array.from(python.prefix),
      frame: Int32Array.from(names, name => strings.indexOf(name) - 1),
    },
    frames: {
      length: strings.length - 1,
      function: Int32Array.from(strings.slice(1), (_, i) => i + 1),
      file: new Int32Array(strings.length - 1),
      line: new Int32Array(strings.length - 1).fill(1),
    },
    strings,
    native: {
      traces: {
        length: native.words.length,
        prefix: Int32Array.from(native.prefix),
        ip: BigUint64Array.from(native.words, (_, i) => BigInt(i)),
      },
      tables: tablesOf(lists),
      trace: Int32Array.from(trace),
      generation: Int32Array.from(locations, each => (each.list ?? 0) + 1),
      skippedFrames: Float64Array.from(locations, each => each.skippedFrames ?? 0),
      isInterpreterEntry: Uint8Array.from(python.words, word => Number(!word.startsWith('+'))),
    },
  };
  return {unmerged, resolve: ip => toFrames(native.words[Number(ip)]!)};
}

function tablesOf(lists: number) {
  const builder = new ImageTablesBuilder();
  for (let list = 0; list < lists; list++) {
    builder.startGeneration();
    builder.addImage('/bin/python3', BigInt(list));
  }
  return builder.finish();
}

/** The calls that a word of a native stack stands for, innermost first. */
function toFrames(word: string): NativeFrame[] {
  if (word === '?') return [];
  const names = word.split('>').reverse();
  const image = names.some(name => name === 'LOOP' || name.startsWith('[')) ? '/bin/python3' : '/lib/x.so';
  return names.map(name => frame(name === 'LOOP' ? '_PyEval_EvalFrameDefault' : name, {image}));
}

/** Words of stacks, each once below the same caller. */
class Trie {
  readonly words: string[] = [];
  readonly prefix: number[] = [];
  readonly #nodes = new Map<string, number>();

  /** The node of the last word, −1 without any. */
  add(text: string): number {
    let node = -1;
    for (const word of text.split(' ').filter(Boolean)) {
      const key = `${node} ${word}`;
      let next = this.#nodes.get(key);
      if (next === undefined) {
        next = this.words.push(word) - 1;
        this.prefix.push(node);
        this.#nodes.set(key, next);
      }
      node = next;
    }
    return node;
  }
}
