import {beforeAll, describe, expect, it} from 'vitest';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {loadRegexEngine} from '../../../src/query/bounded-regex.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {measureKept} from '../../../src/query/measure.js';
import {createNaming} from '../../../src/query/naming.js';
import {compareSnapshots} from '../../helpers/compared-locations.js';
import {buildReferenceSnapshot} from '../../helpers/reference-snapshot.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

beforeAll(loadRegexEngine);

const measure = (snapshot: Snapshot, view: string) =>
  measureKept(snapshot, parseQuery(view), {naming: createNaming(snapshot)});

const small = parseSnapshot(`
  main app.py:1 1
    load data.py:2 20
      known cache.py:3 300
    known cache.py:4 4000
`);
const large = parseSnapshot(`
  main app.py:1 2
    load data.py:2 40
      known cache.py:3 600
`);

describe('what is suppressed', () => {
  it.each([
    ['ignore:known', 21, 4300],
    ['through:load ignore:known', 20, 300],
    // The row of what is suppressed is not of that module any more.
    ['ignore:known through:load', 20, 300],
    ['ignore:known root:load', 20, 300],
    ['ignore:known callers:load', 20, 300],
    ['ignore:known drop:load', 1, 4300],
    ['ignore:known through:suppressed', 0, 4300],
    ['ignore:nothing through:load', 320, 0],
    ['ignore:known imports', 21, 4300],
  ])('by %s leaves %d, and is %d', (view, bytes, suppressed) => {
    expect(measure(small, view).compared).toEqual([{part: null, bytes, suppressed, pools: 0}]);
  });

  it('is told of each capture that is compared', () => {
    const snapshot = compareSnapshots([small, large], [large]);
    const sides = measure(snapshot, 'ignore:known through:load');
    expect(sides).toMatchObject({
      compared: [
        {part: 0, bytes: 20, suppressed: 300, pools: 0},
        {part: 1, bytes: 40, suppressed: 600, pools: 0},
      ],
      base: [{part: 2, bytes: 40, suppressed: 600, pools: 0}],
    });
  });
});

describe('what small-object pools take', () => {
  const POOL = 2 ** 20;
  const locate = (name: string, index: number, size: number, allocator: 'mmap' | 'malloc') => ({
    ...{stack: [{function: name, file: 'app.py', line: 1}], blocks: [{count: 3, size, allocator}]},
    ...{bytes: 3 * size, allocations: 3, thread: '0x1', index},
  });
  // The biggest first, as snapshots have them.
  const pooled = buildReferenceSnapshot([
    locate('parse', 0, POOL, 'mmap'),
    locate('known', 1, POOL, 'mmap'),
    locate('parse', 2, 70, 'malloc'),
  ]);

  it.each([
    ['leaks hide:pools', 210, 0, 6 * POOL],
    ['leaks', 6 * POOL + 210, 0, 0],
    ['through:parse hide:pools', 210, 0, 3 * POOL],
    // What is suppressed would not count either.
    ['ignore:known hide:pools', 210, 0, 3 * POOL],
    ['through:malloc hide:pools', 0, 0, 0],
  ])('is told beside %s', (view, bytes, suppressed, pools) => {
    expect(measure(pooled, view).compared).toEqual([{part: null, bytes, suppressed, pools}]);
  });
});
