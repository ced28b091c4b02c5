import {readFileSync} from 'node:fs';
import {ALLOCATORS} from '../../src/heap/allocators.js';
import {createBlockKeeper} from '../../src/heap/block-keeper.js';
import {type CaptureParserOptions, createCaptureParser} from '../../src/heap/capture-parser.js';
import type {Snapshot, SnapshotOptions, View} from '../../src/heap/snapshot.js';

export const peakView: View = {kind: 'peak'};

/**
 * The snapshot of a capture that is pushed in pieces of these sizes, the last of them repeated; default: all
 * at once.
 */
export function parseSnapshot(
  bytes: Uint8Array,
  options: Partial<CaptureParserOptions> = {},
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

/** The same with blocks; the peak is found first. */
export function parseWithBlocks(
  bytes: Uint8Array,
  options: Partial<SnapshotOptions> = {},
  pieceSizes?: readonly number[],
): Snapshot {
  const peakRecords = parseSnapshot(bytes, {biggestAllocs: 0}).capture.run?.peakRecords ?? 0;
  return parseSnapshot(bytes, {...options, blocks: createBlockKeeper(peakRecords)}, pieceSizes);
}

/** (location, allocator, size, count) of each row. */
export function toPlainBlocks({blocks}: Snapshot): [number, number, number, number][] {
  const {length, location, allocator, size, count} = blocks!;
  return Array.from({length}, (_, row) => [location[row]!, allocator[row]!, size[row]!, count[row]!]);
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

/** [function, file, line, allocator, size, count] by the innermost frame, sorted: as the goldens of memray have them. */
export function toPlaceBlocks({blocks, locations, stacks, frames, strings}: Snapshot): unknown[][] {
  const {length, location, allocator, size, count} = blocks!;
  const counts = new Map<string, number>();
  for (let row = 0; row < length; row++) {
    const end = locations.stack[location[row]!]!;
    const frame = end < 0 ? -1 : stacks.frame[end]!;
    const place =
      frame < 0
        ? ['', '', 0]
        : [strings[frames.function[frame]!], strings[frames.file[frame]!], frames.line[frame]];
    const key = JSON.stringify([...place, ALLOCATORS[allocator[row]!], size[row]]);
    counts.set(key, (counts.get(key) ?? 0) + count[row]!);
  }
  return sortRows([...counts].map(([key, total]) => [...(JSON.parse(key) as unknown[]), total]));
}

export function sortRows(rows: readonly (readonly unknown[])[]): unknown[][] {
  const written = rows.map(row => JSON.stringify(row)).sort();
  return written.map(row => JSON.parse(row) as unknown[]);
}
