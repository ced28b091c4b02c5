import {describe, expect, it} from 'vitest';
import {createKeymap} from '../../../src/commands/keymap.js';
import {formatQuery} from '../../../src/query/grammar/format-query.js';
import {createTreeStore, type TreeStore} from '../../../src/session/create-tree-store.js';
import {findMenuItem} from '../../../src/store/menu-actions.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const SNAPSHOT = parseSnapshot(`
  main /app/cli.py:3
    load /app/data.py:12 500
    build /app/index.py:40 400 @0x3 (c)
`);

const openStore = () => createTreeStore({snapshot: SNAPSHOT, columns: 120, rows: 24});

function press(store: TreeStore, ...keys: readonly string[]): void {
  const keymap = createKeymap();
  for (const key of keys) store.actions.press(key, keymap);
}

const getQuery = (store: TreeStore): string => formatQuery(store.getState().query);

/** Clicks on the item with this text. */
function clickItem(store: TreeStore, text: string): void {
  const index = store.getState().menuItems.findIndex(item => item.text === text);
  expect(index, text).toBeGreaterThanOrEqual(0);
  store.actions.clickAt(5, index + 1);
}

describe('the right button', () => {
  it('selects the row under it and opens its steps, without expanding it', () => {
    const store = openStore();
    store.actions.clickAt(60, 2, 'right');
    const {menu, cursorRow, rows, filtered, cursorNode} = store.getState();
    expect(menu?.kind).toBe('row');
    expect([cursorRow, rows.length, filtered.tree.getNode(cursorNode).function]).toEqual([2, 4, 'load']);
    expect(store.getState().menuItems[1]?.text).toBe('root fn:=load');
  });

  it('does nothing beside the rows, in the source, and while a filter is typed', () => {
    const store = openStore();
    store.actions.clickAt(10, 15, 'right');
    store.actions.clickAt(100, 2, 'right');
    press(store, 'f', 'l');
    store.actions.clickAt(10, 2, 'right');
    expect(store.getState().menu).toBeNull();
  });

  it('closes a menu', () => {
    const store = openStore();
    store.actions.clickAt(10, 2, 'right');
    store.actions.clickAt(10, 3, 'right');
    expect(store.getState()).toMatchObject({menu: null, cursorRow: 2});
  });

  it('is one of two buttons', () => {
    const click = () => openStore().actions.clickAt(1, 1, 'middle' as 'left');
    expect(click).toThrow('button must be "left" or "right", not "middle"');
  });
});

describe('a click in a menu', () => {
  it('takes a step', () => {
    const store = openStore();
    store.actions.clickAt(10, 2, 'right');
    clickItem(store, 'drop fn:=load');
    expect(getQuery(store)).toBe('drop:fn:=load all');
    expect(store.getState().menu).toBeNull();
  });

  it('runs a command, with the keys in force', () => {
    const keymap = createKeymap({toggleHelp: ['#']});
    const store = openStore();
    for (const key of [':', ...'this help']) store.actions.press(key === ' ' ? 'space' : key, keymap);
    clickItem(store, 'show this help');
    expect(store.getState().help?.keymap).toBe(keymap);
  });

  it('chooses a thread', () => {
    const store = openStore();
    press(store, 't');
    clickItem(store, '0x3 (c)');
    expect(store.getState().shown?.kept.bytes).toBe(400);
  });

  it('only selects what is not possible, so that its reason stays', () => {
    const store = openStore();
    press(store, ':', ...'last');
    clickItem(store, 'take the last step back');
    const {menu, menuItems} = store.getState();
    expect(menuItems[menu!.index]?.detail).toContain('There is no step to take back');
  });

  it('loads what is selected by written steps', () => {
    const asked: unknown[] = [];
    const store = createTreeStore({
      snapshot: SNAPSHOT,
      columns: 80,
      rows: 24,
      onSelectView: view => asked.push(view),
    });
    press(store, ':', ...'leaks');
    clickItem(store, 'apply leaks');
    expect(asked).toEqual([{kind: 'leaks'}]);
  });

  it('finds the item that is drawn there, also where the menu is scrolled', () => {
    const store = openStore();
    press(store, ':', 'end');
    const {menuItems, layout} = store.getState();
    const rows = layout!.status.row - 1;
    expect(findMenuItem(store.getState(), 1)).toBe(menuItems.length - rows);
    expect(findMenuItem(store.getState(), rows)).toBe(menuItems.length - 1);
    expect(findMenuItem(store.getState(), 0)).toBeNull();
    expect(findMenuItem(store.getState(), rows + 1)).toBeNull();
  });

  it('closes it beside the items, and does nothing on the title', () => {
    const store = openStore();
    press(store, ';');
    store.actions.clickAt(3, 0);
    expect(store.getState().menu).not.toBeNull();
    store.actions.clickAt(3, 20);
    expect(store.getState()).toMatchObject({menu: null, cursorRow: 0});
    expect(getQuery(store)).toBe('all');
  });
});

it('the wheel goes through an open menu, no further than its ends', () => {
  const store = openStore();
  store.actions.clickAt(10, 2, 'right');
  const getIndex = () => store.getState().menu?.index;
  store.actions.wheelAt(3, 3, 3);
  expect(getIndex()).toBe(3);
  store.actions.wheelAt(3, 3, 99);
  expect(getIndex()).toBe(store.getState().menuItems.length - 1);
  store.actions.wheelAt(3, 3, -99);
  expect(getIndex()).toBe(0);
});
