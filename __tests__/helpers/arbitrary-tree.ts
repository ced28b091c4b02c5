import fc from 'fast-check';
import type {Snapshot} from '../../src/heap/snapshot.js';
import type {CallTree} from '../../src/tree/call-tree.js';
import {buildCallTree} from '../../src/tree/from-snapshot.js';
import {buildSnapshot, type FrameTuple} from './snapshot-builder.js';

// Few frames, so that much of it merges; some of the import system, uninteresting, or the interpreter's own.
const FRAMES: readonly FrameTuple[] = [
  ['main', 'app.py', 1],
  ['load', 'app.py', 2],
  ['module', 'lib/data.py', 1],
  ['_load', '<frozen importlib._bootstrap>', 5],
  ['run', 'runpy.py', 1],
  ['_PyEval_Vector', 'Python/ceval.c', 9],
];

/** Snapshots of up to 30 locations, some of which are elided. */
export function arbitrarySnapshot(): fc.Arbitrary<Snapshot> {
  const location = fc.record({
    stack: fc.array(fc.constantFrom(...FRAMES), {maxLength: 8}),
    bytes: fc.integer({min: 0, max: 5}),
    allocations: fc.integer({min: 1, max: 3}),
    thread: fc.constantFrom('0x1', '0x2 (worker)'),
  });
  const elided = fc.constantFrom(
    {locations: 0, allocations: 0, bytes: 0},
    {locations: 3, allocations: 4, bytes: 2},
  );
  return fc
    .tuple(fc.array(location, {maxLength: 30}), elided)
    .map(([locations, rest]) => buildSnapshot(locations, {elided: rest}));
}

/** Trees of such snapshots, with and without an elided node. */
export function arbitraryTree(): fc.Arbitrary<CallTree> {
  return fc
    .tuple(arbitrarySnapshot(), fc.boolean())
    .map(([snapshot, wholePeak]) => buildCallTree(snapshot, {wholePeak}));
}
