import {expect, it} from 'vitest';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {createNaming} from '../../../src/query/naming.js';
import {showSnapshot} from '../../../src/query/show-snapshot.js';
import type {TreeQuery} from '../../../src/query/tree-query.js';
import {NO_FILTERS} from '../../../src/tree/filter.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

function openViews() {
  const snapshot = parseSnapshot(`
    main app.py:1
      load app.py:2 500
  `);
  const naming = createNaming(snapshot);
  return (query: TreeQuery, filters = NO_FILTERS) =>
    showSnapshot(snapshot, {query, filters, wholePeak: false, naming});
}

it('the views shown last are there still', () => {
  const show = openViews();
  const [plain, zoomed] = [parseQuery('all'), parseQuery('root:load')];
  const [first, second] = [show(plain), show(zoomed)];
  expect(show({...plain})).toBe(first);
  expect(show({...zoomed, steps: [...zoomed.steps]})).toBe(second);
});

it('views that differ in anything are others', () => {
  const show = openViews();
  const query = parseQuery('root:load');
  const shown = show(query);
  expect(show({...query, sort: 'own'})).not.toBe(shown);
  expect(show({...query, biggest: 1})).not.toBe(shown);
  expect(show(query, {...NO_FILTERS, hideImportSystem: true})).not.toBe(shown);
});

it('only a few are kept', () => {
  const show = openViews();
  const queries = [1, 2, 3, 4, 5].map(biggest => ({...parseQuery('root:load'), biggest}));
  const shown = queries.map(query => show(query));
  expect(show(queries[4]!)).toBe(shown[4]);
  expect(show(queries[0]!)).not.toBe(shown[0]);
});
