import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {isCallTree} from '../../../src/tree/call-tree.js';
import {toCallTree} from '../../../src/tree/from-tree.js';
import type {CallNode, Tree} from '../../../src/tree/tree-interface.js';
import {arbitraryTree} from '../../helpers/arbitrary-tree.js';
import {parseTree, printTree} from '../../helpers/tree-text.js';

/** The same tree through the small interface alone, under other numbers. */
function disguise({root, getChildren, getNode}: Tree, shift: number): Tree {
  return {
    root: root + shift,
    getChildren: node => getChildren(node - shift).map(child => child + shift),
    getNode: node => getNode(node - shift),
  };
}

describe('toCallTree', () => {
  it('is the same object for columns', () => {
    const tree = parseTree('main app.py:1 5');
    expect(toCallTree(tree)).toBe(tree);
    expect(isCallTree(tree)).toBe(true);
    expect(isCallTree(disguise(tree, 0))).toBe(false);
  });

  it('makes columns of any tree', () => {
    fc.assert(
      fc.property(arbitraryTree(), fc.integer({min: 0, max: 1000}), (tree, shift) => {
        const other = toCallTree(disguise(tree, shift));
        expect(printTree(other)).toBe(printTree(tree));
        expect(isCallTree(other)).toBe(true);
        const sort = (column: Uint8Array) => [...column].toSorted();
        expect(sort(other.flags)).toEqual(sort(tree.flags));
      }),
    );
  });

  it('keeps the order of children and what looks alike apart', () => {
    const node = (bytes: number): CallNode => ({...parseTree('f app.py:1 5').getNode(1), bytes});
    const tree = toCallTree({
      root: 7,
      getChildren: at => (at === 7 ? [9, 8] : []),
      getNode: at => node(at),
    });
    expect(tree.getChildren(0).map(child => tree.bytes[child])).toEqual([9, 8]);
    expect(tree.frame[1]).toBe(tree.frame[2]);
  });

  it('knows the shares of threads where there is one', () => {
    const tree = toCallTree(
      disguise(
        parseTree(`
          main app.py:1 5 @0x1
          other app.py:2 4 @0x2
        `),
        0,
      ),
    );
    expect(tree.getThreadShares(1)).toEqual([{label: '0x1', bytes: 5, allocations: 1}]);
    expect(tree.getThreadShares(0)).toEqual([
      {label: '0x1', bytes: -1, allocations: -1},
      {label: '0x2', bytes: -1, allocations: -1},
    ]);
  });
});
