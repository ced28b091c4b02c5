import {expect, test} from 'vitest';
import {deriveTree} from '../../../src/query/derive-tree.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {createNaming} from '../../../src/query/naming.js';
import {computeRowFacts} from '../../../src/query/stats/row-facts.js';
import type {ReferenceBlock, ReferenceFrame} from '../../helpers/reference-query.js';
import {buildReferenceSnapshot} from '../../helpers/reference-snapshot.js';

const at = (name: string, file: string, line: number): ReferenceFrame => ({function: name, file, line});
const IMPORT = at('_load', '<frozen importlib._bootstrap>', 7);
const BODY = [at('<module>', '/app/app.py', 1), IMPORT];
const MAIN = at('main', '/app/app.py', 9);
const MAKE = at('make', '/app/make.py', 1);

function locate(stack: readonly ReferenceFrame[], ...blocks: readonly ReferenceBlock[]) {
  const bytes = blocks.reduce((sum, {size, count}) => sum + size * count, 0);
  const allocations = blocks.reduce((sum, {count}) => sum + count, 0);
  return {stack, blocks, bytes, allocations, thread: '0x1', index: 0};
}

const snapshot = buildReferenceSnapshot([
  locate(
    [...BODY, at('<module>', '/app/shop.py', 3)],
    ...[
      {count: 1, size: 2 ** 20, allocator: 'mmap'},
      {count: 2, size: 500, allocator: 'malloc'},
    ],
  ),
  locate([...BODY, at('<module>', '/app/shop.py', 5), MAKE], {count: 3, size: 4000, allocator: 'malloc'}),
  locate([MAIN, MAKE], {count: 4, size: 70, allocator: 'malloc'}),
  locate([MAIN, MAKE, MAIN], {count: 1, size: 6, allocator: 'pymalloc_malloc'}),
]);

/** Of each row: its name, its bytes and count, and what its blocks add up to. */
function compare(written: string) {
  const naming = createNaming(snapshot);
  const query = parseQuery(written);
  const {tree} = deriveTree(snapshot, query, {naming});
  return tree.getChildren(0).map(row => {
    const {file, line} = tree.getNode(row);
    const facts = computeRowFacts({snapshot, query, tree, naming}, row);
    return [`${file}:${line}`, tree.bytes[row], tree.allocations[row], facts?.bytes, facts?.allocations];
  });
}

test('the blocks of a line are those of the stacks through it', () => {
  expect(compare('lines:/app/')).toEqual([
    ['/app/app.py:1', 1061576, 6, 1061576, 6],
    ['/app/shop.py:3', 1049576, 3, 1049576, 3],
    ['/app/make.py:1', 12286, 8, 12286, 8],
    ['/app/shop.py:5', 12000, 3, 12000, 3],
    ['/app/app.py:9', 286, 5, 286, 5],
  ]);
});

test('the blocks of an import are those below the body of the module', () => {
  expect(compare('imports')).toEqual([['/app/shop.py:0', 1061576, 6, 1061576, 6]]);
});

test('pools are counted, and are what hide:pools takes away', () => {
  const naming = createNaming(snapshot);
  const query = parseQuery('tree');
  const {tree} = deriveTree(snapshot, query, {naming});
  expect(computeRowFacts({snapshot, query, tree, naming}, 0)!.pools).toEqual({bytes: 2 ** 20, count: 1});
  const hidden = deriveTree(snapshot, parseQuery('hide:pools'), {naming});
  expect([hidden.kept.bytes, hidden.of.bytes - hidden.kept.bytes]).toEqual([13286, 2 ** 20]);
});
