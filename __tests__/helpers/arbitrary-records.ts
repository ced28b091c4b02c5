import fc from 'fast-check';
import {allocators, type CaptureRecord} from './capture-writer.js';

const prelude: CaptureRecord[] = ['a', 'b', 'c'].map((name, id) => ({
  type: 'code',
  id,
  function: name,
  file: 'app.py',
}));

/** Few addresses and sizes, so that overwritten addresses, equal peaks and overlapping ranges are common. */
const address = fc.integer({min: 1, max: 6}).map(n => n * 4096);
const size = fc.constantFrom(0, 1, 16, 100, 4096, 8192, 12288);
const simple = fc.constantFrom(allocators.malloc, allocators.calloc);
const action: fc.Arbitrary<CaptureRecord> = fc.oneof(
  {weight: 2, arbitrary: fc.record({type: fc.constant('thread' as const), id: fc.integer({min: 1, max: 3})})},
  {weight: 3, arbitrary: fc.record({type: fc.constant('push' as const), code: fc.integer({min: 0, max: 2})})},
  {weight: 2, arbitrary: fc.constant({type: 'pop'} as const)},
  {
    weight: 6,
    arbitrary: fc.record({type: fc.constant('allocate' as const), address, size, allocator: simple}),
  },
  {weight: 5, arbitrary: fc.record({type: fc.constant('free' as const), address})},
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('allocate' as const),
      address,
      size,
      allocator: fc.constantFrom(allocators.mmap, allocators.munmap),
    }),
  },
);

/** Drops pops of nothing, which no sound capture has. */
function makeSound(actions: readonly CaptureRecord[]): CaptureRecord[] {
  const depths = new Map<number, number>();
  let thread = 1;
  return [...prelude, {type: 'thread', id: 1} as const, ...actions].filter(record => {
    if (record.type === 'thread') thread = record.id;
    const depth = depths.get(thread) ?? 0;
    if (record.type === 'push') depths.set(thread, depth + 1);
    if (record.type === 'pop') depths.set(thread, Math.max(0, depth - 1));
    return record.type !== 'pop' || depth > 0;
  });
}

export const arbitraryRecords: fc.Arbitrary<CaptureRecord[]> = fc
  .array(action, {maxLength: 120})
  .map(makeSound);

/** So many that parts of the history become one. */
export const arbitraryLongRecords: fc.Arbitrary<CaptureRecord[]> = fc
  .array(action, {minLength: 2500, maxLength: 6000, size: 'max'})
  .map(makeSound);
