import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {computeLine} from '../../../src/capture/line-table.js';

const py39 = 0x030912f0;
const py310 = 0x030a00f0;
const py311 = 0x030b02f0;
const py314 = 0x030e00f0;

const lineOf = (pythonHex: number, table: readonly number[], firstLine: number, offset: number): number =>
  computeLine(pythonHex, Uint8Array.from(table), firstLine, offset);

describe('3.9 and before: address steps and line steps', () => {
  // Addresses 0–5 line 10, 6–205 line 11, from 206 line 8; a step of 200 is not −56.
  const table = [6, 1, 200, 0xfd];
  test.each([
    [0, 10],
    [5, 10],
    [6, 11],
    [205, 11],
    [206, 8],
    [99999, 8],
  ])('offset %i is line %i', (offset, line) => expect(lineOf(py39, table, 10, offset)).toBe(line));
});

describe('3.10: ranges of bytes, offsets in instructions', () => {
  // Bytes 0–3 line 10, 4–7 without a line, 8–… line 12.
  const table = [4, 0, 4, 0x80, 4, 2];
  test.each([
    [0, 10],
    [1, 10],
    [2, 10],
    [4, 12],
    [500, 12],
  ])('offset %i is line %i', (offset, line) => expect(lineOf(py310, table, 10, offset)).toBe(line));
});

describe.each([py311, py314])('3.11 and later: entries of code units (%i)', pythonHex => {
  // 2 units on the first line (kind 1) · 1 unit a line on (kind 11) · 3 units, step −5 (kind 13) ·
  // 1 unit, step 100 (kind 14) · 1 unit without a line (kind 15)
  const table = [0x89, 0, 0xd8, 0, 0, 0xea, 0x0b, 0xf0, 0x48, 0x03, 0, 0, 0, 0xf8];
  test.each([
    [0, 20],
    [2, 20],
    [4, 21],
    [6, 16],
    [10, 16],
    [12, 116],
    [14, 116],
    [16, 0],
  ])('offset %i is line %i', (offset, line) => expect(lineOf(pythonHex, table, 20, offset)).toBe(line));
});

test.each([py39, py310, py311])('no table or an unknown offset is line 0 (%i)', pythonHex => {
  expect(lineOf(pythonHex, [], 7, 0)).toBe(0);
  expect(lineOf(pythonHex, [4, 0], 7, -1)).toBe(0);
});

test('whatever a table holds, it yields a whole number', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(py39, py310, py311),
      fc.uint8Array({maxLength: 60}),
      fc.integer({min: -(2 ** 31), max: 2 ** 31 - 1}),
      (pythonHex, table, offset) => Number.isSafeInteger(computeLine(pythonHex, table, 1, offset)),
    ),
  );
});
