import {describe, expect, it} from 'vitest';
import {countHeld, cutSnapshot} from '../../../src/heap/cut-snapshot.js';
import {mergeSnapshots} from '../../../src/heap/merge-snapshots.js';
import {toPlainLocations} from '../../helpers/read-snapshot.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const SNAPSHOT = parseSnapshot(`
  main app.py:1 500 x5, 40
    load app.py:2 300 x3
  ! 2 locations 3 allocations 20 bytes
`);

describe('cutSnapshot', () => {
  it('keeps the biggest locations and adds the others to what is elided', () => {
    const cut = cutSnapshot(SNAPSHOT, 2);
    expect(toPlainLocations(cut).map(({bytes}) => bytes)).toEqual([500, 300]);
    expect(cut.elided).toEqual({locations: 3, allocations: 4, bytes: 60});
  });

  it('is the snapshot itself where there are no more', () => {
    expect(cutSnapshot(SNAPSHOT, 3)).toBe(SNAPSHOT);
  });

  it('keeps so many of each of several captures, as if each had been cut by itself', () => {
    const other = parseSnapshot('main b.py:1 70, 60, 50');
    const merge = (isMerged: boolean, parts: readonly (typeof SNAPSHOT)[]) =>
      mergeSnapshots(
        parts.map((snapshot, index) => ({name: `${index}.bin`, snapshot})),
        {isMerged, biggestAllocs: Infinity},
      );
    const cut = cutSnapshot(merge(false, [SNAPSHOT, other]), 2);
    const each = merge(false, [cutSnapshot(SNAPSHOT, 2), cutSnapshot(other, 2)]);
    expect(toPlainLocations(cut)).toEqual(toPlainLocations(each));
    expect(cut.elided).toEqual(each.elided);
    expect(toPlainLocations(cutSnapshot(merge(true, [SNAPSHOT, other]), 2)).map(({bytes}) => bytes)).toEqual([
      500, 300,
    ]);
  });
});

describe('countHeld', () => {
  it('is how many of the biggest locations there are, of several captures of each that has more', () => {
    const whole = parseSnapshot('main b.py:1 70');
    const merge = (parts: readonly (typeof SNAPSHOT)[]) =>
      mergeSnapshots(
        parts.map((snapshot, index) => ({name: `${index}.bin`, snapshot})),
        {isMerged: false, biggestAllocs: Infinity},
      );
    expect(countHeld(SNAPSHOT)).toBe(3);
    expect(countHeld(whole)).toBe(Infinity);
    expect(countHeld(merge([SNAPSHOT, whole, SNAPSHOT]))).toBe(3);
    expect(countHeld(merge([whole, whole]))).toBe(Infinity);
  });
});
