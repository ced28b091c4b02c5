import {describe, expect, test} from 'vitest';
import {filterCallTree} from '../../../src/tree/filter.js';
import {toCallTree} from '../../../src/tree/from-tree.js';
import type {AnyTree, TreeNode} from '../../../src/tree/tree-interface.js';
import {printTree} from '../../helpers/tree-text.js';

// Trees of other programs: what may be left out, and what is said of what is wrong.

const leaf = (name: string, value = 1): TreeNode => ({name, value});
const read = (tree: unknown) => toCallTree(tree as AnyTree);

describe('a tree of objects', () => {
  test('needs names, values and children only', () => {
    const tree = toCallTree({name: 'src', value: 3, children: [leaf('a', 2), {...leaf('b'), children: []}]});
    expect(tree.getChildren(0).map(child => tree.getNode(child))).toEqual([
      expect.objectContaining({function: 'a', bytes: 2, file: '', line: 0, threads: [], interesting: true}),
      expect.objectContaining({function: 'b', bytes: 1, allocations: Number.NaN}),
    ]);
    expect(tree.getNode(0)).toMatchObject({function: 'src', bytes: 3});
  });

  test('may be made of class instances, getters and frozen objects', () => {
    class Folder {
      get name() {
        return 'folder';
      }
      get value() {
        return 2;
      }
      get children() {
        return Object.freeze([Object.freeze(leaf('file'))]);
      }
    }
    const folder = new Folder();
    const tree = toCallTree(folder);
    expect(tree.getNode(1).function).toBe('file');
    expect(tree.getItem(0)).toBe(folder);
  });

  test('may have a node below several parents', () => {
    const shared = leaf('shared');
    const tree = toCallTree({name: 'r', value: 2, children: [shared, {...leaf('x'), children: [shared]}]});
    expect(Array.from(tree.depth)).toEqual([0, 1, 1, 2]);
  });

  test('may have negative and fractional values', () => {
    const tree = toCallTree({name: 'r', value: -1.5, children: [leaf('a', -3)]});
    expect(Array.from(tree.bytes)).toEqual([-1.5, -3]);
  });

  test('keeps its order when filters hide some of it', () => {
    const children = [leaf('small', 1), {...leaf('no', 5), interesting: false}, leaf('big', 9)];
    const base = toCallTree({name: 'r', value: 15, children});
    const {tree} = filterCallTree(base, {hideImportSystem: false, hideUninteresting: true});
    expect(tree.getChildren(0).map(child => tree.getNode(child).function)).toEqual(['small', 'big']);
    expect(tree.getChildren(0).map(child => tree.getItem(child))).toEqual([children[0], children[2]]);
  });

  test('may be 300,000 deep, or have a million children', () => {
    let deep = leaf('end');
    for (let level = 0; level < 300_000; level++) deep = {name: 'level', value: 1, children: [deep]};
    expect(toCallTree(deep).depth.at(-1)).toBe(300_000);
    const children = Array.from({length: 1_000_000}, () => leaf('file'));
    expect(toCallTree({name: 'wide', value: 1, children}).length).toBe(1_000_001);
  });
});

describe('a tree given by two functions', () => {
  test('needs names and values only', () => {
    const tree = toCallTree({
      root: 4,
      getChildren: node => (node === 4 ? [5, 6] : []),
      getNode: node => ({name: `n${node}`, value: node}),
    });
    expect(printTree(tree)).toContain('n5');
    expect(tree.getItem(1)).toEqual({name: 'n5', value: 5});
  });
});

