import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';
import {pathToFileURL} from 'node:url';
import {afterAll, expect, test} from 'vitest';
import {App} from '../../components/App.js';
import {SourcePanel} from '../../components/SourcePanel.js';
import {TreeView} from '../../components/TreeView.js';
import type {CaptureInput} from '../../src/reader/capture-input.js';
import {createTreeStore, type TreeStoreOptions} from '../../src/session/create-tree-store.js';
import {loadCapture} from '../../src/session/load-capture.js';
import {renderFrame} from '../../src/testing.js';
import {writeCapture} from '../helpers/capture-writer.js';

// A folder beside the current one, with a capture, a script that was recorded by its name, and a module by its path.
const folder = mkdtempSync(join(tmpdir(), 'host-sources-'));
const capture = join(folder, 'run.bin');
const bytes = writeCapture(
  [
    {type: 'thread', id: 1},
    {type: 'code', id: 1, function: 'main', file: 'prog.py', firstLine: 1},
    {type: 'code', id: 2, function: 'load', file: join(folder, 'parts/load.py'), firstLine: 1},
    {type: 'push', code: 1},
    {type: 'push', code: 2},
    {type: 'allocate', address: 8, size: 100},
  ],
  // Frames have their lines without a table.
  {version: 11},
);
mkdirSync(join(folder, 'parts'));
writeFileSync(capture, bytes);
writeFileSync(join(folder, 'prog.py'), 'def main(): pass  # of the script\n');
writeFileSync(join(folder, 'parts/load.py'), 'def load(): pass\n');
afterAll(() => rmSync(folder, {recursive: true}));

async function load(source: CaptureInput, options: TreeStoreOptions = {}) {
  const store = createTreeStore({columns: 100, rows: 20, ...options});
  await loadCapture(store, source);
  store.actions.run('moveDown');
  return store;
}

test.each([
  ['a path', capture],
  ['a relative path', relative(process.cwd(), capture)],
  ['a URL', pathToFileURL(capture)],
])('sources are searched in the folder of %s', async (_, source) => {
  const store = await load(source);
  const app = renderFrame(<App store={store} columns={100} rows={20} />, {columns: 100, rows: 20});
  await expect.poll(() => app.frame()).toContain('# of the script');
  app.unmount();
  const panel = renderFrame(<SourcePanel store={store} width={60} height={12} />, {columns: 60, rows: 12});
  await expect.poll(() => panel.frame()).toContain('# of the script');
  panel.unmount();
});

test('unless the app says that the capture is in no folder', async () => {
  const store = await load(capture);
  const places = {captureDirectory: null};
  const app = renderFrame(<SourcePanel store={store} places={places} width={60} height={12} />, {
    columns: 60,
    rows: 12,
  });
  await expect.poll(() => app.frame()).toContain('not found');
  app.unmount();
});

test('of bytes there is no folder', async () => {
  const store = await load(bytes);
  expect(store.getState().captureDirectory).toBeNull();
  expect(store.getState().moduleFolders).toEqual([]);
});

test('modules have names relative to the folder, or to those that the app names', async () => {
  const draw = async (options?: TreeStoreOptions) => {
    const app = renderFrame(<TreeView store={await load(capture, options)} width={80} height={6} />, {
      columns: 80,
      rows: 6,
    });
    const frame = app.frame();
    app.unmount();
    return frame;
  };
  expect(await draw()).toContain('load  parts.load:1');
  expect(await draw({moduleFolders: [join(folder, 'parts')]})).toMatch(/load {2}load:1/);
  expect(await draw({moduleFolders: []})).toContain('parts/load.py:1');
});

test('a tree of the app has no folder', async () => {
  const store = await load(capture);
  store.actions.setTree({name: 'own', value: 1});
  expect(store.getState().captureDirectory).toBeNull();
});
