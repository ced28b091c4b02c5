import {expect, test} from 'vitest';
import type {CallTree} from '../../../src/tree/call-tree.js';
import {buildCallTree} from '../../../src/tree/from-snapshot.js';
import {findPools} from '../../../src/tree/small-object-pools.js';
import {buildReferenceSnapshot} from '../../helpers/reference-snapshot.js';
import {parseTree} from '../../helpers/tree-text.js';

const ARENA = 2 ** 20;

function find(tree: CallTree, name: string) {
  const node = Array.from({length: tree.length}, (_, index) => index).find(
    index => tree.getNode(index).function === name,
  );
  return findPools(tree, node!, ARENA);
}

const TREE = parseTree(`
  main /app.py:1 2097152 x2
    pool /app.py:2 1048576
    mixed /app.py:3 1052784 x2
    big /app.py:4 1048576 x2
  around /app.py:5
    inner /app.py:6 3145728 x3
`);

test('blocks that all have the size of an arena are likely pools', () => {
  expect(find(TREE, 'pool')).toEqual({extent: 'total', bytes: ARENA, count: 1, isCertain: false});
  expect(find(TREE, 'around')).toEqual({extent: 'total', bytes: 3 * ARENA, count: 3, isCertain: false});
});

test('so are those that a function allocated itself', () => {
  expect(find(TREE, 'main')).toEqual({extent: 'own', bytes: 2 * ARENA, count: 2, isCertain: false});
});

test('so are those among which a few small blocks are', () => {
  const sums = [
    [37 * ARENA + 6000, 38],
    [8 * ARENA + 30_000, 10],
  ] as const;
  for (const [bytes, count] of sums) {
    const pools = Math.floor(bytes / ARENA);
    const node = parseTree(`f /app.py:1 ${bytes} x${count}`);
    expect(find(node, 'f')).toEqual({
      extent: 'total',
      bytes: pools * ARENA,
      count: pools,
      isCertain: false,
    });
  }
});

test.each([
  ['buffers of one size', 43 * 1e6, 43],
  ['one large block', 37 * ARENA, 1],
  ['large blocks beside small ones', 37 * ARENA + 6000, 40_000],
  ['a block that is no small one', 37 * ARENA + 900_000, 38],
  ['too few to tell', 2 * ARENA + 100, 3],
])('%s may be something else', (_, bytes, count) => {
  expect(find(parseTree(`f /app.py:1 ${bytes} x${count}`), 'f')).toBeNull();
});

test('nothing is said of other sums, nor of the root', () => {
  expect(find(TREE, 'mixed')).toBeNull();
  expect(find(TREE, 'big')).toBeNull();
  expect(findPools(parseTree('f /app.py:1 1048576'), 0, ARENA)).toBeNull();
});

test("native frames of Python's allocator make it certain, whatever the sum", () => {
  const frame = {function: 'new_arena', file: 'Objects/obmalloc.c', line: 9, image: '/usr/bin/python3'};
  const stack = [{function: 'main', file: '/app.py', line: 1}, frame];
  const location = {stack, bytes: ARENA + 4096, allocations: 2, thread: '0x1', blocks: [], index: 0};
  const tree = buildCallTree(buildReferenceSnapshot([location], {}), {wholePeak: false});
  expect(find(tree, 'new_arena')).toEqual({
    extent: 'total',
    bytes: ARENA + 4096,
    count: 2,
    isCertain: true,
  });
});
