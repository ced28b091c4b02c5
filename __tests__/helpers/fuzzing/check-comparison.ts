import {isDeepStrictEqual} from 'node:util';
import {deriveTree} from '../../../src/query/derive-tree.js';
import {createNaming} from '../../../src/query/naming.js';
import {getNeededView, needsBlocks} from '../../../src/query/needs.js';
import {checkSums, readQuery, tryRead} from './check-query.js';
import type {Random} from './random.js';
import {readCompared} from './read-compared.js';

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
  const options = {view: getNeededView(query), blocks: needsBlocks(query), pythonOnly: true};
  const snapshot = await tryRead(() => readCompared(captures, {...options, isMerged}));
  if (snapshot === null) return;
  const derived = deriveTree(snapshot, query, {
    naming: createNaming(snapshot),
    wholePeak: random.chance(0.3),
  });
  checkSums(derived.tree);
  if (query.isNormalized || isMerged || random.chance(0.7)) return;
  const sides = [derived.of, derived.base?.of];
  for (const [index, bytes] of captures.entries()) {
    const alone = await tryRead(() => readCompared([bytes], options));
    const side = sides[index];
    if (alone === null || side == null) continue;
    const {of} = deriveTree(alone, query, {naming: createNaming(alone)});
    if (!isDeepStrictEqual({...of}, {...side})) {
      throw new Error(`side ${index} has ${JSON.stringify(side)} instead of ${JSON.stringify(of)}`);
    }
  }
}
