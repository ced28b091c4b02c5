import {createCaptureParser} from '../../src/heap/capture-parser.js';
import {type MergedSnapshot, mergeNative, type ResolveAddress} from '../../src/heap/merge-native.js';
import type {UnmergedSnapshot} from '../../src/heap/native-traces.js';
import type {Snapshot} from '../../src/heap/snapshot.js';
import type {NativeFrame} from '../../src/symbols/native-frame.js';
import {peakView} from './read-snapshot.js';

/** A capture of which nothing is merged yet, pushed in pieces of so many bytes. */
export function parseUnmerged(bytes: Uint8Array, pieceBytes = bytes.length + 1): UnmergedSnapshot {
  const parser = createCaptureParser({view: peakView, biggestAllocs: 200});
  for (let at = 0; at < bytes.length && !parser.isDone; at += pieceBytes) {
    parser.push(bytes.subarray(at, at + pieceBytes));
  }
  parser.end();
  return parser.takeUnmerged();
}

/** Merges at one go. */
export function merge(unmerged: UnmergedSnapshot, resolve: ResolveAddress): MergedSnapshot {
  const steps = mergeNative(unmerged, resolve);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** A frame as a symbol reader would give it; by default one of which all is known. */
export function frame(name: string, facts: Partial<NativeFrame> = {}): NativeFrame {
  return {
    function: name,
    file: `${name}.c`,
    line: 1,
    image: '/lib/x.so',
    offset: 16,
    state: 'full',
    directory: null,
    ...facts,
  };
}

/** The stack of each location, outermost frame first: names, with the line where it is not 1. */
export function listStacks({locations, stacks, frames, strings}: Snapshot): string[] {
  return Array.from(locations.stack, innermost => {
    const words: string[] = [];
    for (let row = innermost; row >= 0; row = stacks.prefix[row]!) {
      words.push(strings[frames.function[stacks.frame[row]!]!]!);
    }
    return words.reverse().join(' ');
  });
}
