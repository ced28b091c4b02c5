import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {exportOnScreen} from '../../bin/export-on-screen.js';
import {parseQuery} from '../../src/query/grammar/parse-query.js';
import {createTreeStore} from '../../src/session/create-tree-store.js';
import {compareSnapshots} from '../helpers/compared-locations.js';
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

test('says that numbers are medians, and what is not in the file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'export-on-screen-'));
  const file = join(folder, 'results.csv');
  try {
    const runs = [10, 20, 40].map(bytes => parseSnapshot(`main app.py:1 ${bytes}`));
    const snapshot = compareSnapshots(runs.slice(1), runs.slice(0, 1));
    const cut = {...snapshot, elided: {locations: 3, allocations: 3, bytes: 9}};
    const store = createTreeStore({snapshot: cut, columns: 100, rows: 30});
    const note = await exportOnScreen(store.getState(), {format: 'csv', file}, []);
    expect(note).toBe(
      `Exported the biggest locations of each capture to ${file}; --export csv writes all; ` +
        'the numbers are medians of 2 captures, those of the base of 1 capture',
    );
    expect(readFileSync(file, 'utf8')).toContain('\n');
  } finally {
    rmSync(folder, {recursive: true});
  }
});
