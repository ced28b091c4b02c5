import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {computeIndents, isOnlyChild} from '../../../src/tree/indent.js';
import {arbitraryTree} from '../../helpers/arbitrary-tree.js';
import {findNode, parseTree} from '../../helpers/tree-text.js';

describe('indents', () => {
  test('grow where there are several children, and not along a chain of only children', () => {
    const tree = parseTree(`
      a a.py:1
        b a.py:2
          c a.py:3
            d a.py:4 5
            e a.py:5
              f a.py:6
                g a.py:7 3
    `);
    const indents = computeIndents(tree);
    const getIndent = (name: string) => indents[findNode(tree, name)];
    expect(['<ROOT>', 'a', 'b', 'c', 'd', 'e', 'f', 'g'].map(getIndent)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    expect(['<ROOT>', 'c', 'd', 'f'].map(name => isOnlyChild(tree, findNode(tree, name)))).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  test('are the number of nodes with siblings on the way from the root, in any tree', () => {
    fc.assert(
      fc.property(arbitraryTree(), tree => {
        const indents = computeIndents(tree);
        for (let node = 0; node < tree.length; node++) {
          let expected = 0;
          for (let at = node; tree.prefix[at]! >= 0; at = tree.prefix[at]!) {
            if (tree.getChildren(tree.prefix[at]!).length > 1) expected++;
          }
          expect(indents[node]).toBe(expected);
        }
      }),
    );
  });
});
