import {describe, expect, it} from 'vitest';
import {buildCallTree} from '../../../src/tree/from-snapshot.js';
import {
  flattenGolden,
  flattenTree,
  type GoldenRecords,
  type GoldenTree,
  listGoldens,
  readGolden,
  snapshotFromRecords,
} from '../../helpers/golden-tree.js';

const CASES = listGoldens('records').flatMap(name =>
  ['tree', 'b10', 'b0'].map(kind => ({name, kind, golden: readGolden<GoldenTree>(name, kind)})),
);

describe('the tree of aggregated locations is that of memray', () => {
  it.each(CASES.filter(({golden}) => golden !== null))('$name, $kind', ({name, golden}) => {
    const {options, tree} = golden!;
    const snapshot = snapshotFromRecords(readGolden<GoldenRecords>(name, 'records')!, options.biggestAllocs);
    expect(flattenTree(buildCallTree(snapshot, {wholePeak: true}))).toEqual(flattenGolden(tree));
  });
});
