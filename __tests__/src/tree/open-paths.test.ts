import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {CallTree} from '../../../src/tree/call-tree.js';
import {OpenPaths} from '../../../src/tree/open-paths.js';
import {arbitraryTree} from '../../helpers/arbitrary-tree.js';
import {after, before, largePairs, without} from '../../helpers/changed-trees.js';
import {findNode, parseTree} from '../../helpers/tree-text.js';

function listOpen(tree: CallTree, paths: OpenPaths): string[] {
  return [...paths.findIn(tree).isOpen].flatMap((isOpen, node) => {
    const {function: name, line} = tree.getNode(node);
    return isOpen ? [`${name}:${line}`] : [];
  });
}

function mark(tree: CallTree, names: readonly string[]): Uint8Array {
  const isOpen = new Uint8Array(tree.length);
  for (const name of names) isOpen[findNode(tree, name)] = 1;
  return isOpen;
}

const NONE = new OpenPaths();

function open(tree: CallTree, ...names: string[]): OpenPaths {
  return NONE.with(tree, mark(tree, names), mark(tree, []));
}

describe('open paths', () => {
  it('are found in another tree by function, file and line', () => {
    const paths = open(before, '<ROOT>', 'main', 'load');
    expect(listOpen(before, paths)).toEqual(['<ROOT>:0', 'main:1', 'load:2']);
    expect(listOpen(after, paths).toSorted()).toEqual(['<ROOT>:0', 'load:2', 'main:1']);
  });

  it('outlive a tree that lacks them', () => {
    const paths = open(before, '<ROOT>', 'main', 'load');
    expect(listOpen(without, paths)).toEqual(['<ROOT>:0', 'main:1']);
    expect(listOpen(after, paths)).toContain('load:2');
  });

  it('stay open below a closed one', () => {
    const paths = open(before, 'load');
    expect(listOpen(before, paths)).toEqual(['load:2']);
  });

  it('close one by one', () => {
    const paths = open(before, '<ROOT>', 'main', 'load');
    const closed = paths.with(after, mark(after, ['<ROOT>', 'load']), mark(after, ['main']));
    expect(listOpen(before, closed)).toEqual(['<ROOT>:0', 'load:2']);
  });

  it('are never changed in place', () => {
    const paths = open(before, '<ROOT>', 'main');
    const more = paths.with(after, mark(after, ['<ROOT>', 'first', 'save']), mark(after, ['main']));
    expect(listOpen(after, more).toSorted()).toEqual(['<ROOT>:0', 'first:8', 'save:4']);
    expect(listOpen(after, paths).toSorted()).toEqual(['<ROOT>:0', 'main:1']);
    expect(listOpen(after, NONE)).toEqual([]);
  });

  it('stay open where nothing is said about them', () => {
    const paths = open(before, '<ROOT>', 'main').with(after, mark(after, ['first']), mark(after, []));
    expect(listOpen(before, paths)).toEqual(['<ROOT>:0', 'main:1']);
  });

  it('distinguishes names that only together look alike', () => {
    const tree = parseTree(`
      bc a:1 5
      c ab:1 4
    `);
    const paths = open(tree, 'bc');
    expect(listOpen(tree, paths)).toEqual(['bc:1']);
  });

  it('are those that were set, on any two trees', () => {
    fc.assert(
      fc.property(
        arbitraryTree(),
        arbitraryTree(),
        fc.infiniteStream(fc.boolean()),
        (first, second, coin) => {
          const open = new Set<string>();
          const isMarked = new Uint8Array(first.length);
          for (let node = 0; node < first.length; node++) {
            if (!coin.next().value) continue;
            isMarked[node] = 1;
            open.add(describePath(first, node));
          }
          const paths = NONE.with(first, isMarked, new Uint8Array(first.length));
          for (const tree of [first, second]) {
            const isOpen = paths.findIn(tree).isOpen;
            for (let node = 0; node < tree.length; node++) {
              expect(isOpen[node] === 1).toBe(open.has(describePath(tree, node)));
            }
          }
        },
      ),
    );
  });

  it.each(largePairs)('copes with %s, all open', (_, build) => {
    const [first, second] = build();
    const paths = NONE.with(first, new Uint8Array(first.length).fill(1), new Uint8Array(first.length));
    expect(paths.findIn(second).isOpen.indexOf(0)).toBe(-1);
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
