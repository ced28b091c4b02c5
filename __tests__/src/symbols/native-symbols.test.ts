import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {ImageTablesBuilder} from '../../../src/symbols/image-tables.js';
import {createNativeSymbols, type NativeSymbolsOptions} from '../../../src/symbols/native-symbols.js';
import {type MemoryFs, memoryImageFs} from '../../helpers/memory-image-fs.js';
import {
  expectedImages,
  LOAD_ADDRESS,
  resolveAll,
  returnAddress,
  symbolsDirectory,
  tablesOf,
  toExpected,
} from '../../helpers/symbol-fixtures.js';

describe('names, files and lines as memray finds them', () => {
  test.each(Object.entries(expectedImages))('at every address of %s', (name, {loads, runs}) => {
    const symbols = createNativeSymbols({
      tables: tablesOf(join(symbolsDirectory, name), loads),
      debugFolders: {
        buildIdFolders: [join(symbolsDirectory, '.build-id')],
        debugRoot: '/nowhere',
        debuginfodCache: null,
      },
    });
    const ips = runs.flatMap(({from, to}) => [returnAddress(from), returnAddress(to)]);
    const found = resolveAll(symbols, ips).map(toExpected);
    expect(found).toEqual(runs.flatMap(({frames}) => [frames, frames]));
    expect(runs.length).toBeGreaterThan(3);
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
  const symbols = createNativeSymbols({tables, fs: memoryImageFs(files), debugFolders: nowhere, ...options});
  const frames = resolveAll(symbols, [returnAddress(from)])[0]!;
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

  test('is none outside of all images and by lists that are not there', () => {
    const tables = tablesOf('/app/it.so', [[0, 4096]]);
    const symbols = createNativeSymbols({tables, fs: memoryImageFs({}), debugFolders: nowhere});
    for (const ip of [LOAD_ADDRESS + 4096n, LOAD_ADDRESS, 2n ** 64n - 1n]) {
      expect(symbols.locate(ip, 0)).toBe(-1);
    }
    for (const list of [1, -1, 0.5]) expect(symbols.locate(LOAD_ADDRESS + 9n, list)).toBe(-1);
    expect(symbols.locate(LOAD_ADDRESS + 9n, 0)).toBe(0);
  });
});

describe('call sites', () => {
  const file = {'/lib/it.so': readImage('dwarf5.so')};
  const {loads, runs} = expectedImages['dwarf5.so']!;

  /** One list for each load address, all of the same file. */
  function tablesAt(...loadAddresses: readonly bigint[]) {
    const builder = new ImageTablesBuilder();
    for (const load of loadAddresses) {
      builder.startGeneration();
      builder.addImage('/lib/it.so', load);
      for (const [address, size] of loads) builder.addSegment(BigInt(address), BigInt(size));
    }
    return builder.finish();
  }

  test('of a file are the same wherever it was loaded', () => {
    const tables = tablesAt(0n, 1n << 20n, 2n ** 63n);
    const symbols = createNativeSymbols({tables, fs: memoryImageFs(file), debugFolders: nowhere});
    const [first, second] = [BigInt(runs[3]!.from) + 1n, BigInt(runs[4]!.from) + 1n];
    expect(symbols.locate(first, 0)).toBe(0);
    expect(symbols.locate(second, 0)).toBe(1);
    expect(symbols.locate(first, 0)).toBe(0);
    expect(symbols.locate((1n << 20n) + second, 1)).toBe(1);
    expect(symbols.locate(2n ** 63n + first, 2)).toBe(0);
  });

  test('are named once, and the file is open only meanwhile', () => {
    const fs = memoryImageFs(file);
    const symbols = createNativeSymbols({tables: tablesAt(0n), fs, debugFolders: nowhere});
    const named: number[] = [];
    const nameAll = () => {
      for (const share of symbols.nameLocated(callSite => named.push(callSite))) {
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(fs.openPaths()).toEqual(['/lib/it.so']);
      }
      expect(fs.openPaths()).toEqual([]);
    };
    for (let offset = runs[0]!.from; offset < runs[0]!.from + 300; offset++)
      symbols.locate(BigInt(offset), 0);
    nameAll();
    expect(named.sort((a, b) => a - b)).toEqual(Array.from({length: 300}, (_, i) => i));
    nameAll();
    expect(named).toHaveLength(300);
    symbols.locate(BigInt(runs[0]!.from + 300), 0);
    nameAll();
    expect(named).toHaveLength(301);
  });

  test('leave no file open when naming is given up', () => {
    const fs = memoryImageFs(file);
    const symbols = createNativeSymbols({tables: tablesAt(0n), fs, debugFolders: nowhere});
    for (let i = 0; i < 200; i++) symbols.locate(BigInt(runs[0]!.from + i), 0);
    const steps = symbols.nameLocated(() => {});
    expect(steps.next().done).toBe(false);
    expect(fs.openPaths()).toEqual(['/lib/it.so']);
    steps.return();
    expect(fs.openPaths()).toEqual([]);
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

  test('that are newer than the capture are noted', () => {
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
  ])('is found by build id as %s', (template, callSites) => {
    const file = `${buildId.slice(0, 2)}/${buildId.slice(2)}.debug`;
    const path = template.replace('BUILDID', buildId).replace('BUILD', file);
    const bytes = readImage(`.build-id/${file}`);
    const files = {'/app/it.so': readImage('build-id.so'), [path]: bytes};
    const {frames} = resolveOne('build-id.so', byId.from, files, {debugFolders: {...nowhere, ...callSites}});
    expect(toExpected(frames)).toEqual(byId.frames);
    const misnamed = {...files, [path]: debug};
    const without = resolveOne('build-id.so', byId.from, misnamed, {
      debugFolders: {...nowhere, ...callSites},
    });
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
  const symbols = createNativeSymbols({
    tables: builder.finish(),
    fs: memoryImageFs({}),
    debugFolders: nowhere,
  });
  expect(resolveAll(symbols, [0x1_0000_5011n, 0x7ff9_0021n])).toMatchObject([
    [{function: '<unknown>', image: '/app/program', offset: 0x10, state: 'no-symbol'}],
    [{image: '/usr/lib/dyld', offset: 0x20}],
  ]);
  expect(symbols.problems.notFound).toBe(0);
});

test('one file is open at a time, however many there are', () => {
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
  const symbols = createNativeSymbols({tables: builder.finish(), fs, debugFolders: nowhere});
  const ips = Array.from({length: 100}, (_, i) => (BigInt(i) << 20n) + BigInt(runs[6]!.from) + 1n);
  for (const ip of ips) symbols.locate(ip, 0);
  const found: unknown[] = [];
  const steps = symbols.nameLocated((_, {calls, image, offset}) => {
    expect(fs.openPaths()).toEqual([image]);
    found.push(toExpected(calls.map(call => ({...call, image, offset}))));
  });
  while (!steps.next().done);
  expect(found).toEqual(ips.map(() => runs[6]!.frames));
  expect(fs.openPaths()).toEqual([]);
});
