import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {View} from '../../../src/heap/snapshot.js';
import {arbitraryRecords} from '../../helpers/arbitrary-records.js';
import {writeCapture} from '../../helpers/capture-writer.js';
import {parseWithBlocks, toPlainBlocks, toPlainLocations} from '../../helpers/read-snapshot.js';
import {replay} from '../../helpers/reference-heap.js';

const views: View[] = [
  {kind: 'peak'},
  {kind: 'leaks'},
  {kind: 'temporary', threshold: 1},
  {kind: 'temporary', threshold: 3},
  {kind: 'allocated'},
];

describe.each(views)('$kind $threshold', view => {
  test.each([6, 7, 8, 11, 12, 13])(
    'version %i: blocks of any records are those of a plain replay',
    version => {
      fc.assert(
        fc.property(arbitraryRecords, fc.integer({min: 1, max: 40}), (records, pieceBytes) => {
          const bytes = writeCapture(records, {version});
          const snapshot = parseWithBlocks(bytes, {view, biggestAllocs: 1000}, [pieceBytes]);
          const expected = replay(records, view);
          expect(toPlainLocations(snapshot)).toEqual(expected.locations);
          expect(toPlainBlocks(snapshot)).toEqual(expected.blocks);
        }),
        {numRuns: 60},
      );
    },
  );
});
