import {describe, expect, test} from 'vitest';
import {selectHints} from '../../../src/commands/hints.js';
import {createKeymap} from '../../../src/commands/keymap.js';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {loadRegexEngine} from '../../../src/query/bounded-regex.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {createTreeStore} from '../../../src/session/create-tree-store.js';
import {selectMatchText} from '../../../src/store/status.js';
import {parseBlocks} from '../../helpers/block-snapshot.js';
import {printRows} from '../../helpers/print-rows.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const TREE = `
  main app.py:1
    load app.py:10 600
    build app.py:20
      Row rows.py:1
        loader util.py:3 50
      reload app.py:9 30
    unload app.py:30 40
`;

function createStore() {
  const store = createTreeStore({snapshot: parseSnapshot(TREE)});
  store.actions.setViewport(60, 20);
  const keymap = createKeymap();
  const press = (...keys: string[]) => {
    for (const key of keys) store.actions.press(key, keymap);
    const {filtered, cursorNode} = store.getState();
    return [filtered.tree.getNode(cursorNode).function, selectMatchText(store.getState())];
  };
  return {store, press};
}

describe('typing', () => {
  test('searches once for keys that come together, as far as they are text', () => {
    const {store} = createStore();
    const queries: string[] = [];
    store.subscribe(({search}) => queries.push(search.query));
    store.actions.pressAll([...'/load', 'backspace', ...'x名', 'enter', ...'jj'], createKeymap());
    expect([...new Set(queries)]).toEqual(['', 'load', 'loa', 'loax名']);
    expect(store.getState().search.isTyping).toBe(false);
  });

  test('takes a command that is urgent out of keys that come together', () => {
    const reasons: string[] = [];
    const store = createTreeStore({onQuit: reason => reasons.push(reason)});
    store.actions.pressAll(['/', 'a', 'ctrl+c', 'b'], createKeymap());
    store.actions.pressAll(['c', '!', 'd'], createKeymap({interrupt: ['!']}));
    expect(reasons).toEqual(['interrupt', 'interrupt']);
    expect(store.getState().search.query).toBe('abcd');
  });

  test('does not let a query grow without an end, nor cuts a character', () => {
    const {store, press} = createStore();
    press('/', 'x');
    store.actions.pressAll(Array<string>(3000).fill('🎉'), createKeymap());
    expect(store.getState().search.query).toBe(`x${'🎉'.repeat(2047)}`);
    press('backspace', 'y');
    expect(store.getState().search.query).toBe(`x${'🎉'.repeat(2046)}y`);
  });

  test('takes every key as text, also those of commands', () => {
    const {store, press} = createStore();
    press('/', 'q', 'j', 'space', '/', '名');
    expect(store.getState().search).toEqual({query: 'qj /名', isTyping: true, before: ''});
    press('backspace', 'delete');
    expect(store.getState().search.query).toBe('qj ');
    press('ctrl+u', 'backspace', 'up', 'x');
    expect(store.getState().search).toEqual({query: 'x', isTyping: true, before: ''});
  });

  test('finds while it goes on, and does not move', () => {
    const {press} = createStore();
    expect(press('/', 'l', 'o', 'a', 'd')).toEqual(['<ROOT>', '4 matches']);
    expect(press('x')).toEqual(['<ROOT>', 'no match']);
  });

  test('Enter goes to the first match from the cursor on', () => {
    const {press} = createStore();
    expect(press('/', 'l', 'o', 'a', 'd', 'enter')).toEqual(['load', '1/4']);
    expect(press('/', 'l', 'o', 'a', 'd', 'enter')).toEqual(['load', '1/4']);
  });

  test('Esc ends the search', () => {
    const {store, press} = createStore();
    expect(press('/', 'l', 'escape')).toEqual(['<ROOT>', '']);
    expect(store.getState().search).toEqual({query: '', isTyping: false});
    expect(press('/', 'l', 'enter', 'escape')[1]).toBe('');
  });

  test('Ctrl+C still quits', () => {
    const reasons: string[] = [];
    const {actions} = createTreeStore({onQuit: reason => reasons.push(reason)});
    for (const key of ['/', 'q', 'ctrl+c']) actions.press(key, createKeymap());
    expect(reasons).toEqual(['interrupt']);
  });
});

describe('matches', () => {
  test('n and N open the way to them and wrap', () => {
    const {store, press} = createStore();
    press('/', 'l', 'o', 'a', 'd', 'enter');
    expect(press('n')).toEqual(['loader', '2/4']);
    expect(printRows(store.getState())).toMatchInlineSnapshot(`
      "  - <ROOT> 720
          - main 720
              load 600
            - build 80
              - Row 50
      >           loader 50
                reload 30
              unload 40"
    `);
    expect(press('n')).toEqual(['reload', '3/4']);
    expect(press('n')).toEqual(['unload', '4/4']);
    expect(press('n')).toEqual(['load', '1/4']);
    expect(press('N')).toEqual(['unload', '4/4']);
    expect(press('N')).toEqual(['reload', '3/4']);
  });

  test('count from the cursor, wherever it went', () => {
    const {press} = createStore();
    press('/', 'l', 'o', 'a', 'd', 'enter', 'home');
    expect(press('G', 'N')).toEqual(['reload', '3/4']);
    expect(press('home', 'N')).toEqual(['unload', '4/4']);
  });

  test('are found in file names, with upper case only where it is typed', () => {
    const {press} = createStore();
    expect(press('/', 'r', 'o', 'w', 'enter')).toEqual(['Row', '1/1']);
    expect(press('/', 'R', 'o', 'w', 'enter')).toEqual(['Row', '1/1']);
    expect(press('/', 'R', 'O', 'w', 'enter')).toEqual(['Row', 'no match']);
    expect(press('/', 'u', 't', 'i', 'l', 'enter')).toEqual(['loader', '1/1']);
  });

  test('without a query or a match, n goes nowhere', () => {
    const {store, press} = createStore();
    const listHints = () => selectHints(store.getState()).map(({command}) => command);
    expect(press('n')).toEqual(['<ROOT>', '']);
    expect(press('/', 'z', 'enter', 'n', 'N')).toEqual(['<ROOT>', 'no match']);
    expect(listHints()).not.toContain('goToNextMatch');
    expect(press('/', 'ctrl+u', 'l', 'o', 'a', 'd', 'enter')[1]).toBe('1/4');
    expect(listHints()).toContain('goToNextMatch');
  });

  test('are found again in a new tree', () => {
    const {store, press} = createStore();
    press('/', 'l', 'o', 'a', 'd', 'enter');
    store.actions.setTree(createTreeStore({snapshot: parseSnapshot('load app.py:10 5')}).getState().base);
    expect(selectMatchText(store.getState())).toBe('1 match');
  });

  test('says how much is below the cut and thus not searched', () => {
    const getText = (text: string, query: string): string => {
      const store = createTreeStore({snapshot: parseSnapshot(text)});
      const keymap = createKeymap();
      for (const key of ['/', ...query]) store.actions.press(key, keymap);
      return selectMatchText(store.getState());
    };
    const tree = 'main app.py:1\n  load app.py:2 500\n';
    const hidden = '! 45 locations 120 allocations 50000 bytes';
    expect(getText(`${tree}${hidden}`, 'load')).toBe('1 match (50.000kB hidden, not searched)');
    expect(getText(`${tree}${hidden}`, 'tiny')).toBe(
      'no match (50.000kB hidden, not searched; -b 46 shows all)',
    );
    expect(getText(tree, 'tiny')).toBe('no match');
  });
});

describe('a term', () => {
  const typeAll = (store: ReturnType<typeof createTreeStore>, text: string) => {
    store.actions.pressAll(['/', ...Array.from(text, key => (key === ' ' ? 'space' : key))], createKeymap());
  };
  const getMatches = (store: ReturnType<typeof createTreeStore>) => {
    const {filtered, matches} = store.getState();
    return Array.from(matches.nodes, node => filtered.tree.getNode(node).function);
  };
  /** Resolves as soon as the store is in such a state. */
  const waitUntil = (store: ReturnType<typeof createTreeStore>, isMet: () => boolean) =>
    new Promise<void>(resolve => {
      if (isMet()) resolve();
      const stop = store.subscribe(() => {
        if (!isMet()) return;
        stop();
        resolve();
      });
    });

  test('looks at one field, as a filter does', () => {
    const {store} = createStore();
    typeAll(store, 'fn:=load,row');
    expect(getMatches(store)).toEqual(['load', 'Row']);
    store.actions.press('escape', createKeymap());
    typeAll(store, 'pkg:rows');
    expect(getMatches(store)).toEqual(['Row']);
  });

  test('is a regular expression once the engine is loaded, also where it was pasted', async () => {
    const {store, press} = createStore();
    typeAll(store, 're:^load');
    await waitUntil(store, () => store.getState().matches.nodes.length > 0);
    expect(getMatches(store)).toEqual(['load', 'loader']);
    press('e', 'backspace', 'enter', 'n');
    expect(selectMatchText(store.getState())).toBe('2/2');
    expect(press('/', ...'fn:re:ROW$', 'backspace', 'backspace')[1]).toBe('no match');
  });

  test('is a regular expression as a filter, also where it was pasted', async () => {
    const {store} = createStore();
    store.actions.pressAll(['f', ...'re:^load'], createKeymap());
    await waitUntil(store, () => store.getState().shown?.kept.bytes === 650);
    expect(store.getState().filterPrompt?.error).toBeNull();
  });

  test('says in a few words what is missing while it is typed, and Enter waits for it', async () => {
    const {store, press} = createStore();
    const say = (text: string): string => {
      typeAll(store, text);
      const found = selectMatchText(store.getState());
      expect(press('enter')[1]).toBe(found);
      expect(store.getState().search.isTyping).toBe(true);
      press('escape');
      return found;
    };
    await loadRegexEngine();
    expect(['fn:', 'load,', '"load', 're:', 're:(', `re:[${'x'.repeat(99)}`].map(say)).toEqual([
      'a text is missing',
      'a text is missing',
      'a quote (") is not closed',
      'a text is missing',
      'missing closing ): `(`',
      'missing closing ]: `[xxxxxxxxxxxxxxxxxxxxxxxxxx…',
    ]);
  });

  test('takes the time of the names, whatever the expression is', async () => {
    await loadRegexEngine();
    const name = 'a'.repeat(5000);
    const store = createTreeStore({snapshot: parseSnapshot(`main app.py:1\n  ${name} app.py:2 5`)});
    typeAll(store, 're:(a+)+$b,re:(a|a)*c,re:(.*)*x');
    expect(getMatches(store)).toEqual([]);
    expect(store.getState().matches.error).toBeNull();
  });

  test('in a tree of the host has packages by its modules', () => {
    const store = createTreeStore({moduleOf: file => file.replace('.py', '').replaceAll('/', '.')});
    store.actions.setTree({
      name: 'all',
      value: 3,
      children: [{name: 'f', value: 3}],
    });
    typeAll(store, 'pkg:f');
    expect(getMatches(store)).toEqual([]);
    store.actions.press('escape', createKeymap());
    typeAll(store, 'fn:f');
    expect(getMatches(store)).toEqual(['f']);
  });
});

