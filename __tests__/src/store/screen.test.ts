import {describe, expect, test} from 'vitest';
import type {Damage} from '../../../src/capture/damage.js';
import {selectHints} from '../../../src/commands/hints.js';
import {cellWidth} from '../../../src/format/cells.js';
import {createTreeStore} from '../../../src/session/create-tree-store.js';
import {computeLevelWindow} from '../../../src/store/level-window.js';
import {formatDamage} from '../../../src/store/notices.js';
import {computePaneLayout, findPane} from '../../../src/store/pane-layout.js';
import {computeRowColumns} from '../../../src/store/row-columns.js';
import {computeScreenLayout} from '../../../src/store/screen-layout.js';
import {followRow} from '../../../src/store/scroll.js';
import {selectProgress, selectStatusParts} from '../../../src/store/status.js';
import {printRows} from '../../helpers/print-rows.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const CUT: Damage = {code: 'cut', byteOffset: 1234, recordIndex: 56, message: 'ends inside a record'};

describe('the layout', () => {
  const layOut = (columns: number, rows: number, focus: 'tree' | 'source' = 'tree') =>
    computePaneLayout({columns, rows, focus, statusRows: 2, crumbRows: 0, headingRows: 0, stripRows: 0});

  test.each([
    [120, 40, 'side-by-side'],
    [90, 15, 'side-by-side'],
    [89, 40, 'stacked'],
    [60, 15, 'stacked'],
    [59, 40, 'single'],
    [120, 14, 'single'],
    [1, 1, 'single'],
  ] as const)('of %d × %d is %s', (columns, rows, kind) => {
    expect(layOut(columns, rows).kind).toBe(kind);
  });

  test('fills the screen without overlaps, whatever its size', () => {
    for (let columns = 1; columns <= 200; columns += 7) {
      for (let rows = 1; rows <= 60; rows += 5) {
        for (const focus of ['tree', 'source'] as const) {
          const layout = layOut(columns, rows, focus);
          const {tree, source, status} = layout;
          const cells = [tree, source, status].reduce(
            (sum, area) => sum + (area ? area.width * area.height : 0),
            0,
          );
          const divider =
            layout.kind === 'stacked' ? columns : layout.kind === 'side-by-side' ? status.row : 0;
          expect(cells + divider).toBe(columns * rows);
        }
      }
    }
  });

  test('gives the tree at least 58 of 120 columns, and the larger part to the pane in focus', () => {
    expect(layOut(120, 40).tree!.width).toBeGreaterThan(layOut(120, 40).source!.width);
    expect(layOut(120, 40, 'source').tree!.width).toBe(58);
    expect(layOut(80, 40).tree!.height).toBeGreaterThan(layOut(80, 40).source!.height);
    expect(layOut(80, 24, 'source').source!.height).toBeGreaterThan(layOut(80, 24).source!.height);
    expect(layOut(50, 24, 'source')).toMatchObject({tree: null, source: {width: 50}});
  });

  test('leaves 8 lines of source, a rule and 3 rows of facts below the tree at 80 × 24', () => {
    expect(layOut(80, 24)).toMatchObject({tree: {height: 9}, source: {row: 10, height: 12}});
    // Where there are notices or few rows, the tree keeps its 6 rows.
    expect(layOut(80, 17)).toMatchObject({tree: {height: 6}, source: {height: 8}});
  });

  test('has room for numbers, function and the end of the place whatever has the focus', () => {
    for (let columns = 90; columns < 300; columns++) {
      const {tree} = layOut(columns, 40, 'source');
      const label = {size: '999.999kB', percent: '100.00 %'};
      const {bar, tree: names} = computeRowColumns({
        width: tree!.width,
        screenColumns: columns,
        labels: [label],
      });
      // A branch, an icon, 12 cells of the function and "…cli:1234".
      expect([columns, bar > 0, names >= 3 + 3 + 12 + 2 + 8]).toEqual([columns, columns >= 100, true]);
    }
  });

  test('says which pane a cell is in', () => {
    const layout = layOut(120, 40);
    expect(findPane(layout, 3, 4)).toEqual({pane: 'tree', column: 3, row: 4});
    expect(findPane(layout, layout.source!.column + 2, 4)).toEqual({pane: 'source', column: 2, row: 4});
    expect(findPane(layout, layout.tree!.width, 4)).toBeNull();
    expect(findPane(layout, 3, 39)).toBeNull();
  });
});

