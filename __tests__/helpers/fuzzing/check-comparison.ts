import {isDeepStrictEqual} from 'node:util';
import {NO_RENAMES} from '../../../src/heap/frame-renames.js';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {deriveTree} from '../../../src/query/derive-tree.js';
import {createNaming} from '../../../src/query/naming.js';
import {getNeededView, needsBlocks} from '../../../src/query/needs.js';
import type {TreeQuery} from '../../../src/query/tree-query.js';
import {openSource} from '../../../src/reader/open-source.js';
import {readRuns} from '../../../src/reader/read-runs.js';
import {checkSums, readQuery, tryRead} from './check-query.js';
import type {Random} from './random.js';

/**
 * Compares a capture with a base, both perhaps damaged, by a written query. Throws unless a side that can be read has
 * what it has by itself, and the tree is sound.
 */
export async function checkComparison(
  captures: readonly Uint8Array[],
  text: string,
  random: Random,
): Promise<void> {
  const query = await readQuery(text);
  if (query === null || query.shape.kind === 'stats') return;
  const isMerged = random.chance(0.2);
  const snapshot = await readCompared(captures, query, isMerged);
  if (snapshot === null) return;
  const derived = deriveTree(snapshot, query, {
    naming: createNaming(snapshot),
    wholePeak: random.chance(0.3),
  });
  checkSums(derived.tree);
  if (query.isNormalized || isMerged) return;
  const sides = [derived.of, derived.base?.of];
  for (const [index, bytes] of captures.entries()) {
    const alone = await readCompared([bytes], query, false);
    const side = sides[index];
    if (alone === null || side == null) continue;
    const {of} = deriveTree(alone, query, {naming: createNaming(alone)});
    if (!isDeepStrictEqual({...of}, {...side})) {
      throw new Error(`side ${index} has ${JSON.stringify(side)} instead of ${JSON.stringify(of)}`);
    }
  }
}

/** The first capture is compared with the others; null where one of the sides cannot be read. */
function readCompared(
  captures: readonly Uint8Array[],
  query: TreeQuery,
  isMerged: boolean,
): Promise<Snapshot | null> {
  const sources = captures.map((bytes, index) => ({
    name: `${index}.bin`,
    isBase: index > 0,
    open: () => openSource(bytes),
  }));
  const view = getNeededView(query);
  const blocks = needsBlocks(query);
  const options = {
    view,
    blocks,
    biggestAllocs: Infinity,
    isMerged,
    totalBytes: null,
    renames: NO_RENAMES,
    pythonOnly: true,
  };
  return tryRead(async () => {
    const read = await readRuns(sources, options, () => {});
    return read.getSnapshot({select: view, limit: Infinity, blocks}, () => {});
  });
}
