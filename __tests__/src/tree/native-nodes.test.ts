import {describe, expect, test} from 'vitest';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {searchTree} from '../../../src/query/search-tree.js';
import {formatJson} from '../../../src/report/json.js';
import {formatText} from '../../../src/report/text.js';
import {formatFacts} from '../../../src/store/source-pane/source-facts.js';
import type {CallTree} from '../../../src/tree/call-tree.js';
import {filterCallTree} from '../../../src/tree/filter.js';
import {buildCallTree} from '../../../src/tree/from-snapshot.js';
import {describeCall, getSourceFile} from '../../../src/tree/native-label.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {frame, merge, type NativeFrame, parseUnmerged} from '../../helpers/native-captures.js';
import {createReport} from '../../helpers/report.js';

const unknown = {file: '<unknown>', line: 0, state: 'no-symbol'} as const;
const callSites: ReadonlyMap<number, NativeFrame> = new Map([
  [1, frame('_PyEval_EvalFrameDefault', {file: 'Python/ceval.c', image: '/bin/python3'})],
  [2, frame('carve', {file: 'src/carve.c', line: 7, directory: '/build', offset: 0x1b4})],
  [3, frame('<unknown>', {...unknown, image: '/lib/a.so', offset: 3})],
  [4, frame('<unknown>', {...unknown, image: '/lib/b.so', offset: 4})],
  [5, frame('<unknown>', {...unknown, image: '/lib/gone.so', offset: 5, state: 'not-found'})],
  [6, frame('<unknown>', {...unknown, image: '/lib/new.so', offset: 6, state: 'changed'})],
  [7, frame('named', {...unknown, image: '/lib/a.so', offset: 7, state: 'name-only'})],
  [8, frame('named', {...unknown, image: '/lib/b.so', offset: 8, state: 'name-only'})],
  [9, frame('_PyObject_Call', {file: 'Objects/call.c', image: '/bin/python3'})],
]);

/** What `f` holds through each of these native stacks (addresses from the outermost on), in kB. */
function snapshotOf(...stacks: readonly (readonly [kB: number, ...ips: number[]])[]): Snapshot {
  const list: CaptureRecord[] = [
    {type: 'maps'},
    {type: 'code', id: 1, function: 'f', file: 'f.py'},
    {type: 'thread', id: 1},
    {type: 'push', code: 1, isInterpreterEntry: true},
  ];
  let count = 0;
  for (const [index, [kB, ...ips]] of stacks.entries()) {
    for (const [i, ip] of [1, ...ips].entries()) {
      list.push({type: 'native', ip, parent: i === 0 ? 0 : count});
      count++;
    }
    list.push({type: 'allocate', address: 8 * index, size: kB * 1000, native: count});
  }
  const unmerged = parseUnmerged(writeCapture([...list, {type: 'trailer'}], {nativeTraces: true}));
  return merge(unmerged, ip => {
    const callSite = callSites.get(Number(ip));
    return callSite ? [callSite] : [];
  });
}

const build = (snapshot: Snapshot): CallTree => buildCallTree(snapshot, {wholePeak: false});

function print(snapshot: Snapshot, foldNative = false): string {
  const report = createReport(snapshot);
  const text = [...formatText(report, {ascii: true, filters: {foldNative}})].join('');
  return text.trimEnd();
}

function findNode(tree: CallTree, name: string): number {
  return Array.from({length: tree.length}, (_, node) => node).find(
    node => tree.getNode(node).function === name,
  )!;
}

describe('rows', () => {
  test('say what is known of a native frame', () => {
    const snapshot = snapshotOf([9, 2], [8, 7], [7, 9, 2, 3], [6, 7, 5], [5, 2, 7, 6], [4, 2, 3, 3]);
    expect(print(snapshot)).toMatchInlineSnapshot(`
      "+ 39.000kB (100.00 %) <ROOT>
      \`-- + 39.000kB (100.00 %) f  f.py
          |-- + 25.000kB (64.10 %) carve  src/carve.c:7
          |   |-- + 11.000kB (28.21 %) ??? in a.so
          |   |   \`-- - 4.000kB (10.26 %) ??? in a.so
          |   \`-- + 5.000kB (12.82 %) named  in a.so
          |       \`-- - 5.000kB (12.82 %) ??? in new.so  (changed since the capture)
          \`-- + 14.000kB (35.90 %) named  in a.so
              \`-- - 6.000kB (15.38 %) ??? in gone.so  (not found here)
      peak of the capture: 39.000kB, shown 39.000kB"
    `);
  });

  test('say of how many libraries frames met', () => {
    expect(print(snapshotOf([3, 3], [2, 4], [1, 5], [1, 7], [1, 8], [1, 7]))).toMatchInlineSnapshot(`
      "+ 9.000kB (100.00 %) <ROOT>
      \`-- + 9.000kB (100.00 %) f  f.py
          |-- - 6.000kB (66.67 %) ??? in 3 libraries
          \`-- - 3.000kB (33.33 %) named  in 2 libraries
      peak of the capture: 9.000kB, shown 9.000kB"
    `);
  });

  test('lack native frames that are folded into their caller', () => {
    const snapshot = snapshotOf([9, 2], [8, 7], [7, 2, 3]);
    expect(print(snapshot, true)).toMatchInlineSnapshot(`
      "+ 24.000kB (100.00 %) <ROOT>
      \`-- - 24.000kB (100.00 %) f  f.py
      peak of the capture: 24.000kB, shown 24.000kB"
    `);
    const {tree} = filterCallTree(build(snapshot), {
      hideImportSystem: false,
      hideUninteresting: true,
      foldNative: true,
    });
    expect(tree.getNode(1)).toMatchObject({function: 'f', selfBytes: 24_000, selfAllocations: 3});
  });
});

