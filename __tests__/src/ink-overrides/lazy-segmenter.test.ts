import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import LazySegmenter from '../../../src/ink-overrides/lazy-segmenter.js';

const DRAWN = [...'aZ 1#~·–—‹›…•←↑→↓─│├└╰╿▀▇█▟▴▸▾◂❯📂📄💾📦🧭🧵'];
const OTHERS = [
  '\u0301',
  '\ufe0f',
  '\u200d',
  '\u20e3',
  '漢',
  '👩',
  '🏽',
  '🇩',
  '\r',
  '\n',
  '\u1100',
  '\u1161',
  '\ud800',
];
const text = fc.oneof(
  fc.string({unit: fc.constantFrom(...DRAWN)}),
  fc.string({unit: fc.constantFrom(...DRAWN, ...OTHERS)}),
);
const given = fc.constantFrom<[string?, Intl.SegmenterOptions?]>(
  [],
  [undefined, {granularity: 'grapheme'}],
  [undefined, {}],
  ['de'],
  [undefined, {granularity: 'word'}],
);

describe('what the real Intl.Segmenter does', () => {
  test('graphemes one after another', () => {
    fc.assert(
      fc.property(given, text, (options, value) => {
        const [own, original] = [new LazySegmenter(...options), new Intl.Segmenter(...options)];
        expect([...own.segment(value)]).toEqual([...original.segment(value)]);
      }),
      {numRuns: 2000},
    );
  });

  test('the segment at an index, inside and outside of the text', () => {
    const index = fc.oneof(fc.integer({min: -3, max: 14}), fc.constantFrom(undefined, Number.NaN, 1.7, -0.5));
    fc.assert(
      fc.property(given, text, index, (options, value, at) => {
        const own = new LazySegmenter(...options).segment(value).containing(at);
        expect(own).toEqual(new Intl.Segmenter(...options).segment(value).containing(at));
      }),
      {numRuns: 3000},
    );
  });

  test('every member of the interface is there', () => {
    const [own, original] = [new LazySegmenter(), new Intl.Segmenter()];
    const listMembers = (value: object) => Reflect.ownKeys(Object.getPrototypeOf(value));
    expect(listMembers(own)).toEqual(expect.arrayContaining(listMembers(original)));
    expect(listMembers(own.segment('a'))).toEqual(expect.arrayContaining(listMembers(original.segment('a'))));
    expect(Reflect.ownKeys(LazySegmenter)).toEqual(expect.arrayContaining(Reflect.ownKeys(Intl.Segmenter)));
    expect(own.resolvedOptions()).toEqual(original.resolvedOptions());
    expect(Object.prototype.toString.call(own)).toBe(Object.prototype.toString.call(original));
    expect(LazySegmenter.supportedLocalesOf(['de', 'xx'])).toEqual(
      Intl.Segmenter.supportedLocalesOf(['de', 'xx']),
    );
  });

  test('arguments that it refuses', () => {
    // @ts-expect-error: no such granularity
    expect(() => new LazySegmenter(undefined, {granularity: 'line'})).toThrow(RangeError);
    expect(() => new LazySegmenter('no locale')).toThrow(RangeError);
    // @ts-expect-error: options are an object
    expect(() => new LazySegmenter(undefined, null)).toThrow(TypeError);
  });
});
