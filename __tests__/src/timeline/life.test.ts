import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createTheme} from '../../../src/style/theme.js';
import {countLifeParts, drawLife} from '../../../src/timeline/life.js';

const signsOf = (ascii: boolean) => createTheme({depth: 'none', ascii}).glyphs.life;

const arbitraryLife = fc
  .array(fc.oneof(fc.constant(0), fc.nat({max: 2 ** 40}), fc.nat({max: 3})), {minLength: 1, maxLength: 16})
  .chain(bytes =>
    fc.record({
      bytes: fc.constant(bytes),
      more: fc.nat({max: 2 ** 40}),
      shown: fc.option(fc.nat({max: bytes.length - 1})),
      isAscii: fc.boolean(),
    }),
  );

describe('a line of life', () => {
  test('has a cell for each part and one for the moment, and hides nothing that is not 0', () => {
    fc.assert(
      fc.property(arbitraryLife, ({bytes, more, shown, isAscii}) => {
        const signs = signsOf(isAscii);
        const line = drawLife(bytes, Math.max(...bytes) + more, shown, signs);
        expect(line).toHaveLength(bytes.length + 1);
        if (isAscii) expect(line).toMatch(/^[ -~]*$/);
        const at = shown ?? bytes.length;
        expect(line[at]).toBe(shown === null ? ' ' : signs.shown);
        const cells = [...line.slice(0, at), ...line.slice(at + 1)];
        cells.forEach((cell, part) => {
          expect(signs.levels).toContain(cell);
          expect(cell === signs.levels[0]).toBe(bytes[part] === 0);
        });
      }),
    );
  });

  test('is never lower where more was held, and its greatest part is the highest', () => {
    fc.assert(
      fc.property(arbitraryLife, ({bytes}) => {
        const {levels} = signsOf(false);
        const line = drawLife(bytes, Math.max(...bytes), null, signsOf(false));
        const heights = bytes.map((_, part) => levels.indexOf(line[part]!));
        bytes.forEach((here, a) => {
          bytes.forEach((there, b) => {
            if (here >= there) expect(heights[a]).toBeGreaterThanOrEqual(heights[b]!);
          });
        });
        if (Math.max(...bytes) > 0) expect(Math.max(...heights)).toBe(levels.length - 1);
      }),
    );
  });

  test('looks like this', () => {
    const bytes = [0, 1, 50, 100, 70, 0];
    expect(drawLife(bytes, 100, 3, signsOf(false))).toMatchInlineSnapshot(`" ▁▄|█▆ "`);
    expect(drawLife(bytes, 100, 3, signsOf(true))).toMatchInlineSnapshot(`" .=|#+ "`);
    expect(drawLife(bytes, 400, null, signsOf(true))).toMatchInlineSnapshot(`" ..::  "`);
  });
});

test('a wider screen has no fewer parts, and a narrow one none', () => {
  const parts = [20, 69, 70, 99, 100, 139, 140, 400].map(countLifeParts);
  expect(parts).toEqual([0, 0, 8, 8, 12, 12, 16, 16]);
});
