import {describe, expect, test} from 'vitest';
import {type MergePart, mergeSnapshots} from '../../../src/heap/merge-snapshots.js';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {buildCallTree} from '../../../src/tree/from-snapshot.js';
import {getSourceFile} from '../../../src/tree/native-label.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {frame, merge as mergeNativeFrames, parseUnmerged} from '../../helpers/native-captures.js';
import {createCaptureInfo} from '../../helpers/snapshot-builder.js';
import {parseSnapshot, printTree} from '../../helpers/tree-text.js';

const parent = parseSnapshot(
  `
  main app.py:1
    load app.py:10 300 x3, 50 @0x2 (worker)
    build app.py:20 100
  ! 2 locations 5 allocations 7 bytes
`,
  {capture: {pid: 1, peakBytes: 500, allocationRecords: 9, sysPath: ['/app']}},
);
const child = parseSnapshot(
  `
  main app.py:1
    load app.py:10 200
  fork os.py:3 40
`,
  {capture: {pid: 2, peakBytes: 300, allocationRecords: 4, sysPath: ['/app', '/lib']}},
);
const parts: readonly MergePart[] = [
  {name: 'results.bin', snapshot: parent},
  {name: 'results.bin.2', snapshot: child},
];
const missing: MergePart = {name: 'nope', failure: {code: 'cannot-open', message: 'no such file'}};

const merge = (list: readonly MergePart[], isMerged = false, biggestAllocs = 200): Snapshot =>
  mergeSnapshots(list, {isMerged, biggestAllocs});
const print = (snapshot: Snapshot): string => printTree(buildCallTree(snapshot, {wholePeak: true}));

describe('several processes', () => {
  test('have a node each, with the tree that their captures have alone', () => {
    expect(print(merge(parts))).toMatchInlineSnapshot(`
      "<ROOT> 697 x12
        app.py (pid 1) :0 450 x5
          main app.py:1 450 x5
            load app.py:10 350 x4 own 350 x4
            build app.py:20 100 x1 own 100 x1
        app.py (pid 2, forked) :0 240 x2
          main app.py:1 200 x1
            load app.py:10 200 x1 own 200 x1
          fork os.py:3 40 x1 own 40 x1
        ! 7 x5 own 7 x5"
    `);
  });

  test('the node is labelled by program and number; the file distinguishes equal ones', () => {
    const getNodes = (list: readonly MergePart[]) => {
      const tree = buildCallTree(merge(list), {wholePeak: false});
      return tree.getChildren(0).map(node => tree.getNode(node).function);
    };
    expect(getNodes(parts)).toEqual(['app.py (pid 1)', 'app.py (pid 2, forked)']);
    expect(getNodes([parts[0]!, parts[0]!, {...parts[0]!, name: 'copy.bin'}])).toEqual([
      'app.py (pid 1), results.bin',
      'app.py (pid 1), results.bin 2',
      'app.py (pid 1), copy.bin',
    ]);
  });

  test('frame i is the process of part i, also beside one that could not be read', () => {
    const {frames, strings, capture} = merge([missing, ...parts]);
    const names = [0, 1, 2].map(i => strings[frames.function[i]!]);
    expect(names).toEqual(['nope', 'app.py (pid 1)', 'app.py (pid 2, forked)']);
    expect(capture.parts).toEqual([
      {
        name: 'nope',
        capture: null,
        failure: {code: 'cannot-open', message: 'no such file'},
        heldLocations: Infinity,
      },
      {name: 'results.bin', capture: parent.capture, failure: null, heldLocations: 3},
      {name: 'results.bin.2', capture: child.capture, failure: null, heldLocations: Infinity},
    ]);
  });

  test('allocations without a stack belong to the process', () => {
    const bare = parseSnapshot('f app.py:1 10', {capture: {pid: 3}});
    bare.locations.stack[0] = -1;
    expect(print(merge([{name: 'a', snapshot: bare}, parts[1]!]))).toContain(
      '  app.py (pid 3) :0 10 x1 own 10 x1',
    );
  });
});

