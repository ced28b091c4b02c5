import {expect, test} from 'vitest';
import {formatDuration} from '../../../src/format/duration.js';

test.each([
  [0, '0:00'],
  [999, '0:00'],
  [7000, '0:07'],
  [59_999, '0:59'],
  [60_000, '1:00'],
  [3_599_999, '59:59'],
  [3_600_000, '1:00:00'],
  [3_723_000, '1:02:03'],
  [100 * 3_600_000, '100:00:00'],
  [-5, '0:00'],
])('%d ms are %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
