import {describe, expect, it} from 'vitest';
import {NodeIndex} from '../../../src/base/node-index.js';

describe('NodeIndex', () => {
  it('finds each node by its parent and frame, through all its growing', () => {
    const count = 10_000;
    const prefix = Int32Array.from({length: count}, (_, node) => node % 100);
    const frame = Int32Array.from({length: count}, (_, node) => Math.floor(node / 100));
    const index = new NodeIndex();
    for (let node = 0; node < count; node++) index.add(prefix, frame, node);
    for (let node = 0; node < count; node++) {
      expect(index.get(prefix, frame, node % 100, Math.floor(node / 100))).toBe(node);
    }
    expect(index.get(prefix, frame, 100, 0)).toBe(-1);
  });

  it('distinguishes pairs that share a number', () => {
    const [prefix, frame] = [Int32Array.of(1), Int32Array.of(2)];
    const index = new NodeIndex();
    index.add(prefix, frame, 0);
    expect(index.get(prefix, frame, 2, 1)).toBe(-1);
    expect(index.get(prefix, frame, 1, 1)).toBe(-1);
    expect(index.get(prefix, frame, 1, 2)).toBe(0);
  });
});