describe('a node', () => {
  test('has its image; none where several met', () => {
    const tree = build(snapshotOf([3, 2], [2, 3], [1, 4]));
    expect(tree.getNode(findNode(tree, 'carve')).image).toBe('/lib/x.so');
    expect(tree.getNode(findNode(tree, '<unknown>')).image).toBeNull();
    expect(tree.getNode(findNode(tree, 'f'))).not.toHaveProperty('image');
  });

  test('keeps it when nodes above are hidden and several come together', () => {
    const base = build(snapshotOf([3, 2, 3], [2, 7, 4]));
    const flags = base.flags.map((bits, node) =>
      ['carve', 'named'].includes(base.getNode(node).function!) ? bits | 2 : bits,
    );
    const {tree} = filterCallTree({...base, flags}, {hideImportSystem: false, hideUninteresting: true});
    const node = findNode(tree, '<unknown>');
    expect(tree.getNode(node)).toMatchObject({bytes: 5000, image: null});
    expect(describeCall(tree, node)).toBe('2 libraries');
  });

  test('says where in the image the call is, and what was left out of its stack', () => {
    const tree = build(snapshotOf([3, 2], [2, 99, 98, 7], [1, 99, 7]));
    expect(describeCall(tree, findNode(tree, 'carve'))).toBe('/lib/x.so+0x1b4');
    expect(describeCall(tree, findNode(tree, 'f'))).toBe('');
    expect(tree.native!.droppedFrames[findNode(tree, 'named')]).toBe(2);
    expect(tree.native!.droppedFrames[findNode(tree, 'carve')]).toBe(0);
  });

  test('has its source where the compiler ran', () => {
    const tree = build(snapshotOf([3, 2, 3]));
    expect(getSourceFile(tree, findNode(tree, 'carve'))).toBe('/build/src/carve.c');
    expect(getSourceFile(tree, findNode(tree, 'f'))).toBe('f.py');
    expect(getSourceFile(tree, findNode(tree, '<unknown>'))).toBe('<unknown>');
  });

  test('is found by the name of its library', () => {
    const tree = build(snapshotOf([3, 2, 3], [2, 7], [2, 2, 4]));
    const naming = {moduleOf: (file: string) => file, packageOf: (file: string) => file};
    const find = (text: string, field: 'any' | 'fn' = 'any') => [
      ...searchTree(tree, {field, patterns: [{kind: 'part', text}]}, naming),
    ];
    expect(find('a.so').map(node => tree.getNode(node).function)).toEqual(['<unknown>', 'named']);
    expect(find('b.so').map(node => tree.getNode(node).function)).toEqual(['<unknown>']);
    expect(find('a.so', 'fn')).toEqual([]);
  });
});

test('JSON contains the image of native nodes only', () => {
  const snapshot = snapshotOf([3, 2], [2, 3], [1, 4]);
  const report = createReport(snapshot);
  const {tree} = JSON.parse([...formatJson(report)].join(''));
  const [f] = tree.children;
  expect(tree).not.toHaveProperty('image');
  expect(f).not.toHaveProperty('image');
  expect(f.children).toMatchObject([
    {function: 'carve', file: 'src/carve.c', line: 7, image: '/lib/x.so'},
    {function: '<unknown>', file: '<unknown>', line: 0, image: null, bytes: 3000},
  ]);
});

test('the facts have the whole path of a file that the compiler named relative to its folder', () => {
  const tree = build(snapshotOf([1, 2, 9]));
  const getLocation = (name: string) =>
    formatFacts(tree, findNode(tree, name), {moduleOf: file => file, ascii: true}).find(({text}) =>
      text.startsWith('Location'),
    )?.text;
  expect(getLocation('carve')).toBe('Location: /build/src/carve.c:7');
  expect(getLocation('f')).toBe('Location: f.py');
});
