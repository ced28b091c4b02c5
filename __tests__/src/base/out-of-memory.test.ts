import {expect, test} from 'vitest';
import {isOutOfMemory} from '../../../src/base/out-of-memory.js';

/** What a function throws. */
function catchFrom(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return null;
}

test.each<[string, () => unknown]>([
  ['a buffer', () => new ArrayBuffer(2 ** 53 - 1)],
  ['a column', () => new Float64Array(2 ** 50)],
  ['an array', () => new Array(-1)],
  ['a string', () => 'x'.repeat(2 ** 29)],
])('%s that is too large for this machine', (_, make) => {
  expect(isOutOfMemory(catchFrom(make))).toBe(true);
});

test('a worker whose heap is full', () => {
  const error = new Error('Worker terminated due to reaching memory limit: JS heap out of memory');
  expect(isOutOfMemory(Object.assign(error, {code: 'ERR_WORKER_OUT_OF_MEMORY'}))).toBe(true);
});

test.each<[string, unknown]>([
  ['a mistake', catchFrom(() => new DataView(new ArrayBuffer(1)).getInt32(0))],
  ['endless recursion', new RangeError('Maximum call stack size exceeded')],
  ['another error', new Error('Invalid string length')],
  ['no error', 'Out of memory'],
])('not %s', (_, error) => expect(isOutOfMemory(error)).toBe(false));