describe('notices', () => {
  test('say where a capture is damaged and what is shown', () => {
    expect(formatDamage(CUT)).toBe(
      'Capture is cut off at byte 1234 (record 56). Shown: everything before it.',
    );
    expect(formatDamage({...CUT, code: 'bad-tag', message: 'no such record: 15.'})).toBe(
      'Capture is damaged at byte 1234 (record 56): no such record: 15. Shown: everything before it.',
    );
    const hidden = {...CUT, isUpperBound: true, message: 'An LZ4 block is damaged'} as const;
    expect(formatDamage({...hidden, code: 'lz4'})).toBe(
      'Capture is damaged at or before byte 1234 (record 56): An LZ4 block is damaged. Shown: everything that could be read.',
    );
    expect(formatDamage({...hidden, code: 'bad-tag', isUnpacked: true, message: 'no such record: 15.'})).toBe(
      'Capture is damaged at or before byte 1234 of the unpacked data (record 56): no such record: 15. Shown: everything that could be read.',
    );
    expect(formatDamage({...hidden, code: 'cut', isUnpacked: true})).toBe(
      'Capture is cut off at byte 1234 of the unpacked data (record 56). Shown: everything before it.',
    );
    expect(formatDamage({...CUT, code: 'too-large', message: 'The capture is too large: many frames'})).toBe(
      'The capture is too large: many frames; reading stopped at byte 1234 (record 56). Shown: everything before it.',
    );
  });

  test('are wrapped to the screen at spaces, and take rows from the panes', () => {
    const snapshot = parseSnapshot('main a.py:1 5', {capture: {damage: CUT}});
    const layout = computeScreenLayout(createTreeStore({snapshot}).getState(), 40, 20);
    expect(layout.noticeRows.map(({text}) => text)).toEqual([
      'Capture is cut off at byte 1234 (record',
      '56). Shown: everything before it.',
    ]);
    expect(layout.status).toMatchObject({row: 16, height: 4});
  });

  test('are wrapped by cells where there are no spaces', () => {
    const notes = ['名'.repeat(30)];
    const snapshot = parseSnapshot('main a.py:1 5', {capture: {notes}});
    const {noticeRows} = computeScreenLayout(createTreeStore({snapshot}).getState(), 25, 60);
    expect(noticeRows.map(({text}) => cellWidth(text))).toEqual([24, 24, 12]);
    expect(noticeRows.map(({text}) => text).join('')).toBe(notes[0]);
  });

  test('never take more than a quarter of the screen', () => {
    const notes = Array.from({length: 50}, (_, index) => `remark ${index}`);
    const snapshot = parseSnapshot('main a.py:1 5', {capture: {notes, damage: CUT}});
    const {noticeRows} = computeScreenLayout(createTreeStore({snapshot}).getState(), 100, 20);
    expect(noticeRows).toHaveLength(5);
    expect(noticeRows[0]!.kind).toBe('damage');
  });

  test('name the file of a failure', () => {
    const store = createTreeStore({name: 'a\u001b[2Jb'});
    store.actions.receive({type: 'failed', code: 'empty', message: 'is empty'});
    const {noticeRows} = computeScreenLayout(store.getState(), 100, 20);
    expect(noticeRows).toEqual([{kind: 'error', text: 'a␛[2Jb: is empty'}]);
  });
});

describe('the status', () => {
  const getStatus = (...options: Parameters<typeof parseSnapshot>) =>
    selectStatusParts(createTreeStore({snapshot: parseSnapshot(...options), name: 'x.bin'}).getState()).map(
      part => part.text,
    );

  test('names view, file, peak, what is shown of it and what is hidden', () => {
    expect(
      getStatus('main a.py:1 5000\n! 3 locations 7 allocations 500 bytes', {capture: {peakBytes: 6000}}),
    ).toEqual(['peak', 'x.bin', 'peak 6.000kB', 'shown 5.000kB', '3 locations hidden (500.000B)']);
  });

  test('mentions native frames and of an unfinished recording', () => {
    const capture = {nativeTraces: true, finished: false};
    const view = {kind: 'temporary', threshold: 3} as const;
    expect(getStatus('main a.py:1 5', {capture, view})).toEqual([
      'temporary (within 3)',
      'x.bin',
      'peak 1.000kB',
      'shown 5.000B',
      'native frames not shown',
      'unfinished recording',
    ]);
  });

  test('counts the elided locations of the whole peak as hidden, not as shown', () => {
    const snapshot = parseSnapshot('main a.py:1 5\n! 3 locations 7 allocations 500 bytes');
    const parts = selectStatusParts(createTreeStore({snapshot, wholePeak: true}).getState());
    expect(parts.map(part => part.text)).toContain('shown 5.000B');
  });

  test('says how far a load is', () => {
    const store = createTreeStore();
    const format = (bytesRead: number, totalBytes: number | null, elapsedMs: number) => {
      const progress = {bytesRead, totalBytes, elapsedMs, records: 1};
      store.actions.receive({type: 'progress', progress, partial: null});
      return selectProgress(store.getState());
    };
    expect(selectProgress(store.getState())).toBeNull();
    expect(format(5e7, 2e8, 100)).toEqual({share: 0.25, text: '25 % 500.0 MB/s'});
    expect(format(5e7, null, 100)).toEqual({share: null, text: '50.000MB 500.0 MB/s'});
    expect(format(300, 200, 0)).toEqual({share: 1, text: '100 %'});
    expect(format(0, 0, 0)).toEqual({share: 1, text: '100 %'});
    // Once the speed is known, and it takes a while.
    expect(format(5e7, 2e8, 1000)).toEqual({share: 0.25, text: '25 % 50.0 MB/s 0:03 left'});
    expect(format(12e9 / 3, 12e9, 90_000)).toMatchObject({text: '33 % 44.4 MB/s 3:00 left'});
    expect(format(19e7, 2e8, 5000)).toEqual({share: 0.95, text: '95 % 38.0 MB/s'});
    expect(format(0, 2e8, 5000)).toEqual({share: 0, text: '0 % 0.0 MB/s'});
    expect(format(300, 200, 5000)).toMatchObject({share: 1, text: '100 % 0.0 MB/s'});
  });
});

