import {describe, expect, it} from 'vitest';
import {buildCallTree, buildTreeData, openBuiltTree} from '../../../src/tree/from-snapshot.js';
import {chainSnapshot} from '../../helpers/large-trees.js';
import {buildSnapshot} from '../../helpers/snapshot-builder.js';
import {findNode, parseSnapshot, parseTree, printTree} from '../../helpers/tree-text.js';

describe('buildCallTree', () => {
  it('sums up from the leaves and sorts siblings', () => {
    const tree = parseTree(`
      main app.py:3 5
        load app.py:10 2000 x2
          parse app.py:20 100
        build app.py:30 3000 x3
    `);
    expect(printTree(tree)).toBe(
      `
<ROOT> 5105 x7
  main app.py:3 5105 x7 own 5 x1
    build app.py:30 3000 x3 own 3000 x3
    load app.py:10 2100 x3 own 2000 x2
      parse app.py:20 100 x1 own 100 x1`.trim(),
    );
  });

  it('keeps equal siblings in the order in which the ordered locations reach them', () => {
    const tree = parseTree(`
      a app.py:1
        x app.py:5 10
        y app.py:6 20
      b app.py:2 30
      c app.py:3
        z app.py:7 29, 1
    `);
    // Locations by bytes: b 30, c 29, a 20, a 10, c 1.
    expect(tree.getChildren(0).map(child => tree.getNode(child).function)).toEqual(['b', 'c', 'a']);
  });

  it('merges frames of the same function, file and line only', () => {
    const tree = parseTree(`
      f app.py:1 10 @0x1
      f app.py:1 20 @0x2
      f app.py:2 5
      f lib.py:1 4
      g app.py:1 3
    `);
    expect(printTree(tree).split('\n').slice(1)).toEqual([
      '  f app.py:1 30 x2 own 30 x2',
      '  f app.py:2 5 x1 own 5 x1',
      '  f lib.py:1 4 x1 own 4 x1',
      '  g app.py:1 3 x1 own 3 x1',
    ]);
  });

  it('makes no node of the interpreter’s own frames, and gives their bytes to the caller', () => {
    const tree = parseTree(`
      main app.py:1
        _PyEval_Vector Python/ceval.c:9 7
          load app.py:2 100
        load app.py:2 50
      type_call Objects/typeobject.c:5 3
    `);
    expect(printTree(tree)).toBe(
      `
<ROOT> 160 x4 own 3 x1
  main app.py:1 157 x3 own 7 x1
    load app.py:2 150 x2 own 150 x2`.trim(),
    );
  });

  it('gives allocations without a Python stack to the root', () => {
    const tree = buildCallTree(buildSnapshot([{stack: [], bytes: 9}]), {wholePeak: false});
    expect(printTree(tree)).toBe('<ROOT> 9 x1 own 9 x1');
  });

  it('counts what is elided only for the whole peak, in a last child of the root', () => {
    const text = `
      main app.py:1 100
      ! 45 locations 120 allocations 1000 bytes
    `;
    expect(printTree(parseTree(text))).toBe('<ROOT> 100 x1\n  main app.py:1 100 x1 own 100 x1');
    const whole = parseTree(text, {wholePeak: true});
    expect(printTree(whole)).toBe(
      '<ROOT> 1100 x121\n  main app.py:1 100 x1 own 100 x1\n  ! 1000 x120 own 1000 x120',
    );
    expect(whole.elidedLocations).toBe(45);
    expect(whole.getNode(2)).toEqual({
      elided: true,
      function: null,
      file: null,
      line: null,
      bytes: 1000,
      allocations: 120,
      selfBytes: 1000,
      selfAllocations: 120,
      threads: [],
      importSystem: false,
      interesting: true,
    });
  });

  it('has no elided node where nothing is elided', () => {
    expect(printTree(parseTree('main app.py:1 100', {wholePeak: true}))).toBe(
      printTree(parseTree('main app.py:1 100')),
    );
  });

  it('takes names that mean something to JavaScript for what they are', () => {
    const tree = parseTree(`
      __proto__ constructor:1 3
      toString __proto__:1 2
    `);
    expect(printTree(tree).split('\n').slice(1)).toEqual([
      '  __proto__ constructor:1 3 x1 own 3 x1',
      '  toString __proto__:1 2 x1 own 2 x1',
    ]);
  });

  it('follows a stack that is 300,000 deep', () => {
    const tree = buildCallTree(chainSnapshot(300_000), {wholePeak: false});
    expect(tree.length).toBe(300_001);
    expect(tree.depth[300_000]).toBe(300_000);
    expect(tree.bytes[0]).toBe(300);
  });
});

