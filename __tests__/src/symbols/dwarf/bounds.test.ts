import {describe, expect, test} from 'vitest';
import {AbbreviationCache} from '../../../../src/symbols/dwarf/abbreviations.js';
import {DebugInfo} from '../../../../src/symbols/dwarf/debug-info.js';
import {type DwarfSections, emptySection} from '../../../../src/symbols/dwarf/dwarf-file.js';
import {Budget, InvalidSymbolFileError} from '../../../../src/symbols/errors.js';
import {type Section, sectionOfBytes} from '../../../../src/symbols/section.js';

const u16 = (value: number) => [value & 255, value >> 8];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
const u64 = (value: number) => [...u32(value % 2 ** 32), ...u32(Math.floor(value / 2 ** 32))];
const text = (value: string) => [...new TextEncoder().encode(value), 0];

/** A section that counts how often it is read, and how many bytes whole reads take. */
function counted(bytes: Uint8Array) {
  const inner = sectionOfBytes(bytes);
  const counts = {reads: 0, windows: 0};
  const section: Section = {
    size: inner.size,
    read(offset, length) {
      counts.reads++;
      return inner.read(offset, length);
    },
    window(offset) {
      counts.windows++;
      return inner.window(offset);
    },
  };
  return {section, counts};
}

const none: DwarfSections = {
  info: emptySection,
  abbrev: emptySection,
  line: emptySection,
  str: emptySection,
  lineStr: emptySection,
  ranges: emptySection,
  rnglists: emptySection,
  addr: emptySection,
  strOffsets: emptySection,
};

/** The same bytes so many times. */
function repeat(bytes: readonly number[], count: number): Uint8Array {
  const all = new Uint8Array(bytes.length * count);
  for (let i = 0; i < count; i++) all.set(bytes, i * bytes.length);
  return all;
}

/** A unit of DWARF 4: its header, and these entries. */
const unit = (abbreviations: number, entries: readonly number[]) => [
  ...u32(7 + entries.length),
  ...u16(4),
  ...u32(abbreviations),
  8,
  ...entries,
];

const ABBREVIATIONS = [
  ...[1, 0x11, 1, 0x11, 0x01, 0x12, 0x06, 0x10, 0x17, 0, 0], // unit: low, high, lines
  ...[2, 0x2e, 0, 0x03, 0x08, 0x11, 0x01, 0x12, 0x06, 0, 0], // function: name, low, high
  0,
];

/** A unit from an address on, with one function in all of its 0x100 bytes. */
const unitAt = (low: number, lines: number, name: string) =>
  unit(0, [
    ...[1, ...u64(low), ...u32(0x100), ...u32(lines)],
    ...[2, ...text(name), ...u64(low), ...u32(0x100)],
    0,
  ]);

/** A line table of version 5 with a row of file 1 and line 10; its files have names in `.debug_line_str`. */
function linesAt(low: number, files: readonly number[]): number[] {
  const header = [
    ...[1, 1, 1, 0, 1, 10, 0, 1, 1, 1, 1, 0, 0, 0, 1],
    ...[1, 1, 0x1f, 1, ...u32(0)],
    ...[1, 1, 0x1f, ...leb(files.length), ...files.flatMap(u32)],
  ];
  const program = [0, 9, 2, ...u64(low), 3, 9, 1, 0, 1, 1];
  const body = [...u16(5), 8, 0, ...u32(header.length), ...header, ...program];
  return [...u32(body.length), ...body];
}

function leb(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
}

describe('units without end', () => {
  test('that are empty cost two steps each', () => {
    const info = sectionOfBytes(repeat(unit(0, []), 2_000_000));
    const debugInfo = new DebugInfo({...none, info}, null, new Budget(4_000_000));
    expect(debugInfo.lookUp(0x1000)).toEqual([]);
  });

  test('that have an entry of nothing are given up', () => {
    const info = sectionOfBytes(repeat(unit(0, [0]), 2_000_000));
    expect(() => new DebugInfo({...none, info}, null, new Budget(100_000_000))).toThrow(
      InvalidSymbolFileError,
    );
  });
});

