import {readFileSync} from 'node:fs';
import {createCaptureParser} from '../../src/heap/capture-parser.js';
import type {Snapshot, SnapshotOptions, View} from '../../src/heap/snapshot.js';

export const peakView: View = {kind: 'peak'};

/**
 * The snapshot of a capture that is pushed in pieces of these sizes, the last of them repeated; default: all
 * at once.
 */
export function parseSnapshot(
  bytes: Uint8Array,
  options: Partial<SnapshotOptions> = {},
  pieceSizes: readonly number[] = [bytes.length + 1],
): Snapshot {
  const parser = createCaptureParser({view: peakView, biggestAllocs: 200, ...options});
  for (let at = 0, piece = 0; at < bytes.length && !parser.isDone; piece++) {
    const size = pieceSizes[Math.min(piece, pieceSizes.length - 1)]!;
    parser.push(bytes.subarray(at, at + size));
    at += size;
  }
  parser.end();
  return parser.getSnapshot();
}

export function readSnapshot(path: string, options: Partial<SnapshotOptions> = {}): Snapshot {
  return parseSnapshot(readFileSync(path), options);
}

/**
 * A location as text, for comparing: thread, bytes, allocations, and its frames from the innermost outwards.
 */
export interface PlainLocation {
  readonly thread: string;
  readonly bytes: number;
  readonly allocations: number;
  readonly stack: readonly (readonly [string, string, number])[];
}

export function toPlainLocations(snapshot: Snapshot): PlainLocation[] {
  const {locations, stacks, frames, strings, threads} = snapshot;
  return Array.from({length: locations.length}, (_, i) => {
    const stack: [string, string, number][] = [];
    for (let node = locations.stack[i]!; node >= 0; node = stacks.prefix[node]!) {
      const frame = stacks.frame[node]!;
      stack.push([strings[frames.function[frame]!]!, strings[frames.file[frame]!]!, frames.line[frame]!]);
    }
    return {
      thread: threads[locations.thread[i]!]!.label,
      bytes: locations.bytes[i]!,
      allocations: locations.allocations[i]!,
      stack,
    };
  });
}
