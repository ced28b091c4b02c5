import {describe, expect, test} from 'vitest';
import {DebugInfo} from '../../../../src/symbols/dwarf/debug-info.js';
import {emptySection} from '../../../../src/symbols/dwarf/dwarf-file.js';
import {Budget, InvalidSymbolFileError} from '../../../../src/symbols/errors.js';
import {sectionOfBytes} from '../../../../src/symbols/section.js';

/** Debug information written by hand: version 4, offsets of 4 bytes, addresses of 8. */
const u16 = (value: number) => [value & 255, value >> 8];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
const u64 = (value: number) => [...u32(value), ...u32(0)];
const text = (value: string) => [...new TextEncoder().encode(value), 0];

/** code → tag, has children, (attribute, form)… */
const ABBREVIATIONS = [
  [1, 0x11, 1, 0x11, 0x01, 0x12, 0x06, 0x10, 0x17, 0, 0], // unit: low_pc, high_pc as length, stmt_list
  [2, 0x2e, 1, 0x03, 0x08, 0x11, 0x01, 0x12, 0x06, 0, 0], // function: name, low_pc, high_pc
  [3, 0x0b, 1, 0, 0], // block
  [4, 0x1d, 1, 0x31, 0x13, 0x11, 0x01, 0x12, 0x06, 0x58, 0x0b, 0x59, 0x0b, 0, 0], // inlined: origin, low, high, call
  [5, 0x2e, 0, 0x47, 0x13, 0x03, 0x08, 0, 0], // declaration: specification, name
  [6, 0x2e, 0, 0x47, 0x13, 0, 0], // declaration: specification only
  [7, 0x13, 1, 0x01, 0x13, 0, 0], // structure: sibling
  [8, 0x2e, 1, 0x3c, 0x19, 0x01, 0x13, 0, 0], // function: declaration, sibling
];

const unit = (...children: number[][]) => [
  1,
  ...u64(0x1000),
  ...u32(0x1000),
  ...u32(0),
  ...children.flat(),
  0,
];
const fn = (name: string, low: number, length: number, ...children: number[][]) => [
  2,
  ...text(name),
  ...u64(low),
  ...u32(length),
  ...children.flat(),
  0,
];
const inlined = (origin: number, low: number, length: number, line: number, ...children: number[][]) => [
  4,
  ...u32(origin),
  ...u64(low),
  ...u32(length),
  1,
  line,
  ...children.flat(),
  0,
];
const block = (...children: number[][]) => [3, ...children.flat(), 0];

/** Rows of "line 10 at 0x1000, line 20 at 0x1100, …" up to 0x1f00; directory none, file "x.c". */
function writeLines(): number[] {
  const header = [1, 1, 1, 0, 1, 13, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0, ...text('x.c'), 0, 0, 0, 0];
  const program: number[] = [0, 9, 2, ...u64(0x1000)];
  for (let i = 0; i < 16; i++) program.push(3, i === 0 ? 9 : 10, 1, 9, ...u16(0x100));
  program.push(0, 1, 1);
  const body = [...u16(4), ...u32(header.length), ...header, ...program];
  return [...u32(body.length), ...body];
}

function open(entries: number[], budget = new Budget(10_000_000)): DebugInfo {
  const info = [...u16(4), ...u32(0), 8, ...entries];
  return new DebugInfo(
    {
      info: sectionOfBytes(Uint8Array.from([...u32(info.length), ...info])),
      abbrev: sectionOfBytes(Uint8Array.from([...ABBREVIATIONS.flat(), 0])),
      line: sectionOfBytes(Uint8Array.from(writeLines())),
      str: emptySection,
      lineStr: emptySection,
      ranges: emptySection,
      rnglists: emptySection,
      addr: emptySection,
      strOffsets: emptySection,
    },
    null,
    budget,
  );
}

/** "name:line" of each frame, innermost first. */
const lookUp = (info: DebugInfo, address: number) =>
  info.lookUp(address).map(({name, line, file}) => `${name} ${file}:${line}`);

/** Where the first child of the unit lies: the header has 11 bytes, the unit's entry 17. */
const FIRST = 28;

