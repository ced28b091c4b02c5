import {expect, it, test} from 'vitest';
import {createTreeStore} from '../../../src/session/create-tree-store.js';
import {wrapKeyNote} from '../../../src/store/key-note.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

test.each([
  ['short', 10, 3, ['short']],
  ['one two three', 8, 3, ['one two', 'three']],
  ['one two three four five', 8, 2, ['one two', 'three…']],
  ['12345678', 8, 1, ['12345678']],
  ['123456789', 8, 1, ['1234567…']],
  ['a\nb', 8, 1, ['a␊b']],
])('%j in %d cells and %d rows', (note, width, rows, expected) => {
  expect(wrapKeyNote(note, width, rows)).toEqual(expected);
});

it('ends a note that is too long with a sign, however many rows there are', () => {
  const rows = wrapKeyNote('x'.repeat(5000), 80, 1000);
  expect(rows.at(-1)!.endsWith('…')).toBe(true);
});

it('takes the rows of a long note from the panes, until the next key', () => {
  const snapshot = parseSnapshot('main app.py:3 100');
  const store = createTreeStore({snapshot, columns: 80, rows: 24, onCopy: () => 'path/'.repeat(30)});
  const before = store.getState().layout!;
  store.actions.run('copyLocation');
  const during = store.getState().layout!;
  expect(during.keyRows).toBe(2);
  expect(during.status.row).toBe(before.status.row - 1);
  store.actions.run('moveDown');
  expect(store.getState().layout).toEqual(before);
});

it('has what the host has to say of an editor, when that is known', async () => {
  const snapshot = parseSnapshot('main app.py:3 100');
  const requests: unknown[] = [];
  const store = createTreeStore({
    snapshot,
    onOpenSource: request => {
      requests.push(request);
      return Promise.resolve(requests.length === 1 ? 'vim was ended by SIGKILL' : null);
    },
  });
  store.actions.run('openSource');
  expect(store.getState().keyNote).toBe('This row has no source file');
  store.actions.run('moveDown');
  store.actions.run('openSource');
  expect(store.getState().keyNote).toBeNull();
  await Promise.resolve();
  await Promise.resolve();
  expect(store.getState().keyNote).toBe('vim was ended by SIGKILL');
  store.actions.run('openSource');
  await Promise.resolve();
  expect(store.getState().keyNote).toBeNull();
  const request = {file: 'app.py', line: 3, functionName: 'main', isRevealed: false};
  expect(requests).toEqual([request, request]);
});
