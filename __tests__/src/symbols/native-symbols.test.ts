import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {ImageTablesBuilder} from '../../../src/symbols/image-tables.js';
import {createNativeSymbols, type NativeSymbolsOptions} from '../../../src/symbols/native-symbols.js';
import {type MemoryFs, memoryImageFs} from '../../helpers/memory-image-fs.js';
import {
  expectedImages,
  LOAD_ADDRESS,
  returnAddress,
  symbolsDirectory,
  tablesOf,
  toExpected,
} from '../../helpers/symbol-fixtures.js';

describe('names, files and lines as memray finds them', () => {
  test.each(Object.entries(expectedImages))('at every address of %s', (name, {loads, runs}) => {
    const symbols = createNativeSymbols({
      tables: tablesOf(join(symbolsDirectory, name), loads),
      places: {
        buildIdFolders: [join(symbolsDirectory, '.build-id')],
        debugRoot: '/nowhere',
        debuginfodCache: null,
      },
    });
    const found = runs.flatMap(({from, to}) =>
      [from, to].map(offset => toExpected(symbols.resolve(returnAddress(offset), 1))),
    );
    expect(found).toEqual(runs.flatMap(({frames}) => [frames, frames]));
    expect(runs.length).toBeGreaterThan(3);
    symbols.close();
  });
});

const readImage = (name: string) => new Uint8Array(readFileSync(join(symbolsDirectory, name)));
const nowhere = {buildIdFolders: ['/none'], debugRoot: '/none', debuginfodCache: null};
/** An address in inlined code of the libraries made from chain.c. */
const inlinedIn = (name: string) => expectedImages[name]!.runs.find(({frames}) => frames.length >= 3)!;

/** What is found at one address of an image recorded as /app/it.so. */
function resolveOne(
  name: string,
  from: number,
  files: Readonly<Record<string, Uint8Array>>,
  options: Partial<NativeSymbolsOptions> = {},
) {
  const tables = tablesOf('/app/it.so', expectedImages[name]!.loads);
  const symbols = createNativeSymbols({tables, fs: memoryImageFs(files), places: nowhere, ...options});
  const frames = symbols.resolve(returnAddress(from), 1);
  return {frames, problems: symbols.problems};
}

describe('a native frame', () => {
  test('knows its image, the offset of the call, where the compiler ran and how much is known', () => {
    const {from, frames} = inlinedIn('dwarf5.so');
    const found = resolveOne('dwarf5.so', from, {'/app/it.so': readImage('dwarf5.so')}).frames;
    expect(toExpected(found)).toEqual(frames);
    for (const frame of found)
      expect(frame).toMatchObject({image: '/app/it.so', offset: from, state: 'full', directory: '/build'});
  });

  test('has a name only where there are symbols only', () => {
    const run = expectedImages['no-debug.so']!.runs.find(({frames}) => frames[0]![0] !== '<unknown>')!;
    const {frames} = resolveOne('no-debug.so', run.from, {'/app/it.so': readImage('no-debug.so')});
    expect(frames).toMatchObject([
      {function: run.frames[0]![0], file: '<unknown>', line: 0, state: 'name-only'},
    ]);
  });

  test('is none outside of all images and in unknown generations', () => {
    const tables = tablesOf('/app/it.so', [[0, 4096]]);
    const symbols = createNativeSymbols({tables, fs: memoryImageFs({}), places: nowhere});
    expect(symbols.resolve(LOAD_ADDRESS + 4096n, 1)).toEqual([]);
    expect(symbols.resolve(LOAD_ADDRESS, 1)).toEqual([]);
    expect(symbols.resolve(2n ** 64n - 1n, 1)).toEqual([]);
    for (const generation of [0, 2, -1, 0.5])
      expect(symbols.resolve(LOAD_ADDRESS + 9n, generation)).toEqual([]);
    expect(symbols.resolve(LOAD_ADDRESS + 9n, 1)).toHaveLength(1);
  });
});

describe('files of another machine', () => {
  const {from, frames: expected} = inlinedIn('dwarf5.so');
  const right = readImage('dwarf5.so');
  const wrong = readImage('shapes.so');
  const symbolsDirectoryOption = {symbolsDirectory: '/symbols/'};

  test.each([
    ['as in its root', {'/symbols/app/it.so': right}],
    ['all in one folder', {'/symbols/it.so': right}],
    ['before the file of that name here', {'/symbols/it.so': right, '/app/it.so': wrong}],
    ['unless only the file here is the recorded one', {'/symbols/it.so': wrong, '/app/it.so': right}],
  ])('are taken from the folder of symbols, %s', (_, files) => {
    const {frames, problems} = resolveOne('dwarf5.so', from, files, symbolsDirectoryOption);
    expect(toExpected(frames)).toEqual(expected);
    expect(problems).toEqual({notFound: 0, changed: 0, newer: 0, unsupported: 0});
  });

  test('are not taken when they are others', () => {
    const {frames, problems} = resolveOne(
      'dwarf5.so',
      from,
      {'/symbols/it.so': wrong},
      symbolsDirectoryOption,
    );
    expect(frames[0]!.state).toBe('changed');
    expect(problems.changed).toBe(1);
  });

  test('that are newer than the capture are told of', () => {
    const files = {'/app/it.so': right};
    expect(resolveOne('dwarf5.so', from, files, {captureEndTimeMs: 4999}).problems.newer).toBe(1);
    expect(resolveOne('dwarf5.so', from, files, {captureEndTimeMs: 5000}).problems.newer).toBe(0);
  });
});