describe('hints', () => {
  test('say what the keys would do now', () => {
    const store = createTreeStore({snapshot: parseSnapshot('main a.py:1\n  load a.py:2 5')});
    const getHints = () =>
      Object.fromEntries(selectHints(store.getState()).map(hint => [hint.command, hint.variant]));
    expect(getHints()).toMatchObject({toggle: 1, toggleImportSystem: 0, toggleUninteresting: 1});
    store.actions.run('toggleImportSystem');
    store.actions.run('toggle');
    expect(getHints()).toMatchObject({toggle: 0, toggleImportSystem: 1});
    store.actions.run('toggle');
    store.actions.run('goToLast');
    expect(getHints()).not.toHaveProperty('toggle');
    store.actions.run('switchFocus');
    expect(getHints()).toMatchObject({switchFocus: 1});
    expect(getHints()).not.toHaveProperty('revealSource');
    store.actions.run('toggleHelp');
    expect(getHints()).toEqual({toggleHelp: 1, quit: 0});
  });
});

test('the hint of a source that is held back stands in both panes, and only there', () => {
  const store = createTreeStore({snapshot: parseSnapshot('main a.py:1 5')});
  const hasHint = () => selectHints(store.getState()).some(({command}) => command === 'revealSource');
  expect(hasHint()).toBe(false);
  store.actions.setHeldBackFile('a.py');
  expect(hasHint()).toBe(true);
  store.actions.run('switchFocus');
  expect(hasHint()).toBe(true);
  store.actions.setHeldBackFile(null);
  expect(hasHint()).toBe(false);
});

describe('scrolling', () => {
  test('follows the cursor by as few rows as it takes', () => {
    expect(followRow(0, 5, 100, 10)).toBe(0);
    expect(followRow(0, 10, 100, 10)).toBe(1);
    expect(followRow(20, 5, 100, 10)).toBe(5);
    expect(followRow(95, 99, 100, 10)).toBe(90);
    expect(followRow(7, 0, 1, 0)).toBe(0);
  });

  test('shifts guides by whole levels, as far as the selected row needs', () => {
    // One row a level, each with the same room.
    const choose = (levels: readonly number[], guideRoom: number, selected: number) =>
      computeLevelWindow(
        levels.map(indent => ({indent, guideRoom})),
        selected,
      );
    const all = [0, 1, 2, 3, 4, 5, 6];
    expect(choose(all, 13, 0)).toEqual({firstLevel: 0, lastLevel: Infinity, hasInnerBranch: true});
    expect(choose(all, 12, 0)).toEqual({firstLevel: 0, lastLevel: 5, hasInnerBranch: true});
    expect(choose(all, 11, 0)).toEqual({firstLevel: 0, lastLevel: 5, hasInnerBranch: false});
    expect(choose(all, 11, 6)).toEqual({firstLevel: 2, lastLevel: Infinity, hasInnerBranch: true});
    expect(choose(all, 6, 4)).toEqual({firstLevel: 2, lastLevel: 4, hasInnerBranch: false});
    // Where all rows are deep, none of them needs the outer levels.
    expect(choose([5, 6, 7, 8], 11, 0)).toEqual({firstLevel: 4, lastLevel: Infinity, hasInnerBranch: true});
    // Without a cell beside the mark, no row has a branch.
    expect(choose(all, 3, 4)).toEqual({firstLevel: 4, lastLevel: 4, hasInnerBranch: false});
    for (let selected = 0; selected < 40; selected++) {
      for (let room = 4; room < 60; room++) {
        const rows = Array.from({length: 40}, (_, indent) => indent);
        const {firstLevel} = choose(rows, room, selected);
        const fits = (shift: number) => 2 * (selected - shift) + 1 + (shift > 0 ? 1 : 0) <= room;
        expect([selected, room, fits(firstLevel)]).toEqual([selected, room, true]);
        const isLeast = firstLevel === 0 || !fits(firstLevel - 1);
        expect([selected, room, isLeast]).toEqual([selected, room, true]);
      }
    }
  });
});

