import {expect, it} from 'vitest';
import {ComparedRuns} from '../../../../src/heap/compared-runs.js';
import {NO_RENAMES} from '../../../../src/heap/frame-renames.js';
import type {Snapshot} from '../../../../src/heap/snapshot.js';
import {runTreeQuery} from '../../../helpers/run-query.js';
import {parseSnapshot} from '../../../helpers/tree-text.js';

// Each capture is looked at as by itself, whatever the other one was recorded with.

function compare(compared: Snapshot, base: Snapshot, written: string) {
  const runs = new ComparedRuns(NO_RENAMES);
  runs.add({name: 'new.bin', snapshot: compared}, false);
  runs.add({name: 'base.bin', snapshot: base}, true);
  const {kept, base: ofBase} = runTreeQuery(runs.finish(), written);
  return [kept.bytes, ofBase!.kept.bytes];
}

it('the standard library is that of either capture', () => {
  const open = (libdest: string, bytes: number) =>
    parseSnapshot(`main /app/app.py:1\n  loads ${libdest}/json/__init__.py:3 ${bytes}`, {
      capture: {libdest, sysPath: ['/app', libdest]},
    });
  const [newer, older] = [open('/usr/lib/python3.13', 700), open('/opt/python3.9/lib', 500)];
  expect(compare(newer, older, 'module:=app')).toEqual([700, 500]);
  expect(compare(older, newer, 'module:=app')).toEqual([500, 700]);
});

it('small-object pools have the size that the Python of each capture maps', () => {
  const open = (pythonVersion: string): Snapshot => {
    const snapshot = parseSnapshot('main app.py:1 1310720 x2', {capture: {pythonVersion}});
    const blocks = {
      length: 2,
      location: Int32Array.of(0, 0),
      allocator: Uint8Array.of(14, 14),
      size: Float64Array.of(2 ** 18, 2 ** 20),
      count: Float64Array.of(1, 1),
    };
    return {...snapshot, blocks};
  };
  expect(compare(open('3.12.1'), open('3.9.2'), 'hide:pools')).toEqual([2 ** 18, 2 ** 20]);
  expect(compare(open('3.9.2'), open('3.12.1'), 'hide:pools')).toEqual([2 ** 20, 2 ** 18]);
});
