import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createTreeStore, type TreeStore} from '../../../src/session/create-tree-store.js';
import type {SourceExcerpt} from '../../../src/source/source-excerpt.js';
import type {RefusalReason} from '../../../src/source/source-result.js';
import {layOutSource, type SourcePane} from '../../../src/store/source-pane/source-layout.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const PANE: SourcePane = {width: 44, height: 20, isAscii: false, leftOut: '', hints: {}};

function readLines(count: number, line: number): SourceExcerpt {
  const lines = Array.from({length: count}, (_, index) => `line_${index + 1}`);
  const result = {
    kind: 'text',
    path: '/app.py',
    lines,
    firstLine: 1,
    totalLines: count,
    language: null,
  } as const;
  return {file: 'app.py', line, isRevealed: false, result};
}

/** A store with the function `load` selected, and the source in the focus. */
function open(excerpt: SourceExcerpt, pane: SourcePane = PANE): TreeStore {
  const store = createTreeStore({
    snapshot: parseSnapshot('main app.py:1\n  load app.py:50 5\n  save app.py:60 4'),
  });
  store.actions.run('openSubtree');
  store.actions.run('moveDown');
  store.actions.run('moveDown');
  store.actions.setSourceContext(pane);
  store.actions.setSourceSize(pane.width, pane.height);
  store.actions.setExcerpt(excerpt);
  store.actions.run('switchFocus');
  return store;
}

const getRow = (store: TreeStore) => store.getState().source.row;

test('of a row for a function says that it stands for all of its lines, however many they are', () => {
  const result = {
    kind: 'text',
    path: '/app.py',
    lines: ['def load():'],
    firstLine: 1,
    totalLines: 1,
  } as never;
  const store = open({file: 'app.py', line: 0, functionName: 'load', isRevealed: false, result});
  const getCaption = () => layOutSource(store.getState(), store.getState().excerpt, PANE).caption;
  expect(getCaption()).toEqual(['the line is not known; this is the', 'definition']);
  store.actions.run('switchLevel');
  expect(getCaption()).toEqual(['all lines of this function']);
});

describe('the source', () => {
  test('scrolls as far as it goes, and back with the next key', () => {
    const store = open(readLines(100, 50));
    const {range} = layOutSource(store.getState(), store.getState().excerpt, PANE);
    store.actions.run('goToLast');
    expect(getRow(store)).toBe(range.lastRow);
    for (const command of ['moveDown', 'pageDown', 'moveUp'] as const) store.actions.run(command);
    expect(getRow(store)).toBe(range.lastRow - 1);
    store.actions.run('goToFirst');
    for (const command of ['pageUp', 'moveUp', 'moveDown'] as const) store.actions.run(command);
    expect(getRow(store)).toBe(range.firstRow + 1);
  });

  test('goes back to the line when another frame is selected', () => {
    const store = open(readLines(100, 50));
    for (const command of ['moveDown', 'switchFocus', 'moveDown'] as const) store.actions.run(command);
    expect(getRow(store)).toBe(0);
  });

  test('goes back into its range when the pane grows or the file becomes shorter', () => {
    const store = open(readLines(100, 50));
    store.actions.run('goToLast');
    const before = getRow(store);
    store.actions.setSourceSize(PANE.width, 60);
    expect(getRow(store)).toBeLessThan(before);
    store.actions.setExcerpt(readLines(10, 5));
    expect(getRow(store)).toBe(0);
  });

  test('scrolls in the pane that the screen has for it', () => {
    const store = createTreeStore({snapshot: parseSnapshot('main app.py:1 5'), columns: 140, rows: 40});
    store.actions.run('moveDown');
    store.actions.setSourceContext(PANE);
    store.actions.setExcerpt(readLines(100, 1));
    store.actions.run('switchFocus');
    store.actions.run('goToLast');
    const {layout, excerpt} = store.getState();
    const {range} = layOutSource(store.getState(), excerpt, {...PANE, ...layout!.source!});
    expect(getRow(store)).toBe(range.lastRow);
    store.actions.setScreen(140, 30);
    expect(getRow(store)).toBe(range.lastRow);
    store.actions.setScreen(140, 60);
    expect(getRow(store)).toBe(range.lastRow - 20);
  });

  test('is where it was while its end is not known', () => {
    const store = open(readLines(100, 50));
    store.actions.setSourceContext(null);
    store.actions.run('pageDown');
    store.actions.run('goToLast');
    expect(getRow(store)).toBe(Infinity);
    store.actions.setSourceRange(-3, 7);
    expect(getRow(store)).toBe(7);
  });

  test('shows a window within the file, whatever its size, and the line in it at first', () => {
    const size = fc.integer({min: 0, max: 60});
    fc.assert(
      fc.property(size, size, size, size, (count, line, width, height) => {
        const excerpt = readLines(Math.max(1, count), line);
        const store = open(excerpt, {...PANE, width, height});
        const layout = layOutSource(store.getState(), excerpt, {...PANE, width, height});
        const {firstRow, lastRow} = layout.range;
        expect(firstRow).toBeLessThanOrEqual(0);
        expect(lastRow).toBeGreaterThanOrEqual(0);
        expect(lastRow - firstRow).toBe(Math.max(0, Math.max(1, count) - layout.height));
        expect(layout.height).toBeLessThanOrEqual(height);
      }),
    );
  });
});

describe('the source that is held back', () => {
  const refuse = (reason: RefusalReason): SourceExcerpt => ({
    file: 'app.py',
    line: 1,
    isRevealed: false,
    result: {kind: 'refused', path: '/app.py', reason},
  });

  test.each<[RefusalReason, string | null]>([
    ['private', 'app.py'],
    ['user-file-system', 'app.py'],
    ['binary', null],
  ])('follows from what was read: %s', (reason, file) => {
    expect(open(refuse(reason)).getState().heldBackFile).toBe(file);
  });

  test('is revealed by its key', () => {
    const store = open(refuse('private'));
    store.actions.run('revealSource');
    expect([...store.getState().revealedFiles]).toEqual(['app.py']);
    store.actions.setExcerpt(null);
    expect(store.getState().heldBackFile).toBeNull();
  });
});
