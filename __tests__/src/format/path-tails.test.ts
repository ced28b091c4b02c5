import {describe, expect, it} from 'vitest';
import {shortenPaths} from '../../../src/format/path-tails.js';

describe('shortenPaths', () => {
  it.each([
    [['a.bin'], ['a.bin']],
    [['/runs/a.bin'], ['a.bin']],
    [
      ['/runs/base/1.bin', '/runs/new/1.bin'],
      ['base/1.bin', 'new/1.bin'],
    ],
    [
      ['x/base/1.bin', 'y/base/1.bin', 'y/base/2.bin'],
      ['x/base/1.bin', 'y/base/1.bin', '2.bin'],
    ],
    [
      ['1.bin', 'new/1.bin'],
      ['1.bin', 'new/1.bin'],
    ],
    [
      ['/1.bin', '1.bin'],
      ['/1.bin', '1.bin'],
    ],
    [
      ['a/1.bin', 'a/1.bin'],
      ['1.bin', '1.bin'],
    ],
    [
      ['-', 'folder/'],
      ['-', 'folder/'],
    ],
    [[], []],
  ])('of %j is %j', (paths, tails) => {
    expect(shortenPaths(paths)).toEqual(tails);
  });
});
