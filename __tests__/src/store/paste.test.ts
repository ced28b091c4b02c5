import {describe, expect, it} from 'vitest';
import {createKeymap} from '../../../src/commands/keymap.js';
import {createTreeStore} from '../../../src/session/create-tree-store.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const IGNORED = 'Pasted text is taken only where something is typed, such as after /';

function open(...keys: string[]) {
  const reasons: string[] = [];
  const store = createTreeStore({
    snapshot: parseSnapshot('main app.py:1\n  load app.py:10 600'),
    onQuit: reason => reasons.push(reason),
  });
  store.actions.setViewport(60, 20);
  const keymap = createKeymap();
  for (const key of keys) store.actions.press(key, keymap);
  return {store, reasons};
}

describe('pasted text', () => {
  it.each([
    ['load', 'load'],
    ['load\n', 'load'],
    ['\r\n  load\r\n\r\n\tq\r', '  load q'],
    ['a\u001b[31mb\u0003\u007f\u009bc', 'a[31mbc'],
    ['名🎉\ud83c', '名🎉'],
    ['\n', ''],
    ['', ''],
  ])('%j is one line of a search', (text, line) => {
    const {store, reasons} = open('/');
    store.actions.paste(text);
    expect(store.getState().search).toMatchObject({query: line, isTyping: true});
    expect(reasons).toEqual([]);
  });

  it('is no longer than a line may be', () => {
    const {store} = open('/', 'x');
    store.actions.paste('y'.repeat(10_000));
    expect(store.getState().search.query).toBe(`x${'y'.repeat(4095)}`);
  });

  it('goes into a filter, the palette and the name of a file', () => {
    const filter = open('f').store;
    filter.actions.paste('load\n');
    expect(filter.getState().filterPrompt?.text).toBe('load');
    const palette = open(':').store;
    palette.actions.paste('leaks\nq');
    expect(palette.getState().menu?.text).toBe('leaks q');
    const file = open('x', 'enter', 'ctrl+u').store;
    file.actions.paste('out.html\r');
    expect(file.getState().menu).toMatchObject({kind: 'file', text: 'out.html'});
  });

  it.each([[[]], [[';']], [['t']], [['?']], [['/', 'm', 'enter']]])(
    'is ignored after %j, and that is said',
    keys => {
      const {store, reasons} = open(...keys);
      const {menu, help, cursor} = store.getState();
      store.actions.paste('q\rjjj');
      expect(store.getState()).toMatchObject({menu, help, cursor, keyNote: IGNORED});
      expect(reasons).toEqual([]);
    },
  );
});
