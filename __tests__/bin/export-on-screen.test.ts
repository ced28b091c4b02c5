import {expect, test} from 'vitest';
import {exportOnScreen} from '../../bin/export-on-screen.js';
import {parseQuery} from '../../src/query/grammar/parse-query.js';
import {createTreeStore} from '../../src/session/create-tree-store.js';
import {parseSnapshot} from '../helpers/tree-text.js';

test.each(['places', 'alloc:malloc', 'size:1kB.. inverted', 'stats'])(
  'a view that waits for another reading is not exported: %s',
  async written => {
    const snapshot = parseSnapshot('main app.py:1 100');
    const store = createTreeStore({snapshot, query: parseQuery(written), columns: 100, rows: 30});
    const note = await exportOnScreen(store.getState(), {format: 'csv', file: 'results.csv'}, []);
    expect(note).toMatch(/nothing to export yet|Statistics/);
  },
);
