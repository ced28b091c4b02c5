import {readFileSync} from 'node:fs';
import {demangle} from '../../../src/symbols/demangle/demangle.js';
import {createNativeSymbols} from '../../../src/symbols/native-symbols.js';
import {memoryImageFs} from '../memory-image-fs.js';
import {expectedImages, resolveAll, returnAddress, symbolsDirectory, tablesOf} from '../symbol-fixtures.js';
import type {Random} from './random.js';

const DEBUG_FOLDERS = {buildIdFolders: ['/none'], debugRoot: '/none', debuginfodCache: null};
const PATH = '/lib/it.so';
const MAX_RESOLVED = 4;
const MAX_CALLS = 1000;
const MAX_NAME_CHARACTERS = 65_536;

/** Libraries, and mangled names, of the fixtures. */
export interface SymbolSeeds {
  readonly images: ReadonlyMap<string, Uint8Array>;
  readonly names: readonly string[];
}

export function readSymbolSeeds(): SymbolSeeds {
  const names = readFileSync(`${symbolsDirectory}/demangled.tsv`, 'utf8').trimEnd().split('\n');
  return {
    images: new Map(
      Object.keys(expectedImages).map(name => [name, readFileSync(`${symbolsDirectory}/${name}`)]),
    ),
    names: names.map(line => line.slice(0, line.indexOf('\t'))),
  };
}

const NUMBERS = [0, 1, 2, 4, 8, 0x7f, 0x80, 0xff];

/** A library with bytes changed, most of them near one another: else the first of them would end the reading. */
export function createImage({images}: SymbolSeeds, random: Random): {name: string; bytes: Uint8Array} {
  const name = random.pick([...images.keys()]);
  const bytes = Uint8Array.from(images.get(name)!);
  const around = random.below(bytes.length);
  for (let left = random.pick([1, 2, 5, 20, 100]); left > 0; left--) {
    const at = random.chance(0.8) ? (around + random.below(400)) % bytes.length : random.below(bytes.length);
    bytes[at] = random.chance(0.5) ? random.pick(NUMBERS) : bytes[at]! ^ (1 << random.below(8));
  }
  return {name, bytes: random.chance(0.02) ? bytes.subarray(0, around) : bytes};
}

/** Names addresses of a library. Throws unless each gets frames, and every file is closed again. */
export function checkImage(name: string, bytes: Uint8Array, random: Random): void {
  const {loads, runs} = expectedImages[name]!;
  const fs = memoryImageFs({[PATH]: bytes});
  const symbols = createNativeSymbols({tables: tablesOf(PATH, loads), fs, debugFolders: DEBUG_FOLDERS});
  const addresses = Array.from({length: MAX_RESOLVED}, () => returnAddress(random.pick(runs).from));
  for (const frames of resolveAll(symbols, addresses)) {
    if (frames.length === 0 || frames.length > MAX_CALLS) throw new Error(`${frames.length} calls`);
    for (const {line, offset, image} of frames) {
      const isSound = Number.isInteger(line) && Number.isSafeInteger(offset) && image === PATH;
      if (!isSound) throw new Error(`line ${line} at ${offset} of ${image}`);
    }
  }
  if (fs.openPaths().length > 0) throw new Error('a file stays open');
}

const PIECES = [
  ...['S_', 'S0_', 'T_', 'I', 'E', 'J', 'DpT_', 'N', 'Z', 'X', 'L', 'sr', 'UlT_E_', 'F', 'A', 'M', 'cv', 'K'],
  ...[
    'R',
    '9',
    '1a',
    'DnT_',
    'St',
    'Ss',
    'cl',
    'fp',
    'Dv4_',
    'GR',
    'TV',
    'C1',
    'D0',
    'nw',
    'qu',
    '_',
    '99999999999',
  ],
];

/** A mangled name with one to four defects. */
export function createMangledName({names}: SymbolSeeds, random: Random): string {
  let text = random.pick(names);
  for (let left = 1 + random.below(4); left > 0; left--) {
    const at = 2 + random.below(Math.max(text.length - 1, 1));
    const added = random.chance(0.2)
      ? random.pick(names).slice(2, 2 + random.below(40))
      : random.pick(PIECES);
    text = text.slice(0, at) + (random.chance(0.6) ? added : '') + text.slice(at + random.below(4));
  }
  return text;
}

export function checkMangledName(name: string): void {
  const {length} = demangle(name);
  if (length > MAX_NAME_CHARACTERS) throw new Error(`${length} characters`);
}