describe('addresses of several units', () => {
  const names = ['first', 'second', 'third'];
  const lines = names.map((_, i) => linesAt(0x1000 * (i + 1), [0, 0]));
  const offsets = lines.map((_, i) => lines.slice(0, i).flat().length);
  const info = counted(
    Uint8Array.from(names.flatMap((name, i) => unitAt(0x1000 * (i + 1), offsets[i]!, name))),
  );
  const line = counted(Uint8Array.from(lines.flat()));
  const debugInfo = new DebugInfo(
    {
      ...none,
      info: info.section,
      line: line.section,
      abbrev: sectionOfBytes(Uint8Array.from(ABBREVIATIONS)),
      lineStr: sectionOfBytes(Uint8Array.from(text('x.c'))),
    },
    null,
    new Budget(100_000),
  );

  test('are sorted by unit', () => {
    const addresses = Float64Array.of(0x500, 0x1001, 0x1002, 0x2001, 0x3001, 0x3002, 0x4000);
    expect([...debugInfo.sortByUnit(addresses)].map(i => addresses[i])).toEqual([
      0x500, 0x4000, 0x1001, 0x1002, 0x2001, 0x3001, 0x3002,
    ]);
  });

  test('take one reading of each unit and line program', () => {
    const found: string[] = [];
    for (let address = 0x1000; address < 0x1100; address++) {
      for (const [i] of names.entries()) found.push(debugInfo.lookUp(address + 0x1000 * i)[0]!.name);
    }
    expect(found.slice(0, 3)).toEqual(names);
    expect(info.counts.reads).toBe(3);
    expect(line.counts.reads).toBe(3);
  });

  test('with the same calls share one array of them', () => {
    const locations = debugInfo.lookUp(0x2010);
    expect(locations).toEqual([{name: 'second', file: 'x.c', line: 10, directory: null}]);
    expect(debugInfo.lookUp(0x20ff)).toBe(locations);
    expect(debugInfo.lookUp(0x1010)).not.toBe(locations);
  });
});

test('names of files are read when they are asked for', () => {
  const lineStr = counted(Uint8Array.from([...text('here.c'), ...new Array<number>(60_000).fill(0x78), 0]));
  const files = [0, 0, ...new Array<number>(100_000).fill(7)];
  const debugInfo = new DebugInfo(
    {
      ...none,
      info: sectionOfBytes(Uint8Array.from(unitAt(0x1000, 0, 'f'))),
      abbrev: sectionOfBytes(Uint8Array.from(ABBREVIATIONS)),
      line: sectionOfBytes(Uint8Array.from(linesAt(0x1000, files))),
      lineStr: lineStr.section,
    },
    null,
    new Budget(100_000_000),
  );
  expect(debugInfo.lookUp(0x1000)).toMatchObject([{name: 'f', file: 'here.c', line: 10}]);
  expect(lineStr.counts.windows).toBe(1);
});

test('tables of abbreviations that are too much together are dropped and read again', () => {
  // 600 shapes of 900 attributes: two tables are more than is kept.
  const shapes = Array.from({length: 600}, (_, i) => [
    ...leb(i + 1),
    ...[0x34, 0],
    ...new Array<number[]>(900).fill([0x02, 0x0a]).flat(),
    ...[0, 0],
  ]);
  const table = [...shapes.flat(), 0];
  const cache = new AbbreviationCache(sectionOfBytes(repeat(table, 3)), new Budget(10_000_000));
  const get = (index: number) =>
    cache.get({version: 4, is64: false, addressSize: 8, abbreviationsOffset: table.length * index});
  const first = get(0);
  expect(first.find(600)).toMatchObject({code: 600, tag: 0x34});
  expect(get(0)).toBe(first);
  expect(get(1).find(600).code).toBe(600);
  expect(get(0)).not.toBe(first);
  expect(get(0).find(2).code).toBe(2);
  // Whoever still has the first one may use it.
  expect(first.find(7).code).toBe(7);
});
