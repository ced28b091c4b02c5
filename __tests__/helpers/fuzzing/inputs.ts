import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {isLz4Magic} from '../../../src/capture/lz4-frame.js';
import {writeAggregated} from '../aggregated-writer.js';
import {writeCapture} from '../capture-writer.js';
import {fixturesDirectory, listCaptures} from '../captures.js';
import {decodeLz4} from '../decode-lz4.js';
import {writeLz4} from '../lz4-writer.js';
import {readSymbolSeeds, type SymbolSeeds} from './check-images.js';
import {mutateBytes} from './mutate-bytes.js';
import type {Random} from './random.js';
import {
  createAggregatedRecords,
  createHeader,
  createRecords,
  editRecords,
  type InputSize,
} from './random-records.js';
import {createTinyCaptures} from './tiny-captures.js';

/** What once broke a promise lies here for good. */
export const findingsDirectory: string = fileURLToPath(
  new URL('../../fixtures/fuzz-findings', import.meta.url),
);

const MAX_SEED_BYTES = 25_000;
const MAX_SMALL_SEED_BYTES = 1000;
/** How many of the inputs are large ones. */
const LARGE_SHARE = 0.05;

/** Captures that broke a promise once: name and content. */
export function listFindings(): {readonly name: string; readonly bytes: Uint8Array}[] {
  return listFindingNames('.bin').map(name => ({name, bytes: readFileSync(`${findingsDirectory}/${name}`)}));
}

export function listFindingNames(extension: string): readonly string[] {
  return readdirSync(findingsDirectory)
    .sort()
    .filter(name => name.endsWith(extension));
}

/** What inputs are made from. Small ones are tried much faster, and hold every kind of record as well. */
export interface Seeds {
  readonly small: readonly Uint8Array[];
  readonly large: readonly Uint8Array[];
  readonly symbols: SymbolSeeds;
}

/** Captures of one record of each kind; and the small fixtures, the compressed ones unpacked as well, with all findings of the fuzzer. */
export function readSeeds(): Seeds {
  const files = [
    ...listCaptures(fixturesDirectory).map(({path}) => readFileSync(path)),
    ...listFindings().map(({bytes}) => bytes),
  ].filter(bytes => bytes.length > 0 && bytes.length <= MAX_SEED_BYTES);
  const all = files.flatMap(bytes => {
    const content = tryDecode(bytes);
    return content !== null && content.length <= MAX_SEED_BYTES ? [bytes, content] : [bytes];
  });
  const isSmall = ({length}: Uint8Array) => length <= MAX_SMALL_SEED_BYTES;
  return {
    small: [...createTinyCaptures().map(({bytes}) => bytes), ...all.filter(isSmall)],
    large: all.filter(bytes => !isSmall(bytes)),
    symbols: readSymbolSeeds(),
  };
}

function tryDecode(bytes: Uint8Array): Uint8Array | null {
  if (bytes.length < 4 || !isLz4Magic(Buffer.from(bytes).readUInt32LE())) return null;
  try {
    return decodeLz4(bytes);
  } catch {
    return null;
  }
}

/** An input: half of them a file with changed bytes, half of them changed records in a sound encoding. */
export function createInput(seeds: Seeds, random: Random): Uint8Array {
  const size = random.chance(LARGE_SHARE) ? 'large' : 'small';
  if (random.chance(0.5)) return mutateBytes(random.pick(seeds[size]), seeds[size], random);
  const content = random.chance(0.2)
    ? createAggregated(random, size)
    : writeCapture(editRecords(createRecords(random, size), random), createHeader(random));
  const input = random.chance(0.2) ? wrap(content, random) : content;
  return random.chance(0.2) ? mutateBytes(input, seeds[size], random) : input;
}

function createAggregated(random: Random, size: InputSize): Uint8Array {
  const version = random.pick([10, 11, 12, 13]);
  return writeAggregated(createAggregatedRecords(random, version, size), {...createHeader(random), version});
}

function wrap(content: Uint8Array, random: Random): Uint8Array {
  return writeLz4(content, {
    blockBytes: 1 + random.below(2000),
    asLiterals: random.chance(0.5),
    isIndependent: random.chance(0.3),
    hasBlockChecksums: random.chance(0.3),
    hasContentSize: random.chance(0.3),
    hasContentChecksum: random.chance(0.3),
    hasEndMark: random.chance(0.9),
  });
}
