import fc from 'fast-check';
import {expect, test} from 'vitest';
import {ByteBlocks} from '../../bin/byte-blocks.js';

test('the bytes come back as they were added, whatever the size of the pieces', () => {
  const lengths = fc.array(fc.oneof(fc.nat(50), fc.constantFrom(1 << 20, (1 << 20) - 1, 3_000_000)), {
    maxLength: 5,
  });
  fc.assert(
    fc.property(lengths, sizes => {
      const blocks = new ByteBlocks();
      const pieces = sizes.map((size, index) => Buffer.alloc(size, index + 1));
      for (const piece of pieces) blocks.add(piece);
      expect(Buffer.concat([...blocks.list()]).equals(Buffer.concat(pieces))).toBe(true);
      expect(blocks.length).toBe(sizes.reduce((sum, size) => sum + size, 0));
      blocks.clear();
      expect([...blocks.list()]).toEqual([]);
    }),
    {numRuns: 30},
  );
});
