import {describe, expect, test} from 'vitest';
import {CodeObjects} from '../../../src/capture/code-objects.js';
import {createCore} from '../../../src/core/core.js';
import {ByteWriter} from '../../helpers/byte-writer.js';
import {type CaptureRecord, type WrittenHeader, writeCapture} from '../../helpers/capture-writer.js';
import {parseSnapshot} from '../../helpers/read-snapshot.js';

/**
 * Each code object with an allocation of its own: (function, file, line) of the shown frames, in that order.
 */
function readFrames(codes: readonly (CaptureRecord & {type: 'code'})[], header: WrittenHeader = {}) {
  const records = codes.flatMap((code, i): CaptureRecord[] => [
    code,
    {type: 'push', code: code.id},
    {type: 'allocate', address: 8 * (i + 1), size: 1000 - i},
    {type: 'pop'},
  ]);
  const bytes = writeCapture([{type: 'thread', id: 1}, ...records], header);
  const read = (pieceSizes: number[]) => {
    const {frames, strings, capture} = parseSnapshot(bytes, {}, pieceSizes);
    const list = Array.from({length: frames.length}, (_, frame) => [
      strings[frames.function[frame]!],
      strings[frames.file[frame]!],
      frames.line[frame],
    ]);
    return {list, damage: capture.damage};
  };
  const whole = read([bytes.length]);
  // In one piece the core reads them; cut after each byte, what is around it does.
  expect(read([1])).toEqual(whole);
  return whole;
}

const code = (id: number, name: string, file = 'app.py', rest = {}) =>
  ({type: 'code', id, function: name, file, firstLine: 1, ...rest}) as const;
const longName = 'n'.repeat(70_000);

describe.each([6, 7, 11, 12, 13])('version %i', version => {
  const lineOf = (line: number): number => (version < 12 ? line : 0);

  test('names and lines of what was recorded', () => {
    const codes = [
      code(1, 'main', 'app.py', {firstLine: 7}),
      code(2, 'main', 'other.py', {firstLine: 3}),
      code(2 ** 40, '', '', {firstLine: 1}),
      code(3, '12', '"12', {firstLine: 4}),
      code(4, '"12', '12', {firstLine: 4}),
    ];
    expect(readFrames(codes, {version})).toEqual({
      list: codes.map(({function: name, file, firstLine}) => [name, file, lineOf(firstLine as number)]),
      damage: null,
    });
  });

  test('a name that is too long is cut, one of the greatest length is not', () => {
    const codes = [code(1, longName), code(2, 'x', longName), code(3, 'y'.repeat(65_536))];
    const {list} = readFrames(codes, {version});
    const describeName = (name?: string | number) =>
      `${String(name)[0]} ${String(name).length} ${String(name).at(-1)}`;
    expect(list.map(([name, file]) => [describeName(name), describeName(file)])).toEqual([
      ['n 65537 …', 'a 6 y'],
      ['x 1 x', 'n 65537 …'],
      ['y 65536 y', 'a 6 y'],
    ]);
  });

  test('a name that begins with a byte order mark keeps it', () => {
    expect(readFrames([code(1, '\ufeff\ufefff')], {version}).list[0]![0]).toBe('\ufeff\ufefff');
  });
});

test.each([6, 7, 11])('a frame of version %i that is defined twice ends the load', version => {
  expect(readFrames([code(1, 'f'), code(2, 'g'), code(1, 'h')], {version})).toMatchObject({
    list: [['f'], ['g']].map(([name]) => [name, 'app.py', 1]),
    damage: {code: 'bad-value', message: 'A record is damaged: a frame is defined twice'},
  });
});

test('a code object that is defined twice is what it was defined as last', () => {
  expect(readFrames([code(1, 'f'), code(1, 'g')]).list).toEqual([['g', 'app.py', 0]]);
});

test('the register of first lines goes on from one that the core reads to one that it does not, and back', () => {
  // One entry of the line table: two code units of the first line.
  const table = [0x81, 0];
  const lines = [100, 5, 2_000_000_000, -3, 70];
  const codes = lines.map((firstLine, i) =>
    code(i + 1, i % 2 === 0 ? `f${i}` : longName, 'a.py', {firstLine, table}),
  );
  expect(readFrames(codes).list.map(([, , line]) => line)).toEqual([100, 5, 2_000_000_000, 0, 70]);
});