describe('figures are not searched', () => {
  const openFigures = (...keys: readonly string[]) => {
    const snapshot: Snapshot = {...parseBlocks(['main>load 2*100@malloc']), view: {kind: 'leaks'}};
    const store = createTreeStore({snapshot, query: parseQuery('leaks'), columns: 100, rows: 24});
    const keymap = createKeymap();
    const press = (...more: readonly string[]) => {
      for (const key of more) store.actions.press(key, keymap);
      const {keyNote, search} = store.getState();
      return {found: selectMatchText(store.getState()), keyNote, search};
    };
    press(...keys);
    expect(store.getState().sheet).not.toBeNull();
    return press;
  };

  test.each([
    ['7', 'Rows are searched: 1 shows rows', '1'],
    ['H', 'Rows are searched: Esc closes the facts', 'escape'],
  ])('a search is kept, out of sight, while key %s shows them', (key, reason, back) => {
    const press = openFigures('/', ...'lo', 'enter', key);
    expect(press()).toMatchObject({found: '', search: {query: 'lo'}});
    for (const searching of ['/', 'n', 'N'])
      expect(press(searching)).toMatchObject({keyNote: reason, search: {query: 'lo', isTyping: false}});
    expect(press(back)).toMatchObject({found: '1/1', search: {query: 'lo'}});
  });
});
