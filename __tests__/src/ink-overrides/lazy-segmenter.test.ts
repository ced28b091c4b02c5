import fc from 'fast-check';
import {expect, test} from 'vitest';
// @ts-expect-error: plain JavaScript
import LazySegmenter from '../../../src/ink-overrides/lazy-segmenter.mjs';

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
