import {EventEmitter} from 'node:events';
import {type RenderOptions, render} from 'ink';
import {afterEach, expect, test, vi} from 'vitest';
import {App} from '../../components/App.js';
import {createTreeStore, type TreeStore} from '../../src/session/create-tree-store.js';
import {renderFrame, SAMPLE} from '../helpers/render.js';
import {parseSnapshot} from '../helpers/tree-text.js';

const RESIZES = 120;

/** A screen whose size changes without waiting for anything to be drawn. */
class Screen extends EventEmitter {
  readonly isTTY = true;
  columns = 120;
  rows = 40;
  readonly frames: string[] = [];

  write = (chunk: string, callback?: () => void): boolean => {
    if (chunk.includes('peak')) this.frames.push(chunk);
    callback?.();
    return true;
  };

  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.emit('resize');
  }
}

const nextTurn = () =>
  new Promise<void>(resolve => {
    setImmediate(resolve);
  });

afterEach(() => {
  vi.restoreAllMocks();
});

function sendProgress(store: TreeStore, index: number): void {
  const progress = {bytesRead: index, totalBytes: RESIZES, elapsedMs: index, records: index};
  store.actions.receive({type: 'progress', progress, partial: null});
}

// React throws "Maximum update depth exceeded" after 50 updates each of which led to the next one. A
// component that sets state after each layout, or writes its size back into the store, is one link of such a
// chain, and the next resize is another one.
test.each(['alone', 'while a capture is read'])('a resize in each of many turns, %s', async what => {
  const errors = vi.spyOn(console, 'error').mockReturnValue();
  const store = createTreeStore({snapshot: parseSnapshot(SAMPLE), name: 'results.bin'});
  const screen = new Screen();
  const stdin = Object.assign(new EventEmitter(), {
    isTTY: true,
    setRawMode() {},
    setEncoding() {},
    ref() {},
    unref() {},
    read: () => null,
  });
  const options = {stdout: screen, stderr: screen, stdin} as unknown as RenderOptions;
  const instance = render(<App store={store} />, {
    ...options,
    debug: true,
    interactive: true,
    patchConsole: false,
  });
  await instance.waitUntilRenderFlush();
  for (let index = 0; index < RESIZES; index++) {
    screen.resize(90 + ((index * 7) % 60), 18 + ((index * 5) % 40));
    if (what !== 'alone' && index % 3 === 0) sendProgress(store, index);
    await nextTurn();
  }
  screen.resize(133, 43);
  sendProgress(store, RESIZES);
  for (let turn = 0; turn < 4; turn++) await instance.waitUntilRenderFlush();
  expect(errors.mock.calls.map(([message]) => String(message))).toEqual([]);
  const fresh = renderFrame(<App store={store} />, {columns: 133, rows: 43});
  await fresh.settle();
  expect(screen.frames.at(-1)?.replace(/ +$/gm, '')).toBe(fresh.frame());
  instance.unmount();
});
