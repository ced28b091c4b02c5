import {createCaptureParser} from '../../src/heap/capture-parser.js';
import {
  type CallSiteNamer,
  type MergedSnapshot,
  type MergeOptions,
  mergeNative,
} from '../../src/heap/merge-native.js';
import type {UnmergedSnapshot} from '../../src/heap/native-traces.js';
import type {Snapshot} from '../../src/heap/snapshot.js';
import type {NamedCallSite, NativeName} from '../../src/symbols/native-frame.js';
import {peakView} from './read-snapshot.js';

/** A capture of which nothing is merged yet, pushed in pieces of so many bytes. */
export function parseUnmerged(bytes: Uint8Array, pieceBytes = bytes.length + 1): UnmergedSnapshot {
  const parser = createCaptureParser({view: peakView, biggestAllocs: 200});
  for (let at = 0; at < bytes.length && !parser.isDone; at += pieceBytes) {
    parser.push(bytes.subarray(at, at + pieceBytes));
  }
  parser.end();
  return parser.getUnmergedSnapshot();
}

/** A native frame as tests name it: of one image and offset. */
export interface NativeFrame extends NativeName, Omit<NamedCallSite, 'calls'> {}

/** The frames at a return address, innermost first, by a list of images; none where nothing was loaded. */
export type ResolveAddress = (ip: bigint, list: number) => readonly NativeFrame[];

/** Addresses of which the same frames are known are one call site. */
function namerOf(resolve: ResolveAddress): CallSiteNamer {
  const callSites = new Map<string, number>();
  const pending: (readonly NativeFrame[])[] = [];
  return {
    locate(ip, list) {
      const frames = resolve(ip, list);
      if (frames.length === 0) return -1;
      const key = JSON.stringify(frames);
      if (!callSites.has(key)) {
        callSites.set(key, callSites.size);
        pending.push(frames);
      }
      return callSites.get(key)!;
    },
    *nameLocated(take) {
      const first = callSites.size - pending.length;
      for (const [i, calls] of pending.splice(0).entries()) {
        take(first + i, {calls, image: calls[0]!.image, offset: calls[0]!.offset});
        yield 0;
      }
    },
  };
}

/** Merges at one go. */
export function merge(
  unmerged: UnmergedSnapshot,
  resolve: ResolveAddress,
  options: MergeOptions = {},
): MergedSnapshot {
  return runToEnd(mergeNative(unmerged, namerOf(resolve), options));
}

/** What a generator returns. */
export function runToEnd<T>(steps: Generator<unknown, T>): T {
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
