import {Box} from 'ink';
import {expect, test} from 'vitest';
import {SourcePanel} from '../../components/SourcePanel.js';
import {StatusBar} from '../../components/StatusBar.js';
import {TreeView} from '../../components/TreeView.js';
import {TreeStoreProvider} from '../../hooks/tree-store-context.js';
import {createTreeStore, type TreeStore} from '../../src/session/create-tree-store.js';
import {loadCapture} from '../../src/session/load-capture.js';
import {renderFrame} from '../helpers/render.js';
import {parseSnapshot} from '../helpers/tree-text.js';

// Widgets of a store without a tree: each says why, whichever of them the host shows.

function renderAll(store: TreeStore) {
  return renderFrame(
    <TreeStoreProvider store={store}>
      <Box flexDirection="column" width={50}>
        <Box>
          <TreeView width={25} height={3} />
          <SourcePanel width={25} height={3} />
        </Box>
        <StatusBar width={50} />
      </Box>
    </TreeStoreProvider>,
  );
}

test('nothing was loaded', async () => {
  const app = renderAll(createTreeStore());
  await app.press('down', 'e');
  expect(app.frame()).toMatchInlineSnapshot(`
    "Nothing is loaded yet.   Nothing is loaded yet.


    nothing loaded
    i Hide import system  u Show uninteresting"
  `);
});

test('a capture is being read', async () => {
  const store = createTreeStore();
  store.actions.startLoad('a.bin');
  const app = renderAll(store);
  await app.settle();
  expect(app.frame()).toMatchInlineSnapshot(`
    "Reading the capture      Reading the capture


    reading  peak · a.bin · shown 0.000B
    i Hide import system  u Show uninteresting"
  `);
});

test('a capture could not be read', async () => {
  const store = createTreeStore();
  await loadCapture(store, '/no/such/results.bin');
  const app = renderAll(store);
  await app.settle();
  expect(app.frame()).toMatchInlineSnapshot(`
    "/no/such/results.bin: no /no/such/results.bin: no
    such file                such file

    /no/such/results.bin: no such file
    peak · /no/such/results.bin
    i Hide import system  u Show uninteresting"
  `);
  store.actions.setTree({name: 'src', value: 5});
  await app.settle();
  expect(app.frame()).toMatchInlineSnapshot(`
    "❯ 5.000B   src
                             ─────────────────────────
                             📦 Value: 5.000B
    total 5.000B
    / Search"
  `);
});

test('a tree that was there stays when a reload fails', async () => {
  const store = createTreeStore({snapshot: parseSnapshot('main a.py:1 5'), name: 'a.bin'});
  await loadCapture(store, '/no/such/a.bin');
  const app = renderAll(store);
  await app.settle();
  expect(app.frame()).toMatch(/^❯ 5\.000B /);
  expect(app.frame()).toContain('/no/such/a.bin: no such file');
});