describe('what is wrong with a tree', () => {
  const numbered = (change: object) => ({
    root: 1,
    getChildren: (node: number) => (node === 1 ? [2] : []),
    getNode: (node: number) => leaf(`n${node}`),
    ...change,
  });
  const within = (...children: unknown[]) => ({name: 'r', value: 1, children});

  test.each([
    ['null', null, 'tree must be an object, not null'],
    ['a string', 'src', 'tree must be an object, not "src"'],
    ['a list', [], 'tree.name must be a string, not undefined'],
    ['no value', {name: 'a'}, 'tree.value must be a finite number, not undefined'],
    [
      'a text as value',
      within({name: 'a', value: '5'}),
      'tree.children[0].value must be a finite number, not "5"',
    ],
    [
      'NaN',
      within(leaf('a'), leaf('b', Number.NaN)),
      'tree.children[1].value must be a finite number, not NaN',
    ],
    ['Infinity', within(leaf('b', Infinity)), 'tree.children[0].value must be a finite number, not Infinity'],
    [
      'a bigint',
      within({name: 'a', value: 5n}),
      'tree.children[0].value must be a finite number, not a bigint',
    ],
    ['no node', within(within(undefined)), 'tree.children[0].children[0] must be an object, not undefined'],
    ['children that are none', {...leaf('a'), children: 'ab'}, 'tree.children must be an array, not "ab"'],
    [
      'a Map of children',
      {...leaf('a'), children: new Map()},
      'tree.children must be an array, not an object',
    ],
    [
      'a line of a fraction',
      {...leaf('a'), line: 1.5},
      'tree.line must be a whole number from 0 to 2147483647, not 1.5',
    ],
    [
      'a flag of a text',
      {...leaf('a'), interesting: 'no'},
      'tree.interesting must be true or false, not "no"',
    ],
    ['threads', {...leaf('a'), threads: ['x', 1]}, 'tree.threads[1] must be a string, not 1'],
    ['bytes', {function: 'f', bytes: Number.NaN}, 'tree.bytes must be a finite number, not NaN'],
    ['no getNode', numbered({getNode: undefined}), 'tree.getNode must be a function, not undefined'],
    ['a root', numbered({root: '1'}), 'tree.root must be the number of a node, not "1"'],
    [
      'a child',
      numbered({getChildren: () => ['x']}),
      'tree.getChildren(1)[0] must be the number of a node, not "x"',
    ],
    ['a list of children', numbered({getChildren: () => 5}), 'tree.getChildren(1) must be an array, not 5'],
    ['a node', numbered({getNode: () => null}), 'tree.getNode(1) must be an object, not null'],
    ['a search path', numbered({searchPath: [5]}), 'tree.searchPath[0] must be a string, not 5'],
  ])('%s', (_, tree, message) => {
    expect(() => read(tree)).toThrow(new TypeError(message));
  });

  test('a cycle', () => {
    const children: unknown[] = [leaf('a')];
    const parent = {name: 'b', value: 1, children};
    children.push(parent);
    expect(() => read(within(parent))).toThrow(
      new TypeError('tree.children[0].children[1] is also one of the nodes above it: a tree has no cycles'),
    );
    expect(() => read(numbered({getChildren: () => [1]}))).toThrow(
      new TypeError('tree.getNode(1) is also one of the nodes above it: a tree has no cycles'),
    );
  });

  test('a tree without an end', () => {
    const endless = (): TreeNode => ({
      ...leaf('x'),
      get children() {
        return [leaf('y'), endless()];
      },
    });
    expect(() => read(endless())).toThrow(new RangeError('tree has more than 2000000 nodes'));
    let doubled = leaf('x');
    for (let level = 0; level < 60; level++) doubled = {...leaf('x'), children: [doubled, doubled]};
    expect(() => read(doubled)).toThrow(new RangeError('tree has more than 2000000 nodes'));
  });

  test('a tree without an end is found out before anything is read of its nodes', () => {
    let reads = 0;
    const endless = (): TreeNode => ({
      get name() {
        reads++;
        return 'x';
      },
      value: 1,
      get children() {
        return [endless()];
      },
    });
    expect(() => read(endless())).toThrow(RangeError);
    expect(() => read(numbered({getNode: () => reads++, getChildren: (node: number) => [node + 1]}))).toThrow(
      RangeError,
    );
    expect(() => read({...leaf('x'), children: new Array(1e9)})).toThrow(
      new RangeError('tree has more than 2000000 nodes'),
    );
    expect(reads).toBe(0);
  });

  test.each([
    [0, 1],
    [31, 1],
    [40, 1],
    [40, 5],
    [100, 300],
    [1000, 3],
  ])('a cycle that begins %i levels below the root and is %i nodes long', (depth, length) => {
    // Numbers of nodes are their levels; before each step down there is a leaf.
    const last = depth + length - 1;
    let calls = 0;
    const getChildren = (node: number): number[] => {
      calls++;
      return node >= 5000 ? [] : [node + 5000, node === last ? depth : node + 1];
    };
    expect(() => read(numbered({root: 0, getChildren, getNode: () => leaf('x')}))).toThrow(
      new TypeError(`tree.getNode(${depth}) is also one of the nodes above it: a tree has no cycles`),
    );
    expect(calls).toBeLessThan(8 * (depth + length) + 200);
  });

  test('the children of each node are asked for once, and each field is read once', () => {
    const counts = new Map<string, number>();
    const count = (field: string): void => void counts.set(field, (counts.get(field) ?? 0) + 1);
    const watched = (name: string, children: readonly object[]): TreeNode =>
      new Proxy({...leaf(name), children} as TreeNode, {
        get(target, field) {
          count(`${name}.${String(field)}`);
          return Reflect.get(target, field);
        },
      });
    read(watched('a', [watched('b', [watched('c', [])]), watched('d', [])]));
    expect([...counts].filter(([, times]) => times > 1)).toEqual([]);
    expect(counts.get('c.name')).toBe(1);
    expect(counts.get('b.children')).toBe(1);
  });

  test('the path of a deep node is described by its first and last steps', () => {
    let deep: unknown = {name: 'end'};
    for (let level = 0; level < 1000; level++) deep = within(deep);
    const start = '.children[0]'.repeat(4);
    expect(() => read(deep)).toThrow(`tree${start}…${start}.value must be a finite number`);
  });
});
