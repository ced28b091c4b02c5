import type {Snapshot} from '../../src/heap/snapshot.js';
import {createCaptureInfo} from './snapshot-builder.js';

/**
 * A snapshot of many stack nodes, made without the slow builder: frame `index` is `f{index}` in line 1 of
 * app.py.
 */
function createSnapshot(prefix: Int32Array, stack: Int32Array): Snapshot {
  const length = prefix.length;
  const ascending = Int32Array.from(prefix, (_, index) => index);
  return {
    capture: createCaptureInfo(),
    view: {kind: 'peak'},
    locations: {
      length: stack.length,
      bytes: new Float64Array(stack.length).fill(100),
      allocations: new Float64Array(stack.length).fill(1),
      thread: new Int32Array(stack.length),
      stack,
    },
    stacks: {length, prefix, frame: ascending},
    frames: {
      length,
      function: ascending,
      file: new Int32Array(length).fill(length),
      line: new Int32Array(length).fill(1),
    },
    strings: [...Array.from(prefix, (_, index) => `f${index}`), 'app.py'],
    threads: [{label: '0x1'}],
    elided: {locations: 0, allocations: 0, bytes: 0},
  };
}

/** One stack of this depth; 100 bytes each at its end, in its middle and at its start. */
export function chainSnapshot(depth: number): Snapshot {
  const prefix = Int32Array.from({length: depth}, (_, index) => index - 1);
  return createSnapshot(prefix, Int32Array.of(depth - 1, depth >> 1, 0));
}

/** A stack of this depth with a location of one byte at each of its nodes: inverted, it has depth² / 2 nodes. */
export function stairsSnapshot(depth: number): Snapshot {
  const chain = chainSnapshot(depth);
  return {
    ...chain,
    locations: {
      length: depth,
      bytes: new Float64Array(depth).fill(1),
      allocations: new Float64Array(depth).fill(1),
      thread: new Int32Array(depth),
      stack: Int32Array.from({length: depth}, (_, index) => index),
    },
  };
}

/** Stacks one frame deep: so many children of the root, 100 bytes each. */
export function fanSnapshot(width: number): Snapshot {
  return createSnapshot(
    new Int32Array(width).fill(-1),
    Int32Array.from({length: width}, (_, index) => index),
  );
}
