import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {findRow, LineRowCollector} from '../../../../src/symbols/dwarf/line-rows.js';
import {Budget, InvalidSymbolFileError} from '../../../../src/symbols/errors.js';

/** Rows at these addresses, in sequences of so many; the line of each is its number. */
function collect(addresses: readonly number[], {expected = 0, sequence = addresses.length} = {}) {
  const rows = new LineRowCollector(expected);
  for (const [row, address] of addresses.entries()) {
    if (row % sequence === 0) rows.endRun();
    rows.add(address, row % 7, row);
  }
  return rows.finish();
}

describe('the row of an address', () => {
  test('is the last with the greatest address that is not above, as if all were sorted', () => {
    const addresses = fc.array(fc.nat({max: 30}), {minLength: 1, maxLength: 60});
    fc.assert(
      fc.property(addresses, fc.integer({min: 1, max: 9}), (list, sequence) => {
        const rows = collect(list, {sequence});
        // Stable, so rows of one address keep their order.
        const sorted = [...list.keys()].sort((a, b) => list[a]! - list[b]!);
        for (let address = -1; address <= 31; address++) {
          const expected = sorted.findLast(row => list[row]! <= address) ?? -1;
          expect(findRow(rows, address, new Budget(100))).toBe(expected);
        }
      }),
      {numRuns: 300},
    );
  });

  test('costs one step where runs lie apart, and steps have an end where they do not', () => {
    const blocks = Array.from({length: 1000}, (_, i) => 100 * ((i * 617) % 1000));
    const addresses = blocks.flatMap(start => Array.from({length: 10}, (_, i) => start + 10 * i));
    const apart = collect(addresses, {sequence: 10});
    for (let address = 0; address < 100_000; address += 77) {
      expect(apart.addresses[findRow(apart, address, new Budget(1))]).toBe(10 * Math.floor(address / 10));
    }
    const above = collect(Array.from({length: 10_000}, (_, i) => (i % 2 === 0 ? 5000 - i / 2 : 9000)));
    expect(() => findRow(above, 8000, new Budget(1000))).toThrow(InvalidSymbolFileError);
  });
});

test('rows keep their order, file and line, however many were expected', () => {
  const addresses = Array.from({length: 3000}, (_, i) => (i * 37) % 1000);
  for (const expected of [0, 100, 1e9]) {
    const rows = collect(addresses, {expected});
    expect([...rows.addresses]).toEqual(addresses);
    expect([...rows.lines]).toEqual([...addresses.keys()]);
    expect(rows.rowFiles[2999]).toBe(2999 % 7);
  }
  expect(() => collect([])).toThrow(InvalidSymbolFileError);
});
