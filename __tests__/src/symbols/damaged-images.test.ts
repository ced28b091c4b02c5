import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {deflateSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {createNativeSymbols} from '../../../src/symbols/native-symbols.js';
import {memoryImageFs} from '../../helpers/memory-image-fs.js';
import type {NativeFrame} from '../../helpers/native-captures.js';
import {
  expectedImages,
  resolveAll,
  returnAddress,
  symbolsDirectory,
  tablesOf,
} from '../../helpers/symbol-fixtures.js';

const debugFolders = {buildIdFolders: ['/none'], debugRoot: '/none', debuginfodCache: null};

/** Resolves an address of each run of an image whose file holds these bytes. */
function resolveRuns(name: string, bytes: Uint8Array) {
  const {loads, runs} = expectedImages[name]!;
  const fs = memoryImageFs({'/lib/it.so': bytes});
  const symbols = createNativeSymbols({tables: tablesOf('/lib/it.so', loads), fs, debugFolders});
  const frames = resolveAll(
    symbols,
    runs.map(({from}) => returnAddress(from)),
  );
  expect(fs.openPaths()).toEqual([]);
  return {frames, problems: symbols.problems, bytesRead: fs.bytesRead()};
}

const statesOf = (frames: (readonly NativeFrame[])[]) =>
  [...new Set(frames.flat().map(frame => frame.state))].sort();
const readImage = (name: string) => new Uint8Array(readFileSync(join(symbolsDirectory, name)));

/** A small generator of random numbers, the same ones in each run. */
function* randomNumbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

function expectSoundFrames(frames: (readonly NativeFrame[])[]): void {
  for (const each of frames) {
    expect(each.length).toBeGreaterThan(0);
    expect(each.length).toBeLessThanOrEqual(1000);
    for (const {line, offset, image} of each) {
      expect(Number.isInteger(line)).toBe(true);
      expect(Number.isSafeInteger(offset)).toBe(true);
      expect(image).toBe('/lib/it.so');
    }
  }
}

/** Where a section's header lies in the file, and its fields. */
function findSection(bytes: Uint8Array, name: string) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const start = Number(view.getBigUint64(40, true));
  const namesAt = start + 64 * view.getUint16(62, true);
  const names = Number(view.getBigUint64(namesAt + 24, true));
  for (let i = 0; i < view.getUint16(60, true); i++) {
    const at = start + 64 * i;
    const nameAt = names + view.getUint32(at, true);
    const text = new TextDecoder().decode(bytes.subarray(nameAt, nameAt + name.length + 1));
    if (text === `${name}\0`) return {view, at};
  }
  throw new Error(`No section ${name}`);
}

describe('a file that is not the recorded one', () => {
  test.each(['dwarf5.so', 'packed-zlib.so', 'shapes.so'])('%s cut anywhere counts as changed', name => {
    const whole = readImage(name);
    const random = randomNumbers(7);
    const cuts = [0, 1, 63, 64, 4096, whole.length - 1];
    for (let i = 0; i < 30; i++) cuts.push(Math.floor(random.next().value * whole.length));
    for (const cut of cuts.filter(each => each < whole.length)) {
      const {frames, problems} = resolveRuns(name, whole.slice(0, cut));
      expect(statesOf(frames), `cut at ${cut}`).toEqual(['changed']);
      expect(problems.changed).toBe(1);
    }
  });

  test('another library is changed', () => {
    const {frames} = resolveRuns('dwarf5.so', readImage('shapes.so'));
    expect(statesOf(frames)).toEqual(['changed']);
    expect(frames[0]![0]).toMatchObject({function: '<unknown>', file: '<unknown>', line: 0});
  });

  test('text is changed, nothing at all is not found', () => {
    expect(statesOf(resolveRuns('dwarf5.so', new TextEncoder().encode('x'.repeat(5000))).frames)).toEqual([
      'changed',
    ]);
    const tables = tablesOf('/lib/gone.so', expectedImages['dwarf5.so']!.loads);
    const symbols = createNativeSymbols({tables, fs: memoryImageFs({}), debugFolders});
    const offset = expectedImages['dwarf5.so']!.runs[0]!.from;
    expect(resolveAll(symbols, [returnAddress(offset)])[0]).toEqual([
      {
        function: '<unknown>',
        file: '<unknown>',
        line: 0,
        image: '/lib/gone.so',
        offset,
        state: 'not-found',
        directory: null,
      },
    ]);
    expect(symbols.problems).toEqual({notFound: 1, changed: 0, newer: 0, unsupported: 0});
  });

  test('files of 32 bits and big-endian ones are unsupported', () => {
    for (const [at, value] of [
      [4, 1],
      [5, 2],
    ] as const) {
      const bytes = readImage('dwarf5.so');
      bytes[at] = value;
      const {frames, problems} = resolveRuns('dwarf5.so', bytes);
      expect(statesOf(frames)).toEqual(['no-symbol']);
      expect(problems.unsupported).toBe(1);
    }
  });
});

