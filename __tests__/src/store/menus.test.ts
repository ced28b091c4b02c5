import {describe, expect, it} from 'vitest';
import {selectKeyHints} from '../../../src/commands/hints.js';
import {createKeymap} from '../../../src/commands/keymap.js';
import {formatQuery} from '../../../src/query/grammar/format-query.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {DEFAULT_QUERY} from '../../../src/query/tree-query.js';
import {createTreeStore, type TreeStore} from '../../../src/session/create-tree-store.js';
import {compareSnapshots} from '../../helpers/compared-locations.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const SNAPSHOT = parseSnapshot(`
  main /app/cli.py:3
    load /app/data.py:12 500
      load /app/data.py:14 100 @0x2 (a\u0007b)
    build /app/shop/index.py:40 400 @0x3 (c)
`);

const openStore = () => createTreeStore({snapshot: SNAPSHOT, columns: 100, rows: 24});

function press(store: TreeStore, ...keys: readonly string[]): void {
  const keymap = createKeymap();
  for (const key of keys) store.actions.press(key, keymap);
}

const listItems = (store: TreeStore): readonly string[] =>
  store.getState().menuItems.map(({text, detail}) => (detail === '' ? text : `${text} | ${detail}`));

describe('the menu of a row', () => {
  it('says what each step would keep, and Enter takes one', () => {
    const store = openStore();
    press(store, 'down', 'down', ';');
    expect(listItems(store)).toEqual([
      'zoom to this node | keeps 600.000B  (60.00 %)',
      'root fn:=load | keeps 600.000B  (60.00 %)',
      'through fn:=load | keeps 600.000B  (60.00 %)',
      'drop fn:=load | keeps 400.000B  (40.00 %)',
      'merge fn:=load | keeps  1.000kB (100.00 %)',
      'collapse fn:=load | keeps  1.000kB (100.00 %)',
      'recursion | keeps  1.000kB (100.00 %)',
      'package data | keeps  1.000kB (100.00 %)',
    ]);
    press(store, 'down', 'down', 'down', 'enter');
    expect(formatQuery(store.getState().query)).toBe('drop:fn:=load all');
    expect(store.getState().menu).toBeNull();
  });

  it('has only what is possible on the root', () => {
    const store = openStore();
    press(store, ';');
    expect(listItems(store)).toEqual(['recursion | keeps 1.000kB (100.00 %)']);
  });
});

it('the hints are those of the keys of the menu', () => {
  const textsAfter = (...keys: readonly string[]) => {
    const store = openStore();
    press(store, 'down', ...keys);
    return selectKeyHints(store.getState())?.map(({keys: ofHint, text}) => `${ofHint.join(' ')} ${text}`);
  };
  expect(textsAfter(';')).toEqual(['up down Choose', 'enter Take', 'escape Close']);
  expect(textsAfter('t')).toEqual(['up down Choose', 'enter Take', 'escape Close', 'space Mark several']);
  expect(textsAfter(';', 'escape')).toBeUndefined();
});

describe('the plain view', () => {
  const getView = (store: TreeStore) => {
    const {query, filters, wholePeak} = store.getState();
    return {query: formatQuery(query), filters, wholePeak};
  };

  it.each([{}, {wholePeak: true}, {filters: {hideImportSystem: true, hideUninteresting: false}}])(
    'has the cut, the filters and the elided row of the start again: %j',
    options => {
      const query = {...DEFAULT_QUERY, biggest: 2};
      const store = createTreeStore({snapshot: SNAPSHOT, query, ...options});
      const start = getView(store);
      press(store, '-', 'down', 'z', 'w', 'i', 'u');
      const before = getView(store);
      expect(before.wholePeak).not.toBe(start.wholePeak);
      press(store, '0');
      expect(getView(store)).toEqual(start);
      press(store, 'backspace');
      expect(getView(store)).toEqual(before);
      press(store, 'ctrl+r');
      expect(getView(store)).toEqual(start);
    },
  );

  it('goes without the steps that the start had', () => {
    const query = parseQuery('through:load inverted biggest:2', DEFAULT_QUERY);
    const store = createTreeStore({snapshot: SNAPSHOT, query});
    press(store, '0');
    expect(getView(store).query).toBe('biggest:2');
  });

  it('is no step where it is shown already', () => {
    const store = openStore();
    press(store, '0');
    expect(store.getState().past).toHaveLength(0);
    expect(store.getState().keyNote).toBe('The plain view is shown already');
    press(store, 'i', '0');
    expect(store.getState().past).toHaveLength(1);
  });
});

describe('the threads', () => {
  it('are those of the view, by bytes; one is chosen with Enter', () => {
    const store = openStore();
    press(store, 't');
    expect(listItems(store)).toEqual([
      'all threads',
      '0x1 | 500.000B (50.00 %)',
      '0x3 (c) | 400.000B (40.00 %)',
      '0x2 (a␇b) | 100.000B (10.00 %)',
    ]);
    press(store, 'down', 'down', 'enter');
    expect(store.getState().shown?.kept.bytes).toBe(400);
  });

  it('may be several, whatever their labels hold', () => {
    const store = openStore();
    press(store, 't', 'down', 'space', 'down', 'space', 'enter');
    expect(store.getState().shown?.kept.bytes).toBe(600);
    press(store, 't', 'home', 'enter');
    expect(store.getState().shown?.kept.bytes).toBe(1000);
  });
});

describe('the threads of captures that are compared', () => {
  const [before, after] = [500, 800].map(bytes =>
    parseSnapshot(`
      main cli.py:3
        load data.py:12 ${bytes}
          load data.py:14 100 @0x2 (worker)
        ${bytes > 500 ? 'build index.py:40 400 @0x3 (new)' : 'drop index.py:40 90 @0x4 (old)'}
    `),
  );
  const list = (...snapshots: Parameters<typeof compareSnapshots>) => {
    const store = createTreeStore({snapshot: compareSnapshots(...snapshots), columns: 100, rows: 24});
    press(store, 't');
    return listItems(store);
  };

  it('have their difference, and what they hold on both sides', () => {
    expect(list([after!], [before!])).toEqual([
      'all threads',
      '0x1 | +300.000B  800.000B, base 500.000B',
      '0x3 (new) | +400.000B  400.000B, base   0.000B',
      '0x2 (worker) |    0.000B  100.000B, base 100.000B',
      '0x4 (old) |  -90.000B    0.000B, base  90.000B',
    ]);
  });

  it('of several captures have medians', () => {
    expect(list([after!, before!], [before!]).slice(1, 3)).toEqual([
      '0x1 | +150.000B  650.000B, base 500.000B',
      '0x3 (new) | +200.000B  200.000B, base   0.000B',
    ]);
    expect(list([after!, before!, after!], []).slice(1, 3)).toEqual([
      '0x1 | 800.000B (61.54 %)',
      '0x3 (new) | 400.000B (30.77 %)',
    ]);
  });
});

describe('the palette', () => {
  it('finds commands by their words, with their keys, and runs them', () => {
    const store = openStore();
    press(store, ':', ...'inverted');
    expect(listItems(store)).toEqual([
      'apply inverted | steps',
      'inverted: what allocates, callers below | 2',
    ]);
    press(store, 'down', 'enter');
    expect(store.getState().query.shape.kind).toBe('inverted');
  });

  it('applies written steps', () => {
    const store = openStore();
    press(store, ':', ...'drop:build', 'space', ...'flat', 'enter');
    expect(formatQuery(store.getState().query)).toBe('drop:build flat all');
  });

  it('applies regular expressions, and says what is wrong with one', async () => {
    const store = openStore();
    store.actions.pressAll([':', ...'through:re:^bu'], createKeymap());
    await new Promise<void>(resolve => {
      const check = () =>
        store
          .getState()
          .menuItems.some(({text, action}) => text === 'apply through:re:^bu' && action !== null) &&
        resolve();
      store.subscribe(check);
      check();
    });
    press(store, 'enter');
    expect(store.getState().shown?.kept.bytes).toBe(400);
    press(store, ':', ...'drop:re:(');
    expect(listItems(store)).toEqual(['apply drop:re:( | drop:re:(: missing closing ): `(`']);
    press(store, 'enter');
    expect(store.getState().keyNote).toBe('drop:re:(: missing closing ): `(`');
    expect(formatQuery(store.getState().query)).toBe('through:re:^bu all');
  });

  it.each([
    ['gen:0,50', '"0" is not a moment, such as 12.3s, 50%, #17 or @12345'],
    ['inverted throgh:json', '"throgh:json" is not a step; did you mean through:json?'],
    ['callers five', '"callers": expected callers:TERM'],
    ['through:', 'a text is missing'],
  ])('says what is wrong with the steps "%s"', (typed, message) => {
    const store = openStore();
    press(store, ':', ...Array.from(typed, key => (key === ' ' ? 'space' : key)));
    expect(listItems(store)).toEqual([`apply ${typed} | ${message}`]);
    press(store, 'enter');
    expect(store.getState().keyNote).toBe(message);
    expect(store.getState().menu?.text).toBe(typed);
  });

  it('says why a command is not possible, and Enter then says it again and keeps it open', () => {
    const store = openStore();
    press(store, ':', ...'native frames');
    expect(listItems(store)).toEqual([
      'merge or show native frames | a  There are no native frames: not recorded with --native',
    ]);
    press(store, 'enter');
    expect(store.getState().menu?.text).toBe('native frames');
    expect(store.getState().keyNote).toBe('There are no native frames: not recorded with --native');
    press(store, ...'x', 'enter');
    expect(store.getState().keyNote).toBe('Nothing here matches what is typed');
    press(store, 'ctrl+u', ...'inverted:', 'down', 'enter');
    expect(store.getState()).toMatchObject({menu: null, keyNote: null});
    expect(store.getState().query.shape.kind).toBe('inverted');
  });

  it('is left with Escape, and keeps the keys to itself until then', () => {
    const store = openStore();
    press(store, ':', 'q', 'j', 'escape', 'down');
    expect(store.getState().menu).toBeNull();
    expect(store.getState().cursorRow).toBe(1);
  });
});

describe('the menu of exports', () => {
  it('finds a format, and offers a name', () => {
    const store = createTreeStore({
      snapshot: SNAPSHOT,
      name: '/tmp/my run/-app.py.12.bin.gz',
      columns: 100,
      rows: 24,
    });
    press(store, 'x');
    expect(listItems(store)).toEqual([
      'html | a page with tree and flame graph, for any browser',
      'speedscope | for speedscope.app',
      'pprof | for go tool pprof, Pyroscope, Parca',
      'folded | folded stacks, for flame graph tools',
      'csv | a row for each stack, for spreadsheets',
      'gprof2dot | for gprof2dot and Graphviz',
    ]);
    press(store, ...'parca', 'enter');
    expect(listItems(store)).toEqual(['write app.py.12.pb.gz | in the current directory']);
  });

  it('of a comparison offers the formats that have both sides, and says why not the others', () => {
    const other = parseSnapshot('main /app/cli.py:3 70');
    const store = createTreeStore({
      snapshot: compareSnapshots([SNAPSHOT], [other]),
      name: 'new.bin',
      columns: 100,
      rows: 24,
    });
    press(store, 'x');
    const reason = 'no form for a comparison; use html, pprof, folded or csv';
    expect(listItems(store)).toEqual([
      'html | a page with tree and flame graph, for any browser',
      `speedscope | ${reason}`,
      'pprof | for go tool pprof, Pyroscope, Parca',
      'folded | folded stacks, for flame graph tools',
      'csv | a row for each stack, for spreadsheets',
      `gprof2dot | ${reason}`,
    ]);
    press(store, 'down', 'enter');
    expect(store.getState().menu?.kind).toBe('export');
    expect(store.getState().keyNote).toBe(`speedscope: ${reason}`);
    press(store, 'down', 'enter');
    expect(listItems(store)).toEqual(['write new-0-diff.pb.gz | in the current directory']);
  });

  it('of captures without a base offers all formats', () => {
    const store = createTreeStore({snapshot: compareSnapshots([SNAPSHOT, SNAPSHOT], []), name: '2 captures'});
    press(store, 'x');
    expect(store.getState().menuItems.filter(({reason}) => reason !== null)).toEqual([]);
    press(store, 'down', 'enter');
    expect(listItems(store)).toEqual(['write new-0-compared.speedscope.json | in the current directory']);
  });

  it('hands over what is typed, and says what comes of it', async () => {
    const exported: unknown[] = [];
    const store = createTreeStore({
      snapshot: SNAPSHOT,
      onExport: async (format, file) => {
        exported.push([format, file]);
        return `Exported to ${file}`;
      },
    });
    press(store, 'x', 'down', 'enter', 'ctrl+u', ...'a b', 'enter');
    expect(exported).toEqual([['speedscope', 'a b']]);
    expect(store.getState().menu).toBeNull();
    await Promise.resolve();
    expect(store.getState().keyNote).toBe('Exported to a b');
  });

  it.each(['../x', '..', '.', 'a\\b', '/etc/x'])('writes no file called %s', name => {
    const exported: unknown[] = [];
    const store = createTreeStore({
      snapshot: SNAPSHOT,
      onExport: async (...args) => {
        exported.push(args);
        return null;
      },
    });
    press(store, 'x', 'enter', 'ctrl+u', ...name);
    expect(listItems(store)).toEqual([`write ${name} | a name without a folder is needed`]);
    press(store, 'enter');
    expect(exported).toEqual([]);
    expect(store.getState().menu?.text).toBe(name);
    expect(store.getState().keyNote).toBe(
      'The file is written in the current directory: type a name without a folder',
    );
    press(store, 'ctrl+u');
    expect(store.getState().keyNote).toBeNull();
    press(store, 'enter');
    expect(store.getState().menu?.kind).toBe('file');
    expect(store.getState().keyNote).toBe('Type a name for the file');
    press(store, 'a', 'enter');
    expect(exported).toEqual([['html', 'a']]);
  });

  it('does not open where there is no capture, of statistics, or while it is read', () => {
    const store = createTreeStore({tree: {name: 'src', value: 1}});
    press(store, 'x');
    expect(store.getState().menu).toBeNull();
    expect(store.getState().keyNote).toBe('Only views of a capture are exported');
    const figures = createTreeStore({snapshot: SNAPSHOT, query: parseQuery('stats', DEFAULT_QUERY)});
    press(figures, 'x');
    expect(figures.getState().menu).toBeNull();
    expect(figures.getState().keyNote).toBe('Statistics have no export; --stats --json prints them');
    const reading = openStore();
    reading.actions.startLoad('results.bin');
    press(reading, 'x');
    expect(reading.getState().keyNote).toBe('A view is exported when its capture is read');
  });
});
