import {stat} from 'node:fs/promises';
import {type CaptureSource, openSource, openStandardInput} from './capture-source.js';
import {followFile} from './follow-source.js';
import {openLive} from './live-source.js';
import {readCaptures} from './read-captures.js';
import type {ReadingMessage} from './reading.js';
import {type ReadingOptions, runReading} from './run-reading.js';

/** What is to be read. Plain data: it crosses the border between threads as it is. A path "-" is standard input. */
export type ReadingOrder =
  | {readonly kind: 'file'; readonly path: string}
  /** Several processes, in one tree if `isMerged`. */
  | {readonly kind: 'files'; readonly paths: readonly string[]; readonly isMerged: boolean}
  /** A file that is still being written. */
  | {readonly kind: 'follow'; readonly path: string}
  /** A process of this machine that waits at a port for somebody to send its records to. */
  | {readonly kind: 'live'; readonly port: number};

/** Reads what is ordered, and tells how it goes, as `runReading` does. */
export async function runOrder(
  order: ReadingOrder,
  options: ReadingOptions,
  emit: (message: ReadingMessage) => void,
): Promise<void> {
  switch (order.kind) {
    case 'file':
      return runReading(() => openPath(order.path), options, emit);
    case 'files': {
      const {paths, isMerged} = order;
      const sources = paths.map(path => ({name: path, open: () => openPath(path)}));
      return readCaptures(sources, {...options, isMerged, totalBytes: await sumSizes(paths)}, emit);
    }
    case 'follow':
      return runReading(async () => followFile(order.path), options, emit);
    case 'live':
      return runReading(async () => openLive(order.port, options.onReceived), options, emit);
  }
}

function openPath(path: string): Promise<CaptureSource> {
  return path === '-' ? openStandardInput() : openSource(path);
}

/** Null if one of them has no size; files that are not there have none of the sum. */
async function sumSizes(paths: readonly string[]): Promise<number | null> {
  if (paths.includes('-')) return null;
  const sizes = paths.map(path =>
    stat(path).then(
      ({size}) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