describe('a damaged file', () => {
  test.each(Object.keys(expectedImages))('%s with any bit flipped gives frames all the same', name => {
    const whole = readImage(name);
    const random = randomNumbers(whole.length);
    for (let i = 0; i < 30; i++) {
      const bytes = whole.slice();
      const at = Math.floor(random.next().value * bytes.length);
      bytes[at]! ^= 1 << Math.floor(random.next().value * 8);
      expectSoundFrames(resolveRuns(name, bytes).frames);
    }
  });

  test('many bytes overwritten in the debug information leave the symbols', () => {
    const random = randomNumbers(3);
    for (const section of ['.debug_info', '.debug_abbrev', '.debug_line', '.debug_rnglists', '.debug_str']) {
      for (let i = 0; i < 8; i++) {
        const bytes = readImage('dwarf5.so');
        const {view, at} = findSection(bytes, section);
        const start = Number(view.getBigUint64(at + 24, true));
        const size = Number(view.getBigUint64(at + 32, true));
        for (let j = 0; j < 10; j++)
          bytes[start + Math.floor(random.next().value * size)] = Math.floor(random.next().value * 256);
        const {frames} = resolveRuns('dwarf5.so', bytes);
        expectSoundFrames(frames);
        expect(statesOf(frames)).not.toContain('changed');
      }
    }
  });

  test('sections that say to be huge are left out', () => {
    for (const section of [
      '.debug_info',
      '.debug_line',
      '.debug_abbrev',
      '.debug_str',
      '.symtab',
      '.strtab',
    ]) {
      const bytes = readImage('dwarf5.so');
      const {view, at} = findSection(bytes, section);
      view.setBigUint64(at + 32, 2n ** 44n, true);
      const {frames, bytesRead} = resolveRuns('dwarf5.so', bytes);
      expectSoundFrames(frames);
      expect(bytesRead).toBeLessThan(2_000_000);
      if (section.startsWith('.debug')) expect(statesOf(frames)).not.toContain('full');
    }
  });

  test('a number of sections beyond reason makes the file a changed one', () => {
    const bytes = readImage('dwarf5.so');
    new DataView(bytes.buffer).setUint16(60, 0xfff0, true);
    expect(statesOf(resolveRuns('dwarf5.so', bytes).frames)).toEqual(['changed']);
  });
});

describe('compressed debug information', () => {
  /** The library with its compressed `.debug_info` replaced by other data that says to hold `size` bytes. */
  function withPackedInfo(data: Uint8Array, size: number): Uint8Array {
    const whole = readImage('packed-zlib.so');
    const bytes = new Uint8Array(whole.length + 24 + data.length);
    bytes.set(whole);
    const {view, at} = findSection(bytes, '.debug_info');
    view.setBigUint64(at + 24, BigInt(whole.length), true);
    view.setBigUint64(at + 32, BigInt(24 + data.length), true);
    view.setUint32(whole.length, 1, true);
    view.setBigUint64(whole.length + 8, BigInt(size), true);
    bytes.set(data, whole.length + 24);
    return bytes;
  }
  const bomb = deflateSync(new Uint8Array(40_000_000));

  test.each([
    ['that unpacks to a thousand times its size', bomb, 40_000_000],
    ['that unpacks to more than it says', bomb, 100_000],
    ['that says to unpack to more than memory holds', bomb, 2 ** 50],
    ['that is no such data', new Uint8Array(500).fill(7), 5000],
    ['that ends early', bomb.subarray(0, 1000), 60_000],
  ])('%s is left out', (_, data, size) => {
    const {frames} = resolveRuns('packed-zlib.so', withPackedInfo(data, size));
    expect(statesOf(frames)).toEqual(['name-only', 'no-symbol']);
  });
});
