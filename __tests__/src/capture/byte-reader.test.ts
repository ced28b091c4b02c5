import {expect, test} from 'vitest';
import {ByteReader, InvalidDataError, type Parsing} from '../../../src/capture/byte-reader.js';
import {ByteWriter} from '../../helpers/byte-writer.js';

function createByteReader(writer: ByteWriter): ByteReader {
  const reader = new ByteReader();
  reader.bytes = writer.toBytes();
  reader.end = reader.bytes.length;
  return reader;
}

/** The value of a parser whose bytes are all there. */
const run = <T>(parsing: Parsing<T>): T => parsing.next().value as T;

test('a text is kept up to a limit', () => {
  const reader = createByteReader(new ByteWriter().text('x'.repeat(5000)).text('äöü').text('y'));
  expect(run(reader.text(0))).toBe('…');
  // Not in the middle of a character.
  expect(run(reader.text(3))).toBe('ä…');
  expect(run(reader.text())).toBe('y');
});

test.each([0, 1, 127, 128, 2 ** 31, 2 ** 32 + 5, 2 ** 49 - 1])(
  '%i as a varint that is there as a whole',
  value => {
    const reader = createByteReader(new ByteWriter().varint(value).u8(9));
    expect(reader.wholeVarint()).toBe(value);
    expect(run(reader.u8())).toBe(9);
  },
);

test.each([
  ['cut', new ByteWriter().bytes([0x80, 0x80])],
  ['of more than seven bytes', new ByteWriter().varint(2 ** 49)],
  ['without an end', new ByteWriter().bytes(Array.from({length: 20}, () => 0x80))],
])('a varint that is %s is left where it is', (_, writer) => {
  const reader = createByteReader(writer);
  expect(reader.wholeVarint()).toBe(-1);
  expect(reader.pos).toBe(0);
});

test('a varint has at most ten bytes, whatever comes after them', () => {
  const ofBytes = (count: number) =>
    createByteReader(new ByteWriter().bytes([...Array.from({length: count - 1}, () => 0x80), 1]));
  expect(run(ofBytes(10).varint())).toBe(2n ** 63n);
  expect(() => run(ofBytes(11).varint())).toThrow(InvalidDataError);
});
