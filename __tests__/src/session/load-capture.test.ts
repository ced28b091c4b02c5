import {beforeEach, describe, expect, test} from 'vitest';
import {createTreeStore, type TreeStore} from '../../../src/session/create-tree-store.js';
import {loadCapture} from '../../../src/session/load-capture.js';
import {explainNoLines} from '../../../src/store/lives.js';
import {fixturesDirectory} from '../../helpers/captures.js';

const NESTED = `${fixturesDirectory}/nested.bin`;
const IMPORTS = `${fixturesDirectory}/imports.bin`;

describe('the course of a run and its states', () => {
  let store: TreeStore;
  beforeEach(() => {
    store = createTreeStore({columns: 120, rows: 30});
  });
  const load = (path: string, options?: Parameters<typeof loadCapture>[2]) =>
    loadCapture(store, path, options);

  test('are not kept unless a load asks for them', async () => {
    await load(NESTED);
    expect(store.getState()).toMatchObject({status: 'done', history: null, timeline: null});
    expect(explainNoLines(store.getState())).toBe('No states over time were kept of this capture');
  });

  test('are there for the strip and for lines in rows', async () => {
    await load(NESTED, {history: true, biggestAllocs: 1e9});
    const {history, timeline} = store.getState();
    expect(history!.open().cells.length).toBe(timeline!.cells.length);
    expect(timeline!.cells.length).toBeGreaterThan(0);
    expect(explainNoLines(store.getState())).toBeNull();
  });

  test('come with a moment as well', async () => {
    await load(NESTED, {history: true, view: {kind: 'moment', at: {kind: 'allocations', count: 300}}});
    const {history, timeline, view} = store.getState();
    expect([history, timeline, view.kind]).toEqual([expect.anything(), expect.anything(), 'moment']);
  });

  test('stay for another view of the same capture, and go with it', async () => {
    await load(NESTED, {history: true});
    const {history} = store.getState();
    await load(NESTED, {view: {kind: 'temporary', threshold: 1}});
    expect(store.getState().history).toBe(history);
    const loading = load(IMPORTS);
    expect(store.getState().history).toBeNull();
    await loading;
    expect(store.getState()).toMatchObject({status: 'done', history: null, timeline: null});
  });

  test('are those of the load that a listener begins at the end of another one', async () => {
    let second: Promise<void> | undefined;
    store.subscribe(({status}) => {
      if (status === 'done') second ??= load(IMPORTS);
    });
    await load(NESTED, {history: true});
    await second;
    expect(store.getState()).toMatchObject({name: IMPORTS, history: null});
  });
});
