import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import type {LoadMessage} from '../../../src/reader/load-messages.js';
import {openSource} from '../../../src/reader/open-source.js';
import {resolveNative} from '../../../src/reader/resolve-native.js';
import {type LoadOptions, runLoad} from '../../../src/reader/run-load.js';
import {buildCallTree} from '../../../src/tree/from-snapshot.js';
import {describeCall} from '../../../src/tree/native-label.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {listStacks, parseUnmerged} from '../../helpers/native-captures.js';
import {peakView} from '../../helpers/read-snapshot.js';

const folder = mkdtempSync(join(tmpdir(), 'native-'));
afterAll(() => rmSync(folder, {recursive: true}));

/** Locations of one native frame each, with one Python frame, in images that are not here. */
function recordsOf(
  count: number,
  paths = [join(folder, 'python3'), join(folder, 'gone.so')],
): CaptureRecord[] {
  return [
    {type: 'maps'},
    ...paths.map(
      (path, i): CaptureRecord => ({type: 'image', path, address: (i + 1) << 20, segments: [[0, 1 << 16]]}),
    ),
    {type: 'code', id: 1, function: 'f', file: 'f.py'},
    {type: 'thread', id: 1},
    {type: 'push', code: 1, isInterpreterEntry: true},
    ...Array.from({length: count}, (_, i): CaptureRecord[] => [
      {type: 'native', ip: (2 << 20) + 0x11b5 + i, parent: 0},
      {type: 'allocate', address: 8 * i, size: 8, native: i + 1},
    ]).flat(),
    {type: 'trailer'},
  ];
}

const bytes = writeCapture(recordsOf(2), {nativeTraces: true});

async function read(capture: Uint8Array, options: Partial<LoadOptions> = {}) {
  const messages: LoadMessage[] = [];
  await runLoad(
    () => openSource(capture),
    {view: peakView, biggestAllocs: 200, ...options},
    message => messages.push(message),
  );
  const last = messages.at(-1)!;
  if (last.type !== 'done') throw new Error(`the reading ended with ${last.type}`);
  return last.snapshot;
}

test('what is not found here is reported once, and shown as far as it is known', async () => {
  const snapshot = await read(bytes);
  expect(snapshot.capture.notes).toEqual([
    '1 library not found; native names are incomplete. Try --symbols DIR.',
    'The recorded interpreter has too few symbols: 2 stacks show native frames only below the last Python frame.',
  ]);
  expect(listStacks(snapshot)).toEqual(['f <unknown>', 'f <unknown>']);
  const tree = buildCallTree(snapshot, {wholePeak: false});
  expect(tree.getNode(2)).toMatchObject({function: '<unknown>', file: '<unknown>', line: 0, bytes: 16});
  expect(describeCall(tree, 2)).toBe(join(folder, 'gone.so'));
});

test('a folder instead of a library is not read', async () => {
  mkdirSync(join(folder, 'gone.so'));
  expect((await read(bytes)).capture.notes[0]).toMatch(/^1 library not found/);
});

test('Python frames alone need no library', async () => {
  const snapshot = await read(bytes, {pythonOnly: true});
  expect(snapshot.capture.notes).toEqual([]);
  expect(snapshot.frames.native).toBeUndefined();
  expect(listStacks(snapshot)).toEqual(['f', 'f']);
});

test('a capture without native traces has no native frames', async () => {
  const snapshot = await read(writeCapture(recordsOf(0), {}));
  expect(snapshot.frames.native).toBeUndefined();
});

test('libraries of macOS are never looked for; calls are shown as atos takes them', async () => {
  const list: CaptureRecord[] = [
    {type: 'maps'},
    // The main program: page zero, then its code. What is shared overlaps with what comes later.
    {
      type: 'image',
      path: '/opt/bin/python3.12',
      address: 0x4000,
      segments: [
        [0, 2 ** 32],
        [2 ** 32, 0x4000],
      ],
    },
    {
      type: 'image',
      path: '/usr/lib/libSystem.B.dylib',
      address: 0,
      segments: [[0x7fff_0000_0000, 0x1000_0000]],
    },
    {type: 'image', path: '/usr/lib/libfoo.dylib', address: 0x1000, segments: [[0x7fff_0100_0000, 0x1000]]},
    {type: 'code', id: 1, function: 'f', file: 'f.py'},
    {type: 'thread', id: 1},
    {type: 'push', code: 1, isInterpreterEntry: true},
    {type: 'native', ip: 2 ** 32 + 0x4000 + 0x100, parent: 0},
    {type: 'native', ip: 0x7fff_0100_1000 + 0x11b5, parent: 1},
    {type: 'native', ip: 0x7fff_0100_1000 + 0x235, parent: 1},
    {type: 'allocate', address: 8, size: 8, native: 3},
    {type: 'trailer'},
  ];
  const snapshot = await read(writeCapture(list, {nativeTraces: true}));
  const tree = buildCallTree(snapshot, {wholePeak: false});
  expect(listStacks(snapshot)).toEqual(['f <unknown>']);
  expect(describeCall(tree, 2)).toBe('/usr/lib/libfoo.dylib+0x234');
  expect(snapshot.capture.notes.some(note => note.includes('not found'))).toBe(false);
});

test('many locations are resolved in turns with other work, and progress is reported', async () => {
  const unmerged = parseUnmerged(writeCapture(recordsOf(150), {nativeTraces: true}));
  const snapshot = await resolveNative(unmerged, {
    onProgress: ({done, total}) => expect(done).toBeLessThan(total),
  });
  expect(snapshot.locations.length).toBe(150);
});

test('it stops when aborted', async () => {
  const controller = new AbortController();
  const reading = read(bytes, {signal: controller.signal});
  controller.abort(new Error('enough'));
  await expect(reading).rejects.toThrow('enough');
});
