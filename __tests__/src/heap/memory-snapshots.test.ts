import fc from 'fast-check';
import {expect, test} from 'vitest';
import {MemorySnapshots} from '../../../src/heap/memory-snapshots.js';
import {thinTimeline} from '../../../src/heap/thin-timeline.js';

const arbitrarySizes = fc.array(fc.record({rss: fc.nat({max: 1000}), heap: fc.nat({max: 1000})}), {
  maxLength: 200,
});

test('are all kept as long as they are few; of more, neighbours are one with the greatest of them', () => {
  fc.assert(
    fc.property(arbitrarySizes, sizes => {
      const whole = new MemorySnapshots();
      const bounded = new MemorySnapshots(8);
      for (const [index, {rss, heap}] of sizes.entries()) {
        whole.add(5000 + index, rss, heap);
        bounded.add(5000 + index, rss, heap);
      }
      const all = whole.getTimeline(5000);
      if (sizes.length === 0) {
        expect(all).toBeNull();
        return;
      }
      expect([...all!.points.heap]).toEqual(sizes.map(({heap}) => heap));
      expect([...all!.points.record]).toEqual([...sizes.keys()]);
      const {points} = bounded.getTimeline(5000)!;
      expect(points.length).toBeLessThanOrEqual(8);
      // Of equally many records each, a power of two.
      const stride = 2 ** Math.max(0, Math.ceil(Math.log2(sizes.length / 8)));
      expect(points).toEqual(thinTimeline(all!, Math.ceil(sizes.length / stride)).points);
      expect(bounded.run).toEqual(whole.run);
      expect(bounded.largestHeap).toBe(whole.largestHeap);
    }),
  );
});
