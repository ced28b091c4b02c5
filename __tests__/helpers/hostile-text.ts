import fc from 'fast-check';

/** Ranges of all that must never reach a terminal; written out, not by the properties that the code uses. */
export const FORBIDDEN = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe0fff],
] as const;

export const isForbidden = (code: number): boolean =>
  FORBIDDEN.some(([from, to]) => code >= from && code <= to);

/** Strings that are mostly made of what is dangerous, lone surrogates included. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...FORBIDDEN).chain(([from, to]) => fc.integer({min: from, max: to})),
      fc.integer({min: 0, max: 0xffff}),
      fc.integer({min: 0x300, max: 0x36f}),
      fc.integer({min: 0x10000, max: 0x10ffff}),
    ),
  )
  .map(codes => String.fromCodePoint(...codes));