test('bytes that are no UTF-8 are replaced', () => {
  const names = [[0xff], [0xfe], [0x66, 0xc3]];
  const records = names.flatMap((name, i): CaptureRecord[] => [
    {type: 'bytes', bytes: [14, i + 1, ...name, 0, 0x61, 0, 0, 0]},
    {type: 'push', code: i + 1},
    {type: 'allocate', address: 8 * (i + 1), size: 10 - i},
    {type: 'pop'},
  ]);
  const {frames, strings} = parseSnapshot(writeCapture([{type: 'thread', id: 1}, ...records]));
  // The first two are distinguished by nothing that is shown, so they are one frame.
  expect([...frames.function].map(index => strings[index])).toEqual(['\ufffd', 'f\ufffd']);
});

test('equal texts are kept once', () => {
  const core = createCore();
  const codes = new CodeObjects(core);
  const push = (writer: ByteWriter): void => {
    const bytes = writer.toBytes();
    const at = core.reserveWindow(bytes.length) >>> 0;
    new Uint8Array(core.memory.buffer).set(bytes, at);
    core.setParsePos(at);
    core.commitWindow(bytes.length);
    expect(core.readCode() >>> 0).toBe(at + bytes.length);
  };
  for (let id = 0; id < 100; id++) push(new ByteWriter().varint(id).text('f').text('a.py').u8(0).u8(0));
  const texts = [0n, 99n].map(id => core.codeName(core.findCode(id)));
  expect(texts[0]).toBe(texts[1]);
  const {function: name, file} = codes.get(99n)!;
  expect([name, file].map(text => codes.texts.get(text))).toEqual(['f', 'a.py']);
  expect(codes.get(100n)).toBeUndefined();
});

describe('work stays linear for crafted texts', () => {
  const count = 20_000;
  const hex = (i: number): string => i.toString(16).padStart(8, '0');
  test.each<[string, (i: number) => string]>([
    ['equal but for a few bits', i => `${'x'.repeat(40)}${hex(i)}`],
    ['equal but for the top bits of words', i => toTopBits(i)],
    ['equal but for the order of words', i => `${hex(i)}${hex(count - i)}${hex(i)}`],
    ['numbers', i => String(i * 2 ** 20)],
    ['of all lengths', i => 'a'.repeat(i % 600) + i],
  ])('%s', (_, make) => {
    const core = createCore();
    core.initRecords(12, 0, 1);
    const writer = new ByteWriter();
    for (let i = 0; i < count; i++) writer.u8(14).varint(i).text(make(i)).text('a').u8(0).u8(0);
    const bytes = writer.toBytes();
    const at = core.reserveWindow(bytes.length);
    new Uint8Array(core.memory.buffer).set(bytes, at);
    core.commitWindow(bytes.length);
    core.readRecords();
    expect(core.recordCount()).toBe(count);
    expect(core.probes()).toBeLessThan(20 * count);
  });

  /** Bits of the number as top bits of the bytes of a text. */
  function toTopBits(i: number): string {
    return Array.from({length: 16}, (_, bit) => ((i >> bit) & 1 ? 'ä' : 'bb')).join('');
  }
});

test('there may be more code objects than 2^20', () => {
  const core = createCore();
  core.initRecords(12, 0, 1);
  let id = 0;
  for (let piece = 0; piece < 110; piece++) {
    const writer = new ByteWriter();
    for (let i = 0; i < 10_000; i++) writer.u8(14).varint(id++).text('f').text('a').u8(0).u8(0);
    const bytes = writer.toBytes();
    const at = core.reserveWindow(bytes.length) >>> 0;
    new Uint8Array(core.memory.buffer).set(bytes, at);
    core.commitWindow(bytes.length);
    core.readRecords();
  }
  expect(core.recordCount()).toBe(1_100_000);
  expect(core.findCode(1_099_999n)).not.toBe(0);
  expect(core.isExhausted()).toBe(0);
});