describe('one tree of all', () => {
  test('adds up what the same stacks hold', () => {
    expect(print(merge(parts, true))).toMatchInlineSnapshot(`
      "<ROOT> 697 x12
        main app.py:1 650 x6
          load app.py:10 550 x5 own 550 x5
          build app.py:20 100 x1 own 100 x1
        fork os.py:3 40 x1 own 40 x1
        ! 7 x5 own 7 x5"
    `);
  });

  test('keeps the biggest locations of the sums; the rest is elided', () => {
    const {locations, elided} = merge(parts, true, 2);
    expect([...locations.bytes]).toEqual([500, 100]);
    expect([...locations.allocations]).toEqual([4, 1]);
    expect(elided).toEqual({locations: 2 + 2, allocations: 5 + 2, bytes: 7 + 90});
  });

  test('threads of the same label are one', () => {
    const tree = buildCallTree(merge(parts, true), {wholePeak: false});
    expect(tree.getThreadShares(0)).toEqual([
      {label: '0x1', bytes: 640, allocations: 6},
      {label: '0x2 (worker)', bytes: 50, allocations: 1},
    ]);
  });
});

test('threads are labelled with their process, whatever else is loaded', () => {
  const tree = buildCallTree(merge(parts), {wholePeak: false});
  expect(tree.getThreadShares(0)).toEqual([
    {label: '0x1 of 1', bytes: 400, allocations: 4},
    {label: '0x1 of 2', bytes: 240, allocations: 2},
    {label: '0x2 (worker) of 1', bytes: 50, allocations: 1},
  ]);
  const alone = buildCallTree(merge(parts.slice(1)), {wholePeak: false});
  expect(alone.getThreadShares(0)).toEqual([{label: '0x1 of 2', bytes: 240, allocations: 2}]);
});

test('threads of processes with the same number are labelled with the file', () => {
  const copy = {name: 'b/results.bin', snapshot: {...child, capture: {...child.capture, pid: 1}}};
  const labels = (list: readonly MergePart[]) =>
    buildCallTree(merge(list), {wholePeak: false})
      .getThreadShares(0)
      .map(({label}) => label);
  expect(labels([{...parts[0]!, name: 'a/results.bin'}, copy])).toEqual([
    '0x1 of 1, a/results.bin',
    '0x1 of 1, b/results.bin',
    '0x2 (worker) of 1, a/results.bin',
  ]);
  expect(labels([copy, copy])).toEqual(['0x1 of 1, b/results.bin', '0x1 of 1, b/results.bin 2']);
});

test('the facts are sums, or those of the first', () => {
  const damage = {code: 'cut', byteOffset: 1, recordIndex: 2, message: 'm'} as const;
  const cut = {...child, capture: createCaptureInfo({...child.capture, damage, finished: false})};
  const {capture} = merge([parts[0]!, {name: 'cut', snapshot: cut}]);
  expect(capture).toMatchObject({
    peakBytes: 800,
    allocationRecords: 13,
    sysPath: ['/app', '/lib'],
    finished: false,
    damage,
    pid: 1,
  });
});

test('native frames keep what is known of them, beside a capture that has none', () => {
  const list: CaptureRecord[] = [
    {type: 'maps'},
    {type: 'thread', id: 1},
    {type: 'native', ip: 16, parent: 0},
    {type: 'native', ip: 99, parent: 1},
    {type: 'allocate', address: 8, size: 70, native: 2},
  ];
  const unmerged = parseUnmerged(writeCapture(list, {nativeTraces: true}));
  const known = frame('spam', {image: '/lib/spam.so', directory: '/src'});
  const native = mergeNativeFrames(unmerged, ip => (ip === 16n ? [known] : []));
  for (const isMerged of [false, true]) {
    const both = merge(
      [
        {name: 'a', snapshot: parent},
        {name: 'b', snapshot: native},
      ],
      isMerged,
    );
    const tree = buildCallTree(both, {wholePeak: false});
    const nodes = Array.from({length: tree.length}, (_, node) => tree.getNode(node));
    const spam = nodes.findIndex(node => node.function === 'spam');
    expect(nodes[spam]).toMatchObject({bytes: 70, image: '/lib/spam.so'});
    expect(nodes.filter(node => 'image' in node)).toHaveLength(1);
    expect(getSourceFile(tree, spam)).toBe('/src/spam.c');
    expect(tree.native!.droppedFrames[spam]).toBe(1);
  }
});
