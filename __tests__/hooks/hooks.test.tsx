import {Text} from 'ink';
import {expect, test} from 'vitest';
import {TreeStoreProvider, useTreeStore} from '../../hooks/tree-store-context.js';
import {useKeymap} from '../../hooks/use-keymap.js';
import {usePaneLayout} from '../../hooks/use-pane-layout.js';
import {useTreeState} from '../../hooks/use-tree-store.js';
import {useVisibleRows} from '../../hooks/use-visible-rows.js';
import {getPlatform} from '../../src/platform/platform.js';
import {createTreeStore, type TreeStore} from '../../src/session/create-tree-store.js';
import {renderFrame} from '../helpers/render.js';
import {parseSnapshot} from '../helpers/tree-text.js';

const SNAPSHOT = parseSnapshot('main a.py:1\n  load a.py:2 5\n  build a.py:3\n    row a.py:4 3');

/** A tree as somebody else would draw it. */
function Plain({height}: {height: number}) {
  const store = useTreeStore();
  useKeymap({store, scope: 'tree'});
  const {rows} = useVisibleRows(store, 40, height);
  const lines = rows.map(
    ({label, depth, fold, isSelected}) =>
      `${isSelected ? '*' : ' '}${' '.repeat(depth)}${label.function} ${fold}`,
  );
  return <Text>{lines.join('\n')}</Text>;
}

test('rows and keys without our components', async () => {
  const store = createTreeStore({snapshot: SNAPSHOT});
  const app = renderFrame(
    <TreeStoreProvider store={store}>
      <Plain height={3} />
    </TreeStoreProvider>,
  );
  await app.press('down', 'down', 'down');
  expect(app.frame()).toBe('  main open\n   load leaf\n*  build closed');
});

function Layout({store}: {readonly store: TreeStore}) {
  return <Text>{usePaneLayout(store).kind}</Text>;
}

test('the layout follows the terminal, and the store knows its size', async () => {
  const store = createTreeStore({snapshot: SNAPSHOT});
  const app = renderFrame(<Layout store={store} />, {columns: 120, rows: 40});
  await app.settle();
  expect([app.frame(), store.getState().screen]).toEqual(['side-by-side', {columns: 120, rows: 40}]);
  await app.resize(50, 40);
  expect([app.frame(), store.getState().screen]).toEqual(['single', {columns: 50, rows: 40}]);
});

function LayoutOn({store, system}: {readonly store: TreeStore; readonly system: string}) {
  const {rows, status} = usePaneLayout(store, {}, getPlatform(system));
  return <Text>{`${rows} ${status.row + status.height}`}</Text>;
}

test.each([
  ['linux', 40, '40 40'],
  ['win32', 40, '39 39'],
  ['win32', 1, '1 1'],
])('on %s a screen of %i rows is filled as far as it may be', async (system, rows, expected) => {
  const store = createTreeStore({snapshot: SNAPSHOT});
  const app = renderFrame(<LayoutOn store={store} system={system} />, {columns: 120, rows});
  await app.settle();
  expect(app.frame()).toBe(expected);
});

interface FocusProps {
  readonly store: TreeStore;
  readonly onRender: () => void;
}

function Focus({store, onRender}: FocusProps) {
  onRender();
  return <Text>{useTreeState(store, state => state.focus)}</Text>;
}

test('a part of the state renders again only when it changes', async () => {
  const store = createTreeStore({snapshot: SNAPSHOT});
  let renders = 0;
  const countRender = () => {
    renders++;
  };
  const app = renderFrame(<Focus store={store} onRender={countRender} />);
  store.actions.run('moveDown');
  await app.settle();
  expect([renders, app.frame()]).toEqual([1, 'tree']);
  store.actions.run('switchFocus');
  await app.settle();
  expect([renders, app.frame()]).toEqual([2, 'source']);
});
