import fc from 'fast-check';
import {CaptureError} from '../../../src/capture/damage.js';
import {type CaptureResult, readCapture, toJson, toText} from '../../../src/headless.js';
import {RegexError} from '../../../src/query/bounded-regex.js';
import {deriveTree} from '../../../src/query/derive-tree.js';
import {formatQuery} from '../../../src/query/grammar/format-query.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {QueryError} from '../../../src/query/grammar/word.js';
import {prepareQuery} from '../../../src/query/prepare-query.js';
import type {TreeQuery} from '../../../src/query/tree-query.js';
import type {CallTree} from '../../../src/tree/call-tree.js';
import {arbitraryCase, openLocations} from '../arbitrary-query.js';
import {runReferenceQuery} from '../reference-shapes.js';
import type {Random} from './random.js';

/** Each node of a deep tree is indented: their texts may be far larger than a capture. */
const MAX_PRINTED_NODES = 2000;

/** Made once: that takes longer than a case does. */
const CASES = arbitraryCase();

function ensure(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** The query of a text; null where it is refused, which has to be by an error of its own. */
export async function readQuery(text: string): Promise<TreeQuery | null> {
  try {
    const query = parseQuery(text);
    await prepareQuery(query);
    return query;
  } catch (error) {
    if (error instanceof QueryError || error instanceof RegexError) return null;
    throw error;
  }
}

/**
 * Reads a capture as a written query asks for it. Throws unless the query is refused or written again as the same,
 * and all sums of what it shows agree.
 */
export async function checkQuery(bytes: Uint8Array, text: string, random: Random): Promise<void> {
  const query = await readQuery(text);
  if (query === null) return;
  const written = formatQuery(query);
  ensure(formatQuery(parseQuery(written)) === written, `"${written}" is read as another query`);
  const wholePeak = random.chance(0.3);
  const result = await tryRead(() => readCapture(bytes, {view: query, wholePeak, pythonOnly: true}));
  if (result === null) return;
  checkAmounts(result, wholePeak);
  checkSums(result.tree);
  if (result.tree.length > MAX_PRINTED_NODES) return;
  const {tree} = JSON.parse(toJson(result)) as {tree?: {bytes: number}};
  ensure(tree === undefined || tree.bytes === result.tree.bytes[0], 'JSON has another root');
  toText(result);
}

/** What a reading gives; null where there is nothing to show. */
export async function tryRead<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CaptureError) return null;
    throw error;
  }
}

function checkAmounts({of, kept, elided, tree, stats, query}: CaptureResult, wholePeak: boolean): void {
  for (const name of ['bytes', 'allocations', 'locations'] as const) {
    ensure(kept[name] >= 0 && kept[name] <= of[name], `${kept[name]} of ${of[name]} ${name} are kept`);
    ensure(elided[name] >= 0 && elided[name] <= kept[name], `${elided[name]} ${name} are elided`);
  }
  // Callers and callees have a root of what matches, and tables of lines and imports may have none of it.
  if (stats !== null || !['tree', 'inverted', 'flat', 'places'].includes(query.shape.kind)) return;
  const shown = kept.bytes - (wholePeak ? 0 : elided.bytes);
  ensure(tree.bytes[0] === shown, `the root has ${tree.bytes[0]} bytes instead of ${shown}`);
}

/** Throws unless every node of a tree is linked once, below a node that has at least as much. */
export function checkSums(tree: CallTree): void {
  let linked = 1;
  for (let node = 0; node < tree.length; node++) {
    for (let child = tree.firstChild[node]!; child >= 0; child = tree.nextSibling[child]!) {
      ensure(tree.prefix[child] === node, `node ${child} is not a child of ${node}`);
      ensure(++linked <= tree.length, 'a node is linked twice');
    }
  }
  ensure(linked === tree.length, `${linked} of ${tree.length} nodes are linked`);
}

/** A structured query over a random snapshot keeps what a slow reference keeps, and is written as it is read. */
export async function checkStructuredQuery(random: Random): Promise<void> {
  const [given] = fc.sample(CASES, {seed: random.below(2 ** 31), numRuns: 1});
  const {locations, query} = given!;
  await prepareQuery(query);
  const written = formatQuery(query);
  const again = formatQuery(parseQuery(written));
  ensure(again === written, `"${written}" is read as "${again}"`);
  const {snapshot, naming} = openLocations(locations);
  const ours = deriveTree(snapshot, query, {naming});
  const theirs = runReferenceQuery(locations, query, naming);
  for (const name of ['kept', 'of', 'elided'] as const) {
    const [a, b] = [JSON.stringify(ours[name]), JSON.stringify(theirs[name])];
    ensure(a === b, `${name} of "${written}": ${a} instead of ${b}`);
  }
  checkSums(ours.tree);
}
