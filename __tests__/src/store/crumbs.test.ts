import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {CommandId} from '../../../src/commands/commands.js';
import {selectHints} from '../../../src/commands/hints.js';
import {createKeymap} from '../../../src/commands/keymap.js';
import type {View} from '../../../src/heap/snapshot.js';
import {withoutParts} from '../../../src/query/edit-query.js';
import {formatQuery} from '../../../src/query/grammar/format-query.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {createTreeStore, type TreeStore} from '../../../src/session/create-tree-store.js';
import {layOutCrumbs} from '../../../src/store/crumb-layout.js';
import {selectCrumbs} from '../../../src/store/crumb-line.js';
import {selectNotices} from '../../../src/store/notices.js';
import {selectSpokenText} from '../../../src/store/spoken-text.js';
import {printRows} from '../../helpers/print-rows.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const SNAPSHOT = parseSnapshot(`
  main /app/cli.py:3 10
    load /app/data.py:12 500
      parse /app/data.py:20 400
    build /app/index.py:40 300
      parse /app/data.py:20 100
`);

const PROGRESS = {bytesRead: 1, totalBytes: null, records: 1, elapsedMs: 1};

const openStore = (written = '') =>
  createTreeStore({snapshot: SNAPSHOT, query: parseQuery(written), columns: 100, rows: 24});

function press(store: TreeStore, ...keys: readonly string[]): void {
  const keymap = createKeymap();
  for (const key of keys) store.actions.press(key, keymap);
}

/** The line as it is drawn, without colors. */
function drawLine(store: TreeStore, width = 100): string | null {
  const state = store.getState();
  const line = selectCrumbs(state);
  if (line === null) return null;
  const {pieces, gap, amount} = layOutCrumbs(line, state.crumb, width, {crumb: '›', ellipsis: '…'});
  return pieces.map(({text}) => text).join('') + ' '.repeat(gap) + amount;
}

const getCrumbs = (store: TreeStore, width?: number): string | undefined =>
  drawLine(store, width)?.split(/ {3,}/)[0];
const getQuery = (store: TreeStore): string => formatQuery(store.getState().query);

it('a long step loses its middle, not what it does', () => {
  const store = openStore('drop:file:=/usr/lib/python3/site-packages/pandas/core/groupby/__init__.py');
  expect(getCrumbs(store, 80)).toBe('peak › drop file:=/usr/…_.py (no match)');
});

describe('the keys on the crumbs', () => {
  it('begin at the last one and walk, no further than the ends', () => {
    const store = openStore('through:parse drop:build inverted');
    const seen = [','].concat(['right', 'left', 'h', 'left', 'left', 'l', 'end', 'home']).map(key => {
      press(store, key);
      return getCrumbs(store);
    });
    expect(seen).toEqual([
      ' peak › through parse › drop build ›[inverted]',
      ' peak › through parse › drop build ›[inverted]',
      ' peak › through parse ›[drop build]› inverted',
      ' peak ›[through parse]› drop build › inverted',
      '[peak]› through parse › drop build › inverted',
      '[peak]› through parse › drop build › inverted',
      ' peak ›[through parse]› drop build › inverted',
      ' peak › through parse › drop build ›[inverted]',
      '[peak]› through parse › drop build › inverted',
    ]);
    expect(store.getState().cursorRow).toBe(0);
  });

  it.each([
    ['peak', 'all'],
    ['through parse', 'through:parse all'],
    ['drop build', 'through:parse drop:build all'],
    ['by function', 'through:parse drop:build by:function all'],
    ['inverted', 'through:parse drop:build by:function inverted all'],
    ['sort own', 'through:parse drop:build by:function inverted sort:own all'],
    ['reverse', 'through:parse drop:build by:function inverted sort:own reverse all'],
  ])('Enter cuts back to %s', (text, written) => {
    const whole = 'through:parse drop:build by:function inverted sort:own reverse all';
    const store = openStore(whole);
    press(store, ',', 'home');
    while (!getCrumbs(store)?.includes(`[${text}]`)) press(store, 'right');
    press(store, 'enter');
    expect(getQuery(store)).toBe(written);
    expect(store.getState().crumb).toBeNull();
    press(store, 'backspace');
    expect(getQuery(store)).toBe(whole);
  });

  it('x removes one step only, and can be undone', () => {
    const store = openStore('through:parse drop:build by:function all');
    const before = printRows(store.getState());
    press(store, ',', 'left', 'left', 'x');
    expect(getCrumbs(store)).toBe(' peak ›[drop build]› by function');
    expect(store.getState().shown?.kept.bytes).toBe(910);
    press(store, 'x', 'x');
    expect(getQuery(store)).toBe('all');
    expect(store.getState().crumb).toBeNull();
    press(store, 'backspace', 'backspace', 'backspace');
    expect(getQuery(store)).toBe('through:parse drop:build by:function all');
    expect(printRows(store.getState())).toBe(before);
    press(store, 'ctrl+r');
    expect(getQuery(store)).toBe('drop:build by:function all');
  });

  it('x leaves what is selected', () => {
    const store = openStore('through:parse all');
    press(store, ',', 'left', 'x');
    expect(getQuery(store)).toBe('through:parse all');
    expect(store.getState().keyNote).toBe('What is selected cannot be removed; key v selects something else');
    press(store, 'right');
    expect(store.getState().keyNote).toBeNull();
  });

  it('say that there is no step yet', () => {
    const store = openStore('all');
    press(store, ',');
    expect(store.getState()).toMatchObject({crumb: null, keyNote: 'There is no step yet'});
  });

  it.each<[string, number | null]>([
    ['escape', null],
    [',', null],
    ['down', null],
    ['/', null],
    [';', null],
    ['f', null],
    ['s', null],
    ['tab', null],
    ['ctrl+l', 2],
    ['?', 2],
    ['W', null],
  ])('%s leaves them, or not', (key, expected) => {
    const store = openStore('through:parse drop:build all');
    press(store, ',', key);
    expect(store.getState().crumb).toBe(expected);
  });

  it('never reach the tree below an open help', () => {
    const store = openStore('through:parse drop:build all');
    press(store, ',', '?', 'x', 'left', 'enter', '?');
    expect(getQuery(store)).toBe('through:parse drop:build all');
    expect(store.getState().crumb).toBe(2);
  });
});

describe('Escape', () => {
  it('ends one thing at each press, and never a step', () => {
    const store = openStore('through:parse all');
    press(store, '/', 'l', 'o', 'enter', ',', '?');
    const see = () => {
      const {help, search, crumb, query} = store.getState();
      return [help !== null, search.query, crumb, query.steps.length];
    };
    const seen = Array.from({length: 5}, () => {
      const now = see();
      press(store, 'escape');
      return now;
    });
    expect(seen).toEqual([
      [true, 'lo', 1, 1],
      [false, 'lo', 1, 1],
      [false, '', 1, 1],
      [false, '', null, 1],
      [false, '', null, 1],
    ]);
  });

  it('ends another reading only where nothing else is open', () => {
    let cancelled = 0;
    const store = createTreeStore({
      snapshot: SNAPSHOT,
      query: parseQuery('through:parse all'),
      columns: 100,
      rows: 24,
      onRequestView: () => {},
      onCancelRequest: () => cancelled++,
    });
    press(store, 'v', '/', 'l', 'o', 'enter', ',', '?', 'f', 'x');
    const seen = Array.from({length: 4}, () => {
      press(store, 'escape');
      const {help, search, crumb, askedView} = store.getState();
      return [help !== null, search.query, crumb, askedView?.kind, cancelled];
    });
    expect(seen).toEqual([
      [false, 'lo', 1, 'leaks', 0],
      [false, '', 1, 'leaks', 0],
      [false, '', null, 'leaks', 0],
      [false, '', null, undefined, 1],
    ]);
  });

  it('goes from the prompt of a search back to the search before', () => {
    const store = openStore('all');
    press(store, '/', 'l', 'o', 'enter', '/', 'x', 'escape');
    expect(store.getState().search).toEqual({query: 'lo', isTyping: false});
    press(store, 'escape');
    expect(store.getState().search.query).toBe('');
  });

  it('closes the prompt of a filter, and leaves the search', () => {
    const store = openStore('all');
    press(store, '/', 'l', 'o', 'enter', 'f', 'x', 'escape');
    expect(store.getState()).toMatchObject({filterPrompt: null, search: {query: 'lo'}});
  });
});

describe('a step without its target', () => {
  const ZOOM = 'root:load zoom:load@/app/data.py:12>parse@/app/data.py:20 all';

  it('does nothing after the one before it was removed, and the line says so', () => {
    const store = openStore(ZOOM);
    press(store, ',', 'left', 'x');
    expect(drawLine(store)).toMatch(/^ peak ›\[zoom parse \(no match\)\] {3,}1\.310kB of 1\.310kB/);
    expect(selectCrumbs(store.getState())?.crumbs[1]?.state).toBe('idle');
    expect(selectNotices(store.getState()).map(({text}) => text)).toEqual([
      'zoom:load@/app/data.py:12>parse@/app/data.py:20: nothing here matches; the step is skipped',
    ]);
    press(store, 'backspace');
    expect(getCrumbs(store)).toBe(' peak ›[root load]› zoom parse');
    expect(store.getState().shown?.kept.bytes).toBe(400);
  });

  it('does something again where its target comes back', () => {
    const store = openStore(ZOOM);
    press(store, ',', 'left', 'x', 'escape');
    expect(getCrumbs(store)).toBe('peak › zoom parse (no match)');
    const other = parseSnapshot('load /app/data.py:12 5\n  parse /app/data.py:20 4');
    store.actions.receive({type: 'done', progress: PROGRESS, snapshot: other});
    expect(getCrumbs(store)).toBe('peak › zoom parse');
    expect(store.getState().shown?.kept.bytes).toBe(4);
  });

  it('may be a shape around a function', () => {
    const store = openStore('package:data by:package callers:fn:=load all');
    expect(store.getState().shown?.kept.bytes).toBe(0);
    press(store, ',', 'left', 'left', 'x');
    expect(getCrumbs(store)).toBe(' peak ›[by package]› callers fn:=load');
    const other = openStore('root:fn:=load callers:fn:=main all');
    press(other, ',', 'left', 'x');
    expect(other.getState().shown?.kept.bytes).toBe(1310);
    press(other, 'backspace');
    expect(other.getState().shown?.kept.bytes).toBe(0);
  });

  it('leaves nothing where it was written so', () => {
    const store = openStore('through:nowhere all');
    expect(getCrumbs(store)).toBe('peak › through nowhere');
    expect(store.getState().shown?.kept.bytes).toBe(0);
  });

  it('is marked where it never does anything then', () => {
    expect(getCrumbs(openStore('drop:nowhere merge:nothing all'))).toBe(
      'peak › drop nowhere (no match) › merge nothing (no match)',
    );
  });

  it('is not there yet while a capture is read', () => {
    const store = createTreeStore({query: parseQuery('root:load all'), columns: 100, rows: 24});
    const early = parseSnapshot('main /app/cli.py:3 10');
    store.actions.startLoad('results.bin');
    store.actions.receive({type: 'progress', progress: PROGRESS, partial: early});
    expect(getCrumbs(store)).toBe('peak › root load (not yet)');
    expect(selectCrumbs(store.getState())?.crumbs[1]?.state).toBe('awaited');
    expect(selectNotices(store.getState())).toEqual([]);
    store.actions.receive({type: 'progress', progress: PROGRESS, partial: SNAPSHOT});
    expect(getCrumbs(store)).toBe('peak › root load');
    store.actions.receive({type: 'done', progress: PROGRESS, snapshot: early});
    expect(getCrumbs(store)).toBe('peak › root load');
    expect(selectNotices(store.getState()).map(({text}) => text)).toEqual([
      'root:load: nothing here matches',
    ]);
  });
});

describe('while a capture is read', () => {
  const openReading = () => {
    const store = createTreeStore({query: parseQuery('all'), columns: 100, rows: 24});
    store.actions.startLoad('results.bin');
    return store;
  };
  const receive = (store: TreeStore, partial: typeof SNAPSHOT) =>
    store.actions.receive({type: 'progress', progress: PROGRESS, partial});

  it('the keys stay on their crumb when another result comes', () => {
    const store = openReading();
    receive(store, parseSnapshot('main /app/cli.py:3 10'));
    press(store, 'f', ...'parse', 'enter', 'f', ...'-build', 'enter', '2', ',', 'left');
    expect(getCrumbs(store)).toMatch(/›\[drop build\S*[^\]]*\]› inverted/);
    receive(store, SNAPSHOT);
    expect(getCrumbs(store)).toBe(' peak › through parse ›[drop build]› inverted');
  });

  it('a step that was removed stays so, and what may be skipped is', () => {
    const store = openReading();
    receive(store, SNAPSHOT);
    press(store, ...':root:load', 'enter', ...':root:parse', 'enter', ',', 'left', 'x', 'escape');
    const {optional} = store.getState();
    expect(optional.size).toBe(1);
    receive(store, parseSnapshot('main /app/cli.py:3 10'));
    expect(getCrumbs(store)).toBe('peak › root parse (not yet)');
    expect(store.getState().optional).toEqual(optional);
    store.actions.receive({type: 'done', progress: PROGRESS, snapshot: SNAPSHOT});
    expect(getCrumbs(store)).toBe('peak › root parse');
    press(store, 'backspace');
    expect(getCrumbs(store)).toBe('peak › root load › root parse');
    expect(store.getState().optional.size).toBe(0);
  });
});

describe('a line that is too long', () => {
  const written = 'through:fn:load,parse,main drop:fn:elsewhere root:fn:load merge:fn:something all';

  it('keeps the selected crumb in sight, the amount whole', () => {
    const store = openStore(written);
    const seen = ['', ',', 'left', 'left', 'left', 'left'].map(key => {
      press(store, key);
      return drawLine(store, 80);
    });
    expect(seen).toMatchInlineSnapshot(`
      [
        "…) › root fn:load › merge fn:something (no match)  900.000B of 1.310kB (68.70 %)",
        "… › root fn:load ›[merge fn:something (no match)]  900.000B of 1.310kB (68.70 %)",
        "… ›[root fn:load]› merge fn:something (no match)   900.000B of 1.310kB (68.70 %)",
        "…[drop fn:elsewhere (no match)]› root fn:load › …  900.000B of 1.310kB (68.70 %)",
        "…[through fn:load,parse,main]› drop fn:elsewhere…  900.000B of 1.310kB (68.70 %)",
        "[peak]› through fn:load,parse,main › drop fn:els…  900.000B of 1.310kB (68.70 %)",
      ]
    `);
  });

  it('gives the selected crumb the cells of the amount where there are too few', () => {
    const store = openStore(written);
    press(store, ',', 'left', 'left');
    for (const width of [60, 40, 30, 20, 10, 3]) {
      expect(drawLine(store, width)!.length, `${width}`).toBeLessThanOrEqual(width);
    }
    expect(drawLine(store, 40)).toMatchInlineSnapshot(`"…[drop fn:elsewhere (no match)]› root f…"`);
    expect(drawLine(store, 20)).toMatchInlineSnapshot(`"…[drop fn:elsewhere…"`);
  });
});

describe('a click on the crumbs', () => {
  const clickOn = (store: TreeStore, text: string) =>
    store.actions.clickAt(drawLine(store)!.indexOf(text) + 1, 0);

  it('selects the one under it, and elsewhere on the line the last one', () => {
    const store = openStore('through:parse drop:build all');
    clickOn(store, 'through');
    expect(getCrumbs(store)).toBe(' peak ›[through parse]› drop build');
    clickOn(store, 'drop');
    expect(getCrumbs(store)).toBe(' peak › through parse ›[drop build]');
    clickOn(store, 'peak');
    expect(getCrumbs(store)).toBe('[peak]› through parse › drop build');
    store.actions.clickAt(90, 0);
    expect(getCrumbs(store)).toBe(' peak › through parse ›[drop build]');
    store.actions.clickAt(4, 1);
    expect(store.getState().crumb).toBeNull();
  });
});

describe('what is selected of a recording', () => {
  it('is allocated now, and a leak once it is over', () => {
    const LEAKS: View = {kind: 'leaks'};
    const asked: View[] = [];
    const store = createTreeStore({
      query: parseQuery('through:load all'),
      columns: 100,
      rows: 24,
      onRequestView: view => asked.push(view),
    });
    const leaks = {...SNAPSHOT, view: LEAKS};
    store.actions.startLoad('results.bin');
    const progress = {...PROGRESS, stream: 'growing'} as const;
    store.actions.receive({type: 'progress', progress, partial: leaks});
    expect(getCrumbs(store)).toBe('allocated now › through load');
    store.actions.receive({type: 'done', progress, snapshot: leaks});
    expect(getCrumbs(store)).toBe('leaks › through load');
    store.actions.run('switchView' satisfies CommandId);
    expect(asked).toEqual([{kind: 'peak'}]);
    store.actions.receive({type: 'done', progress, snapshot: SNAPSHOT});
    expect(getCrumbs(store)).toBe('peak › through load');
  });
});

it('a screen reader hears the steps, and the one that the keys are on', () => {
  const store = openStore('through:parse drop:build all');
  expect(selectSpokenText(store.getState(), [])[0]).toBe(
    'Steps: peak, through parse, drop build: 400.000B of 1.310kB (30.53 %).',
  );
  press(store, ',', 'left');
  expect(selectSpokenText(store.getState(), []).slice(0, 2)).toEqual([
    'Step 2 of 3: through parse. Left and right choose, Enter cuts back to it, x removes it, Escape leaves.',
    'Steps: peak, through parse, drop build: 400.000B of 1.310kB (30.53 %).',
  ]);
});

it('the hints name the key as soon as there are steps', () => {
  const has = (written: string) =>
    selectHints(openStore(written).getState()).some(({command}) => command === 'goToCrumbs');
  expect([has('all'), has('through:parse all')]).toEqual([false, true]);
});

describe('whatever is cut and removed', () => {
  const STEPS = [
    ...[
      'through:parse',
      'drop:build',
      'root:load',
      'merge:load',
      'collapse:build',
      'recursion',
      'package:data',
    ],
    ...['zoom:load@/app/data.py:12', 'zoom:main@/app/cli.py:3>load@/app/data.py:12', 'callers:parse'],
    ...['callees:load', 'inverted', 'by:function', 'by:package', 'sort:own', 'reverse'],
  ];
  const change = fc.oneof(
    fc.record({kind: fc.constant('add' as const), step: fc.constantFrom(...STEPS)}),
    fc.record({kind: fc.constantFrom('x', 'enter'), at: fc.nat(6)}),
  );
  const look = (store: TreeStore) => {
    const state = store.getState();
    return {rows: printRows(state), line: drawLine(store), from: state.scroll.row, query: getQuery(store)};
  };
  const apply = (store: TreeStore, each: {kind: string; step?: string; at?: number}): void => {
    if (each.step !== undefined) press(store, ':', ...each.step, 'enter');
    else if (drawLine(store) !== null)
      press(store, ',', 'home', ...Array<string>(each.at!).fill('right'), each.kind, 'escape');
  };

  it('undo and redo come back to exactly what was seen', () => {
    fc.assert(
      fc.property(fc.array(change, {maxLength: 14}), changes => {
        const store = openStore('all');
        const seen = [look(store)];
        for (const each of changes) {
          const {length} = store.getState().past;
          apply(store, each);
          if (store.getState().past.length > length) seen.push(look(store));
          expect(store.getState().crumb).toBeNull();
        }
        for (const view of seen.toReversed()) {
          expect(look(store)).toEqual(view);
          press(store, 'backspace');
        }
        for (const view of seen) {
          expect(look(store)).toEqual(view);
          press(store, 'ctrl+r');
        }
      }),
      {numRuns: 200},
    );
  });

  it('the steps that are not skipped show the same in a new store', () => {
    fc.assert(
      fc.property(fc.array(change, {maxLength: 14}), changes => {
        const store = openStore('all');
        for (const each of changes) apply(store, each);
        const {query, shown} = store.getState();
        const fresh = createTreeStore({
          snapshot: SNAPSHOT,
          query: parseQuery(formatQuery(withoutParts(query, shown!.skipped))),
          columns: 100,
          rows: 24,
        });
        for (const each of [store, fresh]) press(each, 'home', 'E');
        expect(printRows(store.getState())).toBe(printRows(fresh.getState()));
        expect(store.getState().shown?.kept).toEqual(fresh.getState().shown?.kept);
      }),
      {numRuns: 200},
    );
  });
});
