import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {CallPaths} from '../../../src/tree/call-paths.js';
import type {CallTree} from '../../../src/tree/call-tree.js';
import {buildCallTree} from '../../../src/tree/from-snapshot.js';
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

function listOpen(tree: CallTree, paths: CallPaths): string[] {
  return [...paths.resolveOpen(tree)].flatMap((isOpen, node) => {
    const {function: name, line} = tree.getNode(node);
    return isOpen ? [`${name}:${line}`] : [];
  });
}

function openAll(paths: CallPaths, tree: CallTree, ...names: string[]): void {
  for (const name of names) paths.setOpen(tree, findNode(tree, name), true);
}

describe('open paths', () => {
  it('are found in another tree by function, file and line', () => {
    const paths = new CallPaths();
    openAll(paths, before, '<ROOT>', 'main', 'load');
    expect(listOpen(before, paths)).toEqual(['<ROOT>:0', 'main:1', 'load:2']);
    expect(listOpen(after, paths).toSorted()).toEqual(['<ROOT>:0', 'load:2', 'main:1']);
  });

  it('outlive a tree that lacks them', () => {
    const paths = new CallPaths();
    openAll(paths, before, '<ROOT>', 'main', 'load');
    expect(listOpen(without, paths)).toEqual(['<ROOT>:0', 'main:1']);
    expect(listOpen(after, paths)).toContain('load:2');
  });

  it('stay open below a closed one', () => {
    const paths = new CallPaths();
    openAll(paths, before, 'load');
    expect(listOpen(before, paths)).toEqual(['load:2']);
  });

  it('close one by one', () => {
    const paths = new CallPaths();
    openAll(paths, before, '<ROOT>', 'main', 'load');
    paths.setOpen(after, findNode(after, 'main'), false);
    expect(listOpen(before, paths)).toEqual(['<ROOT>:0', 'load:2']);
  });

  it('distinguishes names that only together look alike', () => {
    const paths = new CallPaths();
    const tree = parseTree(`
      bc a:1 5
      c ab:1 4
    `);
    openAll(paths, tree, 'bc');
    expect(listOpen(tree, paths)).toEqual(['bc:1']);
  });

  it('are those that were set, on any two trees', () => {
    fc.assert(
      fc.property(
        arbitraryTree(),
        arbitraryTree(),
        fc.infiniteStream(fc.boolean()),
        (first, second, coin) => {
          const paths = new CallPaths();
          const open = new Set<string>();
          for (let node = 0; node < first.length; node++) {
            if (!coin.next().value) continue;
            paths.setOpen(first, node, true);
            open.add(describePath(first, node));
          }
          for (const tree of [first, second]) {
            const isOpen = paths.resolveOpen(tree);
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
    const paths = new CallPaths();
    const path = paths.getPath(before, findNode(before, 'parse'));
    expect(paths.findNearest(after, path)).toBe(findNode(after, 'parse'));
    expect(paths.findNearest(before, path)).toBe(findNode(before, 'parse'));
  });

  it('finds the last node on the way to one that is gone', () => {
    const paths = new CallPaths();
    const path = paths.getPath(before, findNode(before, 'parse'));
    expect(paths.findNearest(without, path)).toBe(findNode(without, 'main'));
    expect(paths.findNearest(parseTree('other app.py:1 5'), path)).toBe(0);
  });

  it('finds root and elided node', () => {
    const paths = new CallPaths();
    const whole = parseTree('main app.py:1 5\n! 1 locations 1 allocations 1 bytes', {wholePeak: true});
    expect(paths.findNearest(before, paths.getPath(whole, 0))).toBe(0);
    expect(paths.findNearest(whole, paths.getPath(whole, 2))).toBe(2);
    expect(paths.findNearest(before, paths.getPath(whole, 2))).toBe(0);
  });

  it.each([
    ['300,000 levels', chainSnapshot(300_000)],
    ['300,000 siblings', fanSnapshot(300_000)],
  ])('copes with %s, all open', (_, snapshot) => {
    const paths = new CallPaths();
    const [first, second] = [0, 1].map(() => buildCallTree(snapshot, {wholePeak: false})) as [
      CallTree,
      CallTree,
    ];
    for (let node = 0; node < first.length; node++) paths.setOpen(first, node, true);
    const path = paths.getPath(first, first.length - 1);
    expect(paths.resolveOpen(second).indexOf(0)).toBe(-1);
    expect(paths.findNearest(second, path)).toBe(second.length - 1);
  });
});
