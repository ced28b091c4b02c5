import fc from 'fast-check';
import {expect, test} from 'vitest';
import LazySegmenter from '../../../src/ink-overrides/lazy-segmenter.js';

const DRAWN = [...'aZ 1#~·–—‹›…•←↑→↓─│├└╿▀█▟▸▾❯📂📄💾📦🧭🧵'];
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

test('graphemes are those of Intl.Segmenter', () => {
  const [own, original] = [new LazySegmenter(), new Intl.Segmenter()];
  const text = fc.oneof(
    fc.string({unit: fc.constantFrom(...DRAWN)}),
    fc.string({unit: fc.constantFrom(...DRAWN, ...OTHERS)}),
  );
  fc.assert(
    fc.property(text, value => {
      expect([...own.segment(value)]).toEqual([...original.segment(value)]);
    }),
    {numRuns: 2000},
  );
});

test('the grapheme at an index is that of Intl.Segmenter', () => {
  const [own, original] = [new LazySegmenter(), new Intl.Segmenter()];
  const text = fc.string({unit: fc.constantFrom(...DRAWN, ...OTHERS), maxLength: 8});
  fc.assert(
    fc.property(text, fc.option(fc.integer({min: -2, max: 12}), {nil: undefined}), (value, index) => {
      expect(own.segment(value).containing(index)).toEqual(original.segment(value).containing(index));
    }),
    {numRuns: 500},
  );
});

test('words and options are those of Intl.Segmenter', () => {
  const given = ['de', {granularity: 'word'}] as const;
  const [own, original] = [new LazySegmenter(...given), new Intl.Segmenter(...given)];
  expect([...own.segment('two words')]).toEqual([...original.segment('two words')]);
  expect(own.resolvedOptions()).toEqual(original.resolvedOptions());
});