describe('getThreadShares', () => {
  const tree = parseTree(
    `
    main app.py:1
      middle app.py:2
        load app.py:3 100 x2 @0x1, 300 @0x2 (worker), 100 @0x3
        save app.py:4 1 @0x1
    other app.py:9 5 @0x4
    ! 3 locations 7 allocations 500 bytes
  `,
    {wholePeak: true},
  );

  it('is by bytes, then by label', () => {
    expect(tree.getThreadShares(findNode(tree, 'load'))).toEqual([
      {label: '0x2 (worker)', bytes: 300, allocations: 1},
      {label: '0x1', bytes: 100, allocations: 2},
      {label: '0x3', bytes: 100, allocations: 1},
    ]);
    expect(tree.getThreadShares(0).map(share => [share.label, share.bytes])).toEqual([
      ['0x2 (worker)', 300],
      ['0x1', 101],
      ['0x3', 100],
      ['0x4', 5],
    ]);
  });

  it('is the same along a chain, where it is looked up once', () => {
    const [main, middle] = [findNode(tree, 'main'), findNode(tree, 'middle')];
    expect(tree.getThreadShares(main)).toBe(tree.getThreadShares(middle));
  });

  it('is kept once along a chain, and not at all for a single thread', () => {
    const stacks = 'main app.py:1\n  middle app.py:2\n    load app.py:3 100 @0x1';
    const countShares = (text: string): number =>
      buildTreeData(parseSnapshot(text), {wholePeak: false}).shares.label.length;
    expect(countShares(`${stacks}, 7 @0x2`)).toBe(2);
    expect(countShares(stacks)).toBe(0);
  });

  it('of a single thread leaves out what is elided', () => {
    const single = parseTree('main app.py:1 100 x2\n! 3 locations 7 allocations 500 bytes', {
      wholePeak: true,
    });
    expect(single.bytes[0]).toBe(600);
    expect(single.getThreadShares(0)).toEqual([{label: '0x1', bytes: 100, allocations: 2}]);
    expect(parseTree('').getThreadShares(0)).toEqual([]);
  });

  it('is the same in a tree that was built elsewhere', () => {
    const text = 'main app.py:1 5\n  load app.py:3 100 x2 @0x1, 300 @0x2 (worker)\n  save app.py:4 1';
    const snapshot = parseSnapshot(text);
    const opened = openBuiltTree(structuredClone(buildTreeData(snapshot, {wholePeak: false})));
    const built = buildCallTree(snapshot, {wholePeak: false});
    for (let node = 0; node < built.length; node++) {
      expect(opened.getNode(node)).toEqual(built.getNode(node));
      expect(opened.getThreadShares(node)).toEqual(built.getThreadShares(node));
    }
  });

  it('is empty for what is elided', () => {
    expect(tree.getThreadShares(tree.length - 1)).toEqual([]);
  });

  it('adds up to the node', () => {
    for (let node = 0; node < tree.length - 1; node++) {
      const sum = tree.getThreadShares(node).reduce((total, share) => total + share.bytes, 0);
      expect(sum).toBe(tree.bytes[node]! - (node === 0 ? 500 : 0));
    }
  });
});
