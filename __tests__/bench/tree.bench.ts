import {describe, test} from 'vitest';
import type {Snapshot} from '../../src/heap/snapshot.js';
import {createNaming} from '../../src/query/naming.js';
import {searchTree} from '../../src/query/search-tree.js';
import {filterCallTree} from '../../src/tree/filter.js';
import {buildCallTree} from '../../src/tree/from-snapshot.js';
import {computeVisibleRows} from '../../src/tree/visible-rows.js';
import {chainSnapshot, fanSnapshot} from '../helpers/large-trees.js';

const NODES = 100_000;
const shapes = [
  ['a fan', hideSome(fanSnapshot(NODES))],
  ['a chain', hideSome(chainSnapshot(NODES))],
] as const;

/** Every tenth frame is an uninteresting one, so that filters have work to do. */
function hideSome(snapshot: Snapshot): Snapshot {
  const {frames, strings} = snapshot;
  const file = frames.file.map((its, frame) => (frame % 10 === 9 ? strings.length : its));
  return {...snapshot, frames: {...frames, file}, strings: [...strings, 'runpy.py']};
}

describe.each(shapes)(`${NODES} nodes in %s`, (_, snapshot) => {
  const tree = buildCallTree(snapshot, {wholePeak: false});
  const isOpen = new Uint8Array(tree.length).fill(1);
  const naming = createNaming(snapshot);

  test('the way to rows', async ({bench}) => {
    await bench.compare(
      bench('build the call tree', () => {
        buildCallTree(snapshot, {wholePeak: false});
      }),
      bench('filter', () => {
        filterCallTree(tree, {hideImportSystem: true, hideUninteresting: true});
      }),
      bench('find visible rows', () => {
        computeVisibleRows(tree, isOpen);
      }),
      bench('search', () => {
        searchTree(tree, {field: 'any', patterns: [{kind: 'part', text: 'f99'}]}, naming);
      }),
    );
  });
});
