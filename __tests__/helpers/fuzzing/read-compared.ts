import {NO_RENAMES} from '../../../src/heap/frame-renames.js';
import type {Snapshot, View} from '../../../src/heap/snapshot.js';
import {openSource} from '../../../src/reader/open-source.js';
import {readRuns} from '../../../src/reader/read-runs.js';

export interface ComparedOptions {
  readonly view: View;
  readonly blocks: boolean;
  readonly isMerged?: boolean;
  readonly pythonOnly?: boolean;
}

/**
 * The first capture, compared with the others if there are any, with all locations.
 * @throws CaptureError where one of the sides cannot be read
 */
export async function readCompared(
  captures: readonly Uint8Array[],
  {view, blocks, isMerged = false, pythonOnly = false}: ComparedOptions,
): Promise<Snapshot> {
  const sources = captures.map((bytes, index) => ({
    name: `${index}.bin`,
    isBase: index > 0,
    open: () => openSource(bytes),
  }));
  const options = {
    view,
    blocks,
    biggestAllocs: Infinity,
    isMerged,
    totalBytes: null,
    renames: NO_RENAMES,
    pythonOnly,
  };
  const read = await readRuns(sources, options, () => {});
  return read.getSnapshot({select: view, limit: Infinity, blocks}, () => {});
}
