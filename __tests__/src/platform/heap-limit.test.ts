import {execFileSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {getFreeHeapBytes} from '../../../src/platform/heap-limit.js';
import {nodeBinary} from '../../helpers/terminal.js';

/** What V8 says of its heap, in MiB. */
function readLimit(options: readonly string[]): number {
  const script =
    'process.stdout.write(String(require("node:v8").getHeapStatistics().heap_size_limit / 2 ** 20))';
  return Number(execFileSync(nodeBinary, [...options, '-e', script], {encoding: 'utf8'}));
}

const getFree = (limitMib: number, usedMib = 0) =>
  getFreeHeapBytes({heap_size_limit: limitMib * 2 ** 20, used_heap_size: usedMib * 2 ** 20}) / 2 ** 20;

describe('a result takes a part of what lasts in the heap', () => {
  // The young generation, where nothing lasts, is in V8's limit.
  test.each([64, 128, 256, 1024])('of %i MiB', mib => {
    const limit = readLimit([`--max-old-space-size=${mib}`]);
    expect(limit).toBeGreaterThan(mib);
    expect(getFree(limit)).toBeCloseTo(0.4 * mib);
    expect(getFree(limit, mib / 2)).toBeCloseTo(0.2 * mib);
  });

  test('and no more where the young generation is small', () => {
    const limit = readLimit(['--max-old-space-size=64', '--max-semi-space-size=4']);
    expect(getFree(limit)).toBeGreaterThan(0);
    expect(getFree(limit)).toBeLessThan(0.4 * 64);
  });
});
