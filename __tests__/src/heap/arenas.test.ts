import {expect, test} from 'vitest';
import {getArenaBytes} from '../../../src/heap/arenas.js';
import {createCaptureInfo} from '../../helpers/snapshot-builder.js';

test.each([
  ['Python 3.10 and newer: 1 MiB', {pythonVersion: '3.10.0'}, 2 ** 20],
  ['older ones: 256 KiB', {pythonVersion: '3.9.18'}, 2 ** 18],
  ['also with its debug hooks', {pythonAllocator: 'pymalloc debug'}, 2 ** 20],
  ['not where the objects are recorded instead', {tracePythonAllocators: true}, null],
  ['not with another allocator', {pythonAllocator: 'malloc'}, null],
  ['not where the version is not known', {pythonVersion: null}, null],
])('%s', (_, capture, expected) => {
  expect(getArenaBytes(createCaptureInfo(capture))).toBe(expected);
});

test('of several captures only where all have the same', () => {
  const toPart = (pythonVersion: string) => ({
    ...{name: pythonVersion, failure: null, heldLocations: 1},
    capture: createCaptureInfo({pythonVersion}),
  });
  const get = (...versions: string[]) => getArenaBytes(createCaptureInfo({parts: versions.map(toPart)}));
  expect(get('3.12.1', '3.10.2')).toBe(2 ** 20);
  expect(get('3.12.1', '3.9.2')).toBeNull();
});