describe('debug information in a file of its own', () => {
  const link = inlinedIn('link.so');
  const byId = inlinedIn('build-id.so');
  const image = {'/app/it.so': readImage('link.so')};
  const debug = readImage('link.debug');
  const [debugName] = readdirSync(join(symbolsDirectory, '.build-id'), {
    recursive: true,
    encoding: 'utf8',
  }).filter(name => name.endsWith('.debug'));
  const buildId = debugName!.slice(0, -'.debug'.length).replace(/\W/, '');

  test.each(['/app/link.debug', '/app/.debug/link.debug', '/none/app/link.debug'])('is found as %s', path => {
    const {frames} = resolveOne('link.so', link.from, {...image, [path]: debug});
    expect(toExpected(frames)).toEqual(link.frames);
  });

  test('is not used when it does not fit', () => {
    const other = debug.slice();
    other[other.length - 1]! ^= 1;
    const {frames} = resolveOne('link.so', link.from, {...image, '/app/link.debug': other});
    expect(frames[0]!.state).not.toBe('full');
  });

  test.each([
    ['/ids/BUILD', {buildIdFolders: ['/ids']}],
    ['/cache/BUILDID/debuginfo', {debuginfodCache: '/cache'}],
  ])('is found by build id as %s', (template, places) => {
    const file = `${buildId.slice(0, 2)}/${buildId.slice(2)}.debug`;
    const path = template.replace('BUILDID', buildId).replace('BUILD', file);
    const bytes = readImage(`.build-id/${file}`);
    const files = {'/app/it.so': readImage('build-id.so'), [path]: bytes};
    const {frames} = resolveOne('build-id.so', byId.from, files, {places: {...nowhere, ...places}});
    expect(toExpected(frames)).toEqual(byId.frames);
    const misnamed = {...files, [path]: debug};
    const without = resolveOne('build-id.so', byId.from, misnamed, {places: {...nowhere, ...places}});
    expect(without.frames[0]!.state).not.toBe('full');
  });
});

test('captures of macOS give offsets as their tools count them', () => {
  const builder = new ImageTablesBuilder();
  builder.startGeneration();
  builder.addImage('/usr/lib/dyld', 0x1_0000n);
  builder.addSegment(0x7ff8_0000n, 0x1000n);
  builder.addImage('/app/program', 0x5000n);
  builder.addSegment(0n, 0x1_0000_0000n);
  builder.addSegment(0x1_0000_0000n, 0x4000n);
  const symbols = createNativeSymbols({tables: builder.finish(), fs: memoryImageFs({}), places: nowhere});
  expect(symbols.resolve(0x1_0000_5011n, 1)).toMatchObject([
    {function: '<unknown>', image: '/app/program', offset: 0x10, state: 'no-symbol'},
  ]);
  expect(symbols.resolve(0x7ff9_0021n, 1)).toMatchObject([{image: '/usr/lib/dyld', offset: 0x20}]);
  expect(symbols.problems.notFound).toBe(0);
});

test('keeps only so many files open, and finds all again after closing', () => {
  const {loads, runs} = expectedImages['dwarf5.so']!;
  const builder = new ImageTablesBuilder();
  const files: Record<string, Uint8Array> = {};
  builder.startGeneration();
  for (let i = 0; i < 100; i++) {
    files[`/lib/${i}.so`] = readImage('dwarf5.so');
    builder.addImage(`/lib/${i}.so`, BigInt(i) << 20n);
    for (const [address, size] of loads) builder.addSegment(BigInt(address), BigInt(size));
  }
  const fs: MemoryFs = memoryImageFs(files);
  const symbols = createNativeSymbols({tables: builder.finish(), fs, places: nowhere});
  const resolveIn = (i: number, run: number) =>
    toExpected(symbols.resolve((BigInt(i) << 20n) + BigInt(runs[run]!.from) + 1n, 1));
  for (let i = 0; i < 100; i++) expect(resolveIn(i, 6)).toEqual(runs[6]!.frames);
  expect(fs.openPaths().length).toBeLessThanOrEqual(32);
  expect(resolveIn(0, 7)).toEqual(runs[7]!.frames);
  symbols.close();
  expect(fs.openPaths()).toEqual([]);
  expect(resolveIn(50, 8)).toEqual(runs[8]!.frames);
  symbols.close();
  expect(fs.openPaths()).toEqual([]);
});
