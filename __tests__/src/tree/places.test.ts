import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {buildCallTree} from '../../../src/tree/build-call-tree.js';
import type {CallTree} from '../../../src/tree/call-tree.js';
import {Places} from '../../../src/tree/places.js';
import {arbitraryTree} from '../../helpers/arbitrary-tree.js';
import {chainSnapshot, fanSnapshot} from '../../helpers/large-trees.js';
import {findNode, parseTree} from '../../helpers/tree-text.js';

const before = parseTree(`
  main app.py:1
    load app.py:2 50
      parse app.py:3 10
    save app.py:4 40
`);
// The same and more, in another order and under other numbers.
const after = parseTree(`
  first app.py:8 1000
  main app.py:1
    save app.py:4 400
    load app.py:22 300
    load app.py:2 50
      parse app.py:3 10
`);
const without = parseTree(`
  main app.py:1
    save app.py:4 40
`);

function listOpen(tree: CallTree, places: Places): string[] {
  return [...places.resolveOpen(tree)].flatMap((isOpen, node) => {
    const {function: name, line} = tree.getNode(node);
    return isOpen ? [`${name}:${line}`] : [];
  });
}

function openAll(places: Places, tree: CallTree, ...names: string[]): void {
  for (const name of names) places.setOpen(tree, findNode(tree, name), true);
}

describe('open places', () => {
  it('are found in another tree by function, file and line', () => {
    const places = new Places();
    openAll(places, before, '<ROOT>', 'main', 'load');
    expect(listOpen(before, places)).toEqual(['<ROOT>:0', 'main:1', 'load:2']);
    expect(listOpen(after, places).toSorted()).toEqual(['<ROOT>:0', 'load:2', 'main:1']);
  });

  it('outlive a tree that lacks them', () => {
    const places = new Places();
    openAll(places, before, '<ROOT>', 'main', 'load');
    expect(listOpen(without, places)).toEqual(['<ROOT>:0', 'main:1']);
    expect(listOpen(after, places)).toContain('load:2');
  });

  it('stay open below a closed one', () => {
    const places = new Places();
    openAll(places, before, 'load');
    expect(listOpen(before, places)).toEqual(['load:2']);
  });

  it('close one by one', () => {
    const places = new Places();
    openAll(places, before, '<ROOT>', 'main', 'load');
    places.setOpen(after, findNode(after, 'main'), false);
    expect(listOpen(before, places)).toEqual(['<ROOT>:0', 'load:2']);
  });

  it('tell names apart that only together look alike', () => {
    const places = new Places();
    const tree = parseTree(`
      bc a:1 5
      c ab:1 4
    `);
    openAll(places, tree, 'bc');
    expect(listOpen(tree, places)).toEqual(['bc:1']);
  });

  it('are those that were set, on any two trees', () => {
    fc.assert(
      fc.property(
        arbitraryTree(),
        arbitraryTree(),
        fc.infiniteStream(fc.boolean()),
        (first, second, coin) => {
          const places = new Places();
          const open = new Set<string>();
          for (let node = 0; node < first.length; node++) {
            if (!coin.next().value) continue;
            places.setOpen(first, node, true);
            open.add(describePath(first, node));
          }
          for (const tree of [first, second]) {
            const isOpen = places.resolveOpen(tree);
            for (let node = 0; node < tree.length; node++) {
              expect(isOpen[node] === 1).toBe(open.has(describePath(tree, node)));
            }
          }
        },
      ),
    );
  });
});

function describePath(tree: CallTree, node: number): string {
  const steps: unknown[] = [];
  for (let at = node; at > 0; at = tree.prefix[at]!) {
    const {function: name, file, line} = tree.getNode(at);
    steps.push([name, file, line]);
  }
  return JSON.stringify(steps);
}

describe('findNearest', () => {
  it('finds the same node in another tree', () => {
    const places = new Places();
    const place = places.getPlace(before, findNode(before, 'parse'));
    expect(places.findNearest(after, place)).toBe(findNode(after, 'parse'));
    expect(places.findNearest(before, place)).toBe(findNode(before, 'parse'));
  });

  it('finds the last node on the way to one that is gone', () => {
    const places = new Places();
    const place = places.getPlace(before, findNode(before, 'parse'));
    expect(places.findNearest(without, place)).toBe(findNode(without, 'main'));
    expect(places.findNearest(parseTree('other app.py:1 5'), place)).toBe(0);
  });

  it('finds root and elided node', () => {
    const places = new Places();
    const whole = parseTree('main app.py:1 5\n! 1 locations 1 allocations 1 bytes', {wholePeak: true});
    expect(places.findNearest(before, places.getPlace(whole, 0))).toBe(0);
    expect(places.findNearest(whole, places.getPlace(whole, 2))).toBe(2);
    expect(places.findNearest(before, places.getPlace(whole, 2))).toBe(0);
  });

  it.each([
    ['300,000 levels', chainSnapshot(300_000)],
    ['300,000 siblings', fanSnapshot(300_000)],
  ])('copes with %s, all open', (_, snapshot) => {
    const places = new Places();
    const [first, second] = [0, 1].map(() => buildCallTree(snapshot, {wholePeak: false})) as [
      CallTree,
      CallTree,
    ];
    for (let node = 0; node < first.length; node++) places.setOpen(first, node, true);
    const place = places.getPlace(first, first.length - 1);
    expect(places.resolveOpen(second).indexOf(0)).toBe(-1);
    expect(places.findNearest(second, place)).toBe(second.length - 1);
  });
});
