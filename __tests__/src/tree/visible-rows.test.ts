import {describe, expect, it} from 'vitest';
import {buildCallTree} from '../../../src/tree/from-snapshot.js';
import {computeVisibleRows, getGuides} from '../../../src/tree/visible-rows.js';
import {chainSnapshot, fanSnapshot} from '../../helpers/large-trees.js';
import {findNode, parseTree} from '../../helpers/tree-text.js';

const tree = parseTree(`
  main app.py:1
    load app.py:2
      parse app.py:3 50
    save app.py:4 40
  other app.py:9 30
`);

function rowsOf(...open: string[]): (string | null)[] {
  const isOpen = new Uint8Array(tree.length);
  for (const name of open) isOpen[findNode(tree, name)] = 1;
  return [...computeVisibleRows(tree, isOpen)].map(node => tree.getNode(node).function);
}

describe('computeVisibleRows', () => {
  it('shows the children of open nodes', () => {
    expect(rowsOf()).toEqual(['<ROOT>']);
    expect(rowsOf('<ROOT>')).toEqual(['<ROOT>', 'main', 'other']);
    expect(rowsOf('<ROOT>', 'main')).toEqual(['<ROOT>', 'main', 'load', 'save', 'other']);
    expect(rowsOf('<ROOT>', 'main', 'load')).toEqual(['<ROOT>', 'main', 'load', 'parse', 'save', 'other']);
  });

  it('shows nothing below a closed node, whatever is open there', () => {
    expect(rowsOf('<ROOT>', 'load')).toEqual(['<ROOT>', 'main', 'other']);
  });

  it('takes a node without children for a leaf, open or not', () => {
    expect(rowsOf('<ROOT>', 'other')).toEqual(['<ROOT>', 'main', 'other']);
  });

  it.each([
    ['300,000 levels', chainSnapshot(300_000)],
    ['1,000,000 siblings', fanSnapshot(1_000_000)],
  ])('copes with %s', (_, snapshot) => {
    const large = buildCallTree(snapshot, {wholePeak: false});
    const rows = computeVisibleRows(large, new Uint8Array(large.length).fill(1));
    expect(rows.length).toBe(large.length);
    expect(rows.at(-1)).toBe(large.length - 1);
  });
});

describe('getGuides', () => {
  it('says for each level whether its line goes on', () => {
    expect(getGuides(tree, 0)).toEqual([]);
    expect(getGuides(tree, findNode(tree, 'main'))).toEqual([true]);
    expect(getGuides(tree, findNode(tree, 'parse'))).toEqual([true, true, false]);
    expect(getGuides(tree, findNode(tree, 'other'))).toEqual([false]);
  });

  it('looks at the innermost levels only, if asked to', () => {
    expect(getGuides(tree, findNode(tree, 'parse'), 2)).toEqual([true, false]);
    expect(getGuides(tree, findNode(tree, 'parse'), 0)).toEqual([]);
  });
});
