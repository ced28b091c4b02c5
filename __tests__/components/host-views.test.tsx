import {afterEach, beforeEach, expect, test} from 'vitest';
import {App} from '../../components/App.js';
import {createTreeStore, type TreeStore} from '../../src/session/create-tree-store.js';
import {loadCapture} from '../../src/session/load-capture.js';
import {renderFrame} from '../../src/testing.js';
import {projectRoot} from '../helpers/terminal.js';

// The app of docs/embedding.md: what else its keys show is read again from the file.

const options = {biggestAllocs: 1e9, history: true};
const path = `${projectRoot}/examples/newsroom/newsroom.bin`;

let store: TreeStore;
let app: ReturnType<typeof renderFrame>;
beforeEach(async () => {
  store = createTreeStore({
    columns: 120,
    rows: 40,
    onRequestView: view => void loadCapture(store, path, {...options, view}),
  });
  app = renderFrame(<App store={store} columns={120} rows={40} />, {columns: 120, rows: 40});
  await loadCapture(store, path, options);
});
afterEach(() => app.unmount());

test('T shows the course of the run, also after v', async () => {
  await app.press('T');
  await expect.poll(() => app.frame()).toContain('resident memory');
  await app.press('escape', 'v');
  await expect.poll(() => app.frame()).toContain('5.304MB');
  expect(app.frame()).toContain('resident memory');
});

test('O draws lines in the rows, also after v', async () => {
  await app.press('O');
  await expect.poll(() => app.frame()).toMatch(/^.*<ROOT>.*$/m);
  const getLives = () => app.frame().match(/[▁▂▃▄▅▆▇█]{6,}/g)?.length ?? 0;
  await expect.poll(getLives).toBeGreaterThan(5);
  await app.press('v');
  await expect.poll(() => app.frame()).toContain('5.304MB');
  await expect.poll(getLives).toBeGreaterThan(2);
});

test('[ goes to an earlier moment', async () => {
  await app.press('[');
  await expect.poll(() => store.getState().status).toBe('done');
  await expect.poll(() => store.getState().view.kind).toBe('moment');
  expect(store.getState().history).not.toBeNull();
});
