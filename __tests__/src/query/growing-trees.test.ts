import {describe, expect, it} from 'vitest';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {deriveTree} from '../../../src/query/derive-tree.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {createNaming} from '../../../src/query/naming.js';
import type {CallTree} from '../../../src/tree/call-tree.js';
import {
  canGrow,
  growBelow,
  growChain,
  growFirstChildren,
  growForSearch,
  growOpen,
  growWhole,
  hasChildren,
  isSameGrowth,
  isWhole,
} from '../../../src/tree/growth.js';
import {chainSnapshot, stairsSnapshot} from '../../helpers/large-trees.js';
import {parseSnapshot, printTree} from '../../helpers/tree-text.js';

const SNAPSHOT = parseSnapshot(`
  main app.py:1
    load app.py:2 500
      row app.py:4 200
    build app.py:3
      row app.py:4 300
`);

function derive(snapshot: Snapshot, written: string, isGrowing: boolean) {
  return deriveTree(snapshot, parseQuery(written), {naming: createNaming(snapshot), isGrowing});
}

function invert(snapshot = SNAPSHOT, written = 'inverted all'): CallTree {
  return derive(snapshot, written, true).tree;
}

describe('an inverted tree that grows', () => {
  it('begins with the children of the root, which know their sums and whether they have children', () => {
    const tree = invert();
    expect(printTree(tree)).toBe(
      ['<ROOT> 1000 x3', '  load app.py:2 500 x1', '  row app.py:4 500 x2'].join('\n'),
    );
    expect([1, 2].map(node => hasChildren(tree, node))).toEqual([true, true]);
    expect(isWhole(tree)).toBe(false);
    expect([isWhole(tree, 1), isWhole(tree, 2)]).toEqual([true, false]);
  });

  it('gets the children of open nodes with a row, and leaves the tree before as it was', () => {
    const tree = invert();
    const row = tree.getChildren(0).find(node => tree.getNode(node).function === 'row')!;
    const isOpen = new Uint8Array(tree.length);
    isOpen[row] = 1;
    expect(growOpen(tree, isOpen)).toBe(tree);
    isOpen[0] = 1;
    const grown = growOpen(tree, isOpen);
    expect(isSameGrowth(tree, grown)).toBe(true);
    expect(tree.getChildren(row)).toEqual([]);
    expect(printTree(grown)).toBe(
      [
        '<ROOT> 1000 x3',
        '  load app.py:2 500 x1',
        '  row app.py:4 500 x2',
        '    build app.py:3 300 x1',
        '    load app.py:2 200 x1',
      ].join('\n'),
    );
  });

  it('has the same numbers where the same nodes are expanded', () => {
    const [first, second] = [invert(), invert()];
    const grown = growBelow(growChain(first, 2), 1);
    for (const node of grown.growth!.expanded) second.growth!.expand(node);
    const again = second.growth!.read();
    expect([...again.frame]).toEqual([...grown.frame]);
    expect([...again.firstChild]).toEqual([...grown.firstChild]);
  });

  it('is the whole tree in the end, in each order', () => {
    for (const written of ['sort:name', 'sort:own reverse', 'by:function', 'by:file', 'callers:row']) {
      const whole = derive(SNAPSHOT, `inverted ${written} all`, false).tree;
      const grown = growBelow(invert(SNAPSHOT, `inverted ${written} all`), 0);
      expect(printTree(grown)).toBe(printTree(whole));
      expect(isWhole(grown)).toBe(true);
    }
  });

  it('grows down to a depth', () => {
    const grown = growWhole(invert(), 1);
    expect(Math.max(...grown.depth)).toBe(1);
    expect(Math.max(...growWhole(grown, 2).depth)).toBe(2);
  });

  it('finds the first node of a frame from top to bottom, and makes the way to it only', () => {
    const {growth, strings, frames, length} = invert();
    const isNamed = (name: string) => (frame: number) => strings[frames.function[frame]!] === name;
    expect(growth!.find(isNamed('absent'))).toBe(-1);
    expect(growth!.read().length).toBe(length);
    const main = growth!.find(isNamed('main'));
    const tree = growth!.read();
    expect(tree.getNode(tree.prefix[main]!).function).toBe('load');
    expect(tree.length).toBe(length + 1);
  });

  it('has the threads of each node', () => {
    const tree = invert();
    expect(tree.getThreadShares(0)).toEqual([{label: '0x1', bytes: 1000, allocations: 3}]);
    expect(tree.getThreadShares(2)).toEqual([{label: '0x1', bytes: 500, allocations: 2}]);
  });

  it('of deep stacks opens a chain as far as is in sight, and all of it when asked', () => {
    const tree = invert(chainSnapshot(300_000));
    const start = growFirstChildren(tree);
    expect(start.length).toBeGreaterThan(1000);
    expect(start.length).toBeLessThan(2000);
    expect(Math.max(...growChain(start, 1).depth.subarray(0, 400_000).slice(-1))).toBe(300_000);
  });
});

describe('many stacks along a deep one', () => {
  const count = 20_000;
  const snapshot = stairsSnapshot(count);

  // The whole tree would have 200 million nodes.
  it('are inverted a level at a time', () => {
    const tree = invert(snapshot);
    expect(tree.length).toBe(count + 1);
    expect(growWhole(tree, 2).length).toBe(2 * count);
  });

  it('are cut where all is asked for, and that is said', () => {
    const {tree, isCut} = derive(snapshot, 'inverted all', false);
    expect(isCut).toBe(true);
    expect(tree.bytes[0]).toBe(count);
    expect(tree.length).toBeLessThan(5_000_000);
  });

  it('grow for a key by as much as a key may make, and on with the next one, but not without end', () => {
    const start = invert(snapshot);
    const [first, second] = [growBelow(start, 0), growBelow(growBelow(start, 0), 0)];
    expect(first.length - start.length).toBeLessThan(200_000);
    expect(second.length).toBeGreaterThan(first.length);
    let last = second;
    while (canGrow(last)) last = growBelow(last, 0);
    expect(last.length).toBeLessThan(1_200_000);
    expect(growBelow(last, 0).length).toBe(last.length);
  });

  it('grow for a search to the same nodes each time', () => {
    const searched = growForSearch(invert(snapshot));
    expect(isWhole(searched)).toBe(false);
    expect(searched.length).toBeLessThan(200_000);
    expect(growForSearch(searched).length).toBe(searched.length);
  });

  it('have a long run of frames of one file as one frame', () => {
    const {tree} = derive(stairsSnapshot(300_000), 'inverted by:file all', true);
    expect(printTree(tree)).toBe('<ROOT> 300000 x300000\n   app.py:0 300000 x300000 own 300000 x300000');
  });
});