describe('the mouse', () => {
  const createClickable = () => {
    const store = createTreeStore({
      snapshot: parseSnapshot('main a.py:1\n  load a.py:2 5\n  build a.py:3 3'),
      columns: 120,
      rows: 40,
    });
    return {store, rows: () => printRows(store.getState())};
  };

  test('a click selects a row and opens or closes it', () => {
    const {store, rows} = createClickable();
    store.actions.clickAt(72, 1);
    expect(store.getState().focus).toBe('tree');
    store.actions.clickAt(10, 1);
    expect(rows()).toMatchInlineSnapshot(`
      "  - <ROOT> 8
      >   + main 8"
    `);
    store.actions.clickAt(10, 1);
    store.actions.clickAt(10, 3);
    expect(rows()).toMatchInlineSnapshot(`
      "  - <ROOT> 8
          - main 8
              load 5
      >       build 3"
    `);
  });

  test('a click gives the focus, and below the rows nothing else', () => {
    const {store, rows} = createClickable();
    const before = rows();
    store.actions.clickAt(100, 5);
    expect(store.getState().focus).toBe('source');
    store.actions.clickAt(3, 20);
    expect(store.getState().focus).toBe('tree');
    store.actions.clickAt(3, 39);
    expect(rows()).toBe(before);
  });

  test.each([
    [120, 40],
    [100, 30],
    [80, 24],
    [59, 30],
  ])(
    'a click anywhere on a row of the tree selects that row, and one beside the rows none, at %d × %d',
    (columns, rows) => {
      const lines = Array.from({length: 60}, (_, index) => `  f${index} a.py:${index + 2} ${200 - index}`);
      const snapshot = parseSnapshot(`main a.py:1\n${lines.join('\n')}`);
      const store = createTreeStore({snapshot, columns, rows});
      store.actions.run('goToLast');
      const {layout, scroll} = store.getState();
      const {width, height} = layout!.tree!;
      for (const column of [0, 5, 14, 22, width - 1]) {
        for (const row of [0, 3, height - 1]) {
          store.actions.clickAt(column, row);
          expect(store.getState()).toMatchObject({cursorRow: scroll.row + row, scroll, focus: 'tree'});
        }
      }
      // On the line between the panes, on the source, on the status.
      const before = store.getState().cursorRow;
      const divider = columns >= 90 ? [width, 2] : [2, height];
      store.actions.clickAt(divider[0]!, divider[1]!);
      store.actions.clickAt(2, rows - 1);
      expect(store.getState()).toMatchObject({cursorRow: before, focus: 'tree'});
      const {source} = layout!;
      if (source !== null) store.actions.clickAt(source.column + source.width - 1, source.row);
      expect(store.getState()).toMatchObject({cursorRow: before, focus: source === null ? 'tree' : 'source'});
    },
  );

  test('the wheel moves the rows, not the cursor; the next key goes back to it', () => {
    const lines = Array.from({length: 100}, (_, index) => `  f${index} a.py:${index + 2} ${200 - index}`);
    const store = createTreeStore({
      snapshot: parseSnapshot(`main a.py:1\n${lines.join('\n')}`),
      columns: 120,
      rows: 40,
    });
    store.actions.setViewport(70, 38);
    store.actions.wheelAt(5, 5, 30);
    expect(store.getState()).toMatchObject({cursorRow: 0, scroll: {row: 30}});
    store.actions.wheelAt(5, 5, 1000);
    expect(store.getState().scroll.row).toBe(102 - 38);
    store.actions.run('moveDown');
    expect(store.getState()).toMatchObject({cursorRow: 1, scroll: {row: 1}});
    store.actions.setSourceRange(-5, 5);
    store.actions.wheelAt(100, 5, 3);
    expect(store.getState().source.row).toBe(3);
  });
});