describe('functions at an address', () => {
  test('are the one that contains it, with the line of the last row before', () => {
    const info = open(unit(fn('first', 0x1000, 0x200), fn('second', 0x1200, 0x100)));
    expect(lookUp(info, 0x1000)).toEqual(['first x.c:10']);
    expect(lookUp(info, 0x11ff)).toEqual(['first x.c:20']);
    expect(lookUp(info, 0x1200)).toEqual(['second x.c:30']);
    expect(lookUp(info, 0x1300)).toEqual([]);
    expect(lookUp(info, 0xfff)).toEqual([]);
    expect(lookUp(info, 0x2000)).toEqual([]);
  });

  test('come with the calls inlined there; whoever calls has the line of the call', () => {
    const inner = inlined(FIRST, 0x1110, 0x10, 7);
    const outer = inlined(FIRST, 0x1100, 0x80, 5, block(inner));
    const info = open(unit(fn('named', 0x1f00, 1), fn('whole', 0x1000, 0x800, block(outer))));
    expect(lookUp(info, 0x1115)).toEqual(['named x.c:20', 'named x.c:7', 'whole x.c:5']);
    expect(lookUp(info, 0x1105)).toEqual(['named x.c:20', 'whole x.c:5']);
    expect(lookUp(info, 0x1190)).toEqual(['whole x.c:20']);
  });

  test('are not sought in wider ranges that begin earlier, as libbacktrace does not', () => {
    const info = open(unit(fn('wide', 0x1000, 0x800), fn('narrow', 0x1100, 0x10)));
    expect(lookUp(info, 0x1105)).toEqual(['narrow x.c:20']);
    expect(lookUp(info, 0x1150)).toEqual([]);
    expect(lookUp(info, 0x10ff)).toEqual(['wide x.c:10']);
  });

  test('of ranges that begin alike are those of the narrowest', () => {
    const info = open(unit(fn('narrow', 0x1000, 0x10), fn('wide', 0x1000, 0x100)));
    expect(lookUp(info, 0x100f)).toEqual(['narrow x.c:10']);
    expect(lookUp(info, 0x1010)).toEqual(['wide x.c:10']);
  });
});

describe('entries without code that say where their sibling is', () => {
  /** An entry at an offset, whose sibling follows its children; or is said to lie elsewhere. */
  const withSibling = (
    code: number,
    offset: number,
    children: number[],
    sibling = offset + 6 + children.length,
  ) => [code, ...u32(sibling), ...children, 0];
  const after = fn('after', 0x1000, 0x100);

  test('are left with all below them', () => {
    const broken = [99, 99, 99];
    const structure = withSibling(7, FIRST, broken);
    const declaration = withSibling(8, FIRST + structure.length, broken);
    expect(lookUp(open(unit(structure, declaration, after)), 0x1000)).toEqual(['after x.c:10']);
  });

  test('are gone through where the sibling does not lie ahead', () => {
    for (const sibling of [0, FIRST, 0xffff_fff0]) {
      const structure = withSibling(7, FIRST, fn('inner', 0x1200, 0x100), sibling);
      const info = open(unit(structure, after));
      expect(lookUp(info, 0x1000)).toEqual(['after x.c:10']);
      expect(lookUp(info, 0x1200)).toEqual(['inner x.c:30']);
    }
  });
});

describe('hostile debug information', () => {
  test('entries nested without end cost the functions of their unit', () => {
    const nested = [...Array<number>(100_000).fill(3), ...Array<number>(100_000).fill(0)];
    expect(lookUp(open(unit(fn('lost', 0x1000, 0x100), nested)), 0x1000)).toEqual([]);
    const shallow = [...Array<number>(500).fill(3), ...Array<number>(500).fill(0)];
    expect(lookUp(open(unit(fn('kept', 0x1000, 0x100), shallow)), 0x1000)).toEqual(['kept x.c:10']);
  });

  test('names that refer to each other in a circle are none', () => {
    const second = FIRST + 5;
    const circle = [
      [6, ...u32(second)],
      [6, ...u32(FIRST)],
    ];
    const info = open(unit(...circle, fn('whole', 0x1000, 0x100, inlined(FIRST, 0x1000, 0x10, 3))));
    expect(lookUp(info, 0x1000)).toEqual(['whole x.c:10']);
  });

  test('a circle that carries a name gives that name', () => {
    const itself = [5, ...u32(FIRST), ...text('again')];
    const info = open(unit(itself, fn('whole', 0x1000, 0x100, inlined(FIRST, 0x1000, 0x10, 3))));
    expect(lookUp(info, 0x1000)).toEqual(['again x.c:10', 'whole x.c:3']);
  });

  test('references beyond the unit are no names', () => {
    const info = open(unit(fn('whole', 0x1000, 0x100, inlined(0xffff_fff0, 0x1000, 0x10, 3))));
    expect(lookUp(info, 0x1000)).toEqual(['whole x.c:10']);
  });

  test('work has an end', () => {
    const many = Array.from({length: 2000}, (_, i) => fn(`f${i}`, 0x1000, 0x100 + (i % 7)));
    const entries = unit(...many);
    expect(lookUp(open(entries), 0x1000)).toHaveLength(1);
    expect(open(entries, new Budget(5000)).lookUp(0x1000)).toEqual([]);
    expect(() => open(entries, new Budget(10))).toThrow(InvalidSymbolFileError);
  });

  test('a unit that is longer than its section makes all of no use', () => {
    expect(() => open([...unit(fn('x', 0x1000, 1)), 99, 99, 99, 99, 4, 0])).not.toThrow();
    const info = Uint8Array.from([...u32(1000), ...u16(4), ...u32(0), 8]);
    const sections = {info: sectionOfBytes(info), abbrev: sectionOfBytes(Uint8Array.from([0]))};
    const rest = {line: emptySection, str: emptySection, lineStr: emptySection, ranges: emptySection};
    const other = {rnglists: emptySection, addr: emptySection, strOffsets: emptySection};
    expect(() => new DebugInfo({...sections, ...rest, ...other}, null, new Budget(1000))).toThrow(
      InvalidSymbolFileError,
    );
  });
});
