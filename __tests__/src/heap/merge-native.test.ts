import {describe, expect, test} from 'vitest';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {frame, listStacks, merge, type NativeFrame, parseUnmerged} from '../../helpers/native-captures.js';
import {unmergedOf} from '../../helpers/unmerged-stacks.js';

/** The address is what a resolver knows a frame by. */
const names: ReadonlyMap<number, readonly NativeFrame[]> = new Map([
  [1, [frame('main')]],
  [2, [frame('_PyEval_EvalFrameDefault', {image: '/bin/python3', file: 'Python/ceval.c'})]],
  // Inlined: innermost first.
  [3, [frame('inner'), frame('outer')]],
  [4, []],
  [5, [frame('malloc', {image: '/lib/libc.so'})]],
  [6, [frame('<unknown>', {image: '/bin/python3', file: '<unknown>', line: 0, state: 'no-symbol'})]],
]);
const resolve = (ip: bigint) => names.get(Number(ip)) ?? [];

const images: CaptureRecord[] = [
  {type: 'maps'},
  {type: 'image', path: '/bin/python3', address: 4096, segments: [[0, 16]]},
  {type: 'image', path: '/lib/libc.so', address: 8192, segments: [[0, 16]]},
];

/**
 * One location with the Python frames run (the tracker's), f and g, all entry frames, and these native
 * addresses.
 */
function capture(ips: readonly number[], extra: {readonly version?: number; readonly thread?: number} = {}) {
  const {version = 13, thread = 1} = extra;
  const list: CaptureRecord[] = [
    ...images,
    ...['run', 'f', 'g'].map((name, id): CaptureRecord => ({type: 'code', id, function: name, file: 'a.py'})),
    {type: 'thread', id: thread},
    ...[0, 1, 2].map((code): CaptureRecord => ({type: 'push', code, isInterpreterEntry: true})),
    ...ips.map((ip, parent): CaptureRecord => ({type: 'native', ip, parent})),
    {type: 'allocate', address: 8, size: 100, native: ips.length},
    {type: 'trailer'},
  ];
  const header = {nativeTraces: true, mainThread: 1, skippedFrames: 1};
  const unmerged = parseUnmerged(writeCapture(list, header));
  return {...unmerged, capture: {...unmerged.capture, headerVersion: version}};
}

describe('the stack of a location', () => {
  test('is merged of both, inlined calls and all', () => {
    const merged = merge(capture([1, 2, 1, 2, 3, 2, 5]), resolve);
    expect(listStacks(merged)).toEqual(['f outer inner g malloc']);
    expect(merged.unmergedLocations).toBe(0);
  });

  test('is whole in other threads', () => {
    const merged = merge(capture([1, 2, 1, 2, 3, 2, 5], {thread: 2}), resolve);
    expect(listStacks(merged)).toEqual(['main run main f outer inner g malloc']);
  });

  test('lacks frames in no image, and says how many', () => {
    const merged = merge(capture([1, 2, 4, 2, 4, 2, 4, 5]), resolve);
    expect(listStacks(merged)).toEqual(['f g malloc']);
    expect([...merged.locations.hiddenNative!]).toEqual([3]);
  });

  test('is Python’s with the innermost native frames where the interpreter is not known', () => {
    const merged = merge(capture([1, 6, 6, 3, 5]), resolve);
    expect(listStacks(merged)).toEqual(['f g outer inner malloc']);
    expect(merged.unmergedLocations).toBe(1);
  });

  test('is Python’s where no native stack was recorded', () => {
    const merged = merge(capture([]), resolve);
    expect(listStacks(merged)).toEqual(['f g']);
    expect(merged.unmergedLocations).toBe(0);
  });

  test('of an old capture is merged from the innermost frame outwards', () => {
    const merged = merge(capture([1, 2, 3, 2, 1, 2, 5], {version: 8}), resolve);
    expect(listStacks(merged)).toEqual(['run outer inner f main g malloc']);
  });
});

test('frames of several call sites are distinguished, but are known to be of one name', () => {
  const callSites = new Map([
    [1, frame('x', {offset: 1, image: '/lib/a.so'})],
    [2, frame('x', {offset: 2, image: '/lib/b.so', directory: '/src'})],
    [3, frame('x', {offset: 2, image: '/lib/b.so', directory: '/src'})],
  ]);
  const {frames, strings, stacks} = merge(capture([1, 2, 3]), ip => [callSites.get(Number(ip))!]);
  const native = frames.native!;
  const shown = [...stacks.frame].slice(2);
  expect(shown.map(at => strings[native.image[at]!])).toEqual(['/lib/a.so', '/lib/b.so', '/lib/b.so']);
  expect(shown.map(at => native.offset[at])).toEqual([1, 2, 2]);
  expect(shown[1]).toBe(shown[2]);
  expect(new Set(shown.map(at => native.identity[at])).size).toBe(1);
  expect(strings[native.directory[shown[1]!]!]).toBe('/src');
  // Python frames are no image's.
  expect(native.image[stacks.frame[0]!]).toBe(-1);
});

test('an address is looked up once for each list of images', () => {
  const list: CaptureRecord[] = [
    ...images,
    {type: 'thread', id: 1},
    {type: 'native', ip: 1, parent: 0},
    {type: 'native', ip: 3, parent: 1},
    {type: 'allocate', address: 8, size: 3, native: 1},
    ...images,
    {type: 'allocate', address: 16, size: 2, native: 2},
    images[0]!,
    images[1]!,
    {type: 'native', ip: 5, parent: 1},
    {type: 'allocate', address: 24, size: 1, native: 3},
  ];
  const asked: string[] = [];
  const merged = merge(parseUnmerged(writeCapture(list, {nativeTraces: true})), (ip, images) => {
    asked.push(`${ip} in ${images}`);
    return resolve(ip);
  });
  expect(listStacks(merged)).toEqual(['main', 'main outer inner', 'main malloc']);
  expect(asked).toEqual(['1 in 0', '3 in 0', '5 in 1', '1 in 1']);
});

test('stacks lack their innermost frames when there are too many nodes, and are counted', () => {
  const {unmerged, resolve: resolveWords} = unmergedOf([
    {python: 'f', native: 'LOOP a b'},
    {python: 'f', native: 'LOOP a c d'},
    {python: 'f', native: 'LOOP a b'},
  ]);
  const merged = merge(unmerged, resolveWords, {maxNodes: 4});
  expect(listStacks(merged)).toEqual(['f a b', 'f a c', 'f a b']);
  expect(merged.cutLocations).toBe(2);
});
