import {describe, expect, it} from 'vitest';
import {gather} from '../../../src/base/gather.js';

describe('gather', () => {
  it('joins pieces until they are long enough', () => {
    expect([...gather(['ab', 'c', 'def', '', 'g'], 3)]).toEqual(['abc', 'def', 'g']);
  });

  it('makes nothing of nothing', () => {
    expect([...gather([])]).toEqual([]);
    expect([...gather(['', ''])]).toEqual([]);
  });
});
