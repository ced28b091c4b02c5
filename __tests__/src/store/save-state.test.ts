import {describe, expect, test, vi} from 'vitest';
import {createKeymap} from '../../../src/commands/keymap.js';
import {createTreeStore} from '../../../src/session/create-tree-store.js';
import {selectNotices} from '../../../src/store/notices.js';
import type {SaveState} from '../../../src/store/save-state.js';
import {selectStatusParts} from '../../../src/store/status.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const UNSAVED: SaveState = {kind: 'unsaved', path: null, failure: null};
const TOO_LARGE: SaveState = {kind: 'lost', path: null, failure: null};
const FULL: SaveState = {kind: 'lost', path: 'run.bin', failure: 'cannot be written'};
const SAVING: SaveState = {kind: 'saving', path: 'run.bin', failure: null};
const SAVED: SaveState = {kind: 'saved', path: 'run.bin', failure: null};

/** A live run of which something was received, unless it still waits for the program. */
function openRun(save: SaveState | null, hasCapture = true) {
  const calls = {onQuit: vi.fn(), onReload: vi.fn(), onSave: vi.fn()};
  const store = createTreeStore({
    ...calls,
    ...(hasCapture && {snapshot: parseSnapshot('main a.py:1\n  load a.py:2 5')}),
  });
  store.actions.startLoad('port 4000');
  if (save !== null) store.actions.setSave(save);
  const keymap = createKeymap();
  return {
    ...calls,
    store,
    press: (...keys: string[]) => {
      for (const key of keys) store.actions.press(key, keymap);
    },
    getNote: () => store.getState().keyNote,
  };
}

describe('q', () => {
  test.each([
    ['unsaved', UNSAVED, 'The recording is not kept. Press q again to quit, or W to save it.'],
    ['too large', TOO_LARGE, 'The recording is not kept. Press q again to quit.'],
    ['not saved', FULL, 'The recording is not kept. Press q again to quit.'],
  ])('asks first where a run is %s; the second one quits', (_, save, question) => {
    const {press, onQuit, getNote} = openRun(save);
    press('q');
    expect(onQuit).not.toHaveBeenCalled();
    expect(getNote()).toBe(question);
    press('q');
    expect(onQuit).toHaveBeenCalledExactlyOnceWith('quit');
  });

  test.each([
    ['is saved while it is received', SAVING, true],
    ['was saved', SAVED, true],
    ['has not begun', UNSAVED, false],
    ['is a file', null, true],
  ])('quits at once where a run %s', (_, save, hasCapture) => {
    const {press, onQuit} = openRun(save, hasCapture);
    press('q');
    expect(onQuit).toHaveBeenCalledExactlyOnceWith('quit');
  });

  test('asks again after any other key', () => {
    const {press, onQuit, getNote} = openRun(UNSAVED);
    for (const key of ['j', 'escape', '?', '?']) {
      press('q', key);
      expect(getNote()).toBeNull();
    }
    expect(onQuit).not.toHaveBeenCalled();
  });

  test('Ctrl+C quits at once', () => {
    const {press, onQuit} = openRun(UNSAVED);
    press('ctrl+c');
    expect(onQuit).toHaveBeenCalledExactlyOnceWith('interrupt');
  });
});

describe('W', () => {
  test('saves a run, also after the question', () => {
    const {press, onSave} = openRun(UNSAVED);
    press('q', 'W');
    expect(onSave).toHaveBeenCalledOnce();
  });

  test.each([
    [null, true, 'Only a live run can be saved; this capture can be read again'],
    [UNSAVED, false, 'Nothing has been received yet'],
    [TOO_LARGE, true, 'Too large to be saved now: more than 64 MB; --save FILE saves from the start'],
    [FULL, true, 'It could not be saved to run.bin'],
    [SAVING, true, 'It is being saved to run.bin'],
    [SAVED, true, 'It was saved to run.bin'],
  ])('says why it does nothing (%o)', (save, hasCapture, note) => {
    const {press, onSave, getNote} = openRun(save, hasCapture);
    press('W');
    expect(getNote()).toBe(note);
    expect(note.length).toBeLessThanOrEqual(80);
    expect(onSave).not.toHaveBeenCalled();
  });

  test('its progress is said', () => {
    const {store, getNote} = openRun(UNSAVED);
    store.actions.setSave(SAVING);
    expect(getNote()).toBe('Saving to run.bin');
    store.actions.setSave(SAVED);
    expect(getNote()).toBe('Saved to run.bin');
    expect(selectStatusParts(store.getState()).map(part => part.text)).toContain('saved to run.bin');
  });

  test('its failure is said', () => {
    const {store} = openRun(FULL);
    expect(selectNotices(store.getState())).toContainEqual({
      kind: 'error',
      text: 'run.bin: cannot be written',
    });
  });
});

describe('R', () => {
  test.each([
    ['while a run is received', UNSAVED],
    ['while it is saved', SAVING],
    ['after it was saved', SAVED],
  ])('does not receive a run again: %s', (_, save) => {
    const {press, onReload, getNote} = openRun(save);
    press('R');
    expect(getNote()).toBe('A live run can be received only once');
    press('?', 'R');
    expect(onReload).not.toHaveBeenCalled();
  });

  test('does not receive a run again that is over', () => {
    const {store, press, onReload} = openRun(UNSAVED);
    const progress = {bytesRead: 1, totalBytes: null, records: 1, elapsedMs: 1};
    store.actions.receive({type: 'done', progress, snapshot: parseSnapshot('main a.py:1 5')});
    press('R');
    expect(onReload).not.toHaveBeenCalled();
  });

  test('tries again where nothing was received', () => {
    const {store, press, onReload} = openRun(UNSAVED, false);
    store.actions.receive({type: 'failed', code: 'not-a-capture', message: 'another program answers'});
    press('R');
    expect(onReload).toHaveBeenCalledOnce();
  });

  test('reads a file again', () => {
    const {press, onReload} = openRun(null);
    press('R');
    expect(onReload).toHaveBeenCalledOnce();
  });
});

test.each([
  [null, 'save must be an object'],
  [{kind: 'kept', path: null, failure: null}, 'save.kind must be "unsaved", "lost", "saving" or "saved"'],
  [{kind: 'saved', path: 5, failure: null}, 'save.path must be a string'],
  [{kind: 'lost', path: null}, 'save.failure must be a string'],
])('a wrong state is named: %o', (save, message) => {
  const {store} = openRun(null);
  expect(() => store.actions.setSave(save as unknown as SaveState)).toThrow(message);
  expect(store.getState().save).toBeNull();
});
