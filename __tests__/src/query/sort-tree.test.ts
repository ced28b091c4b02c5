import {expect, it} from 'vitest';
import {deriveTree} from '../../../src/query/derive-tree.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {createNaming} from '../../../src/query/naming.js';
import {SORT_KEYS} from '../../../src/query/tree-query.js';
import {ELIDED} from '../../../src/tree/call-tree.js';
import {compareSnapshots} from '../../helpers/compared-locations.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

it.each(SORT_KEYS)('the row of what is below the cut comes last in the order by %s, wherever it was', key => {
  const base = parseSnapshot(`
    main app.py:1
      load data.py:2 300
      save data.py:3 200
      send data.py:4 100
  `);
  const snapshot = compareSnapshots([parseSnapshot('other app.py:9 0')], [base]);
  const query = parseQuery(`biggest:1 sort:${key}`);
  const {tree} = deriveTree(snapshot, query, {naming: createNaming(snapshot), wholePeak: true});
  const rows = tree.getChildren(0);
  expect(rows.map(row => tree.flags[row]! & ELIDED)).toEqual([0, 0, ELIDED]);
});
