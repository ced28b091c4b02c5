import type {ReactNode} from 'react';
import {afterEach} from 'vitest';
import {App, type AppProps} from '../../components/App.js';
import {createTreeStore, type TreeStore, type TreeStoreOptions} from '../../src/session/create-tree-store.js';
import type {SourceReader} from '../../src/source/source-reader.js';
import {type FrameApp, type FrameOptions, renderFrame as renderOnce} from '../../src/testing.js';
import {parseSnapshot} from './tree-text.js';

const apps: FrameApp[] = [];

afterEach(() => {
  for (const app of apps.splice(0)) app.unmount();
});

/** As `renderFrame` of the library, and unmounts at the end of the test. */
export function renderFrame(element: ReactNode, options: FrameOptions = {}): FrameApp {
  const app = renderOnce(element, options);
  apps.push(app);
  return app;
}

/** A program that loads and builds, with imports and frames of runpy. */
export const SAMPLE = `
  _run_code <frozen runpy>:88
    <module> /app/app.py:50
      main /app/app.py:43
        load /app/data.py:12 2000000 x3
        build /app/data.py:40 1000000 x20
          make_row /app/data.py:31 500000 x7
          make_cell /app/data.py:20 161000 x90 @0x2 (worker)
      <import> <frozen importlib._bootstrap>:1176
        exec /usr/lib/python3.11/json/__init__.py:106 3000 x2
`;

/** Finds no source, at once: frames do not depend on the files of this machine, nor on when they are read. */
const NO_SOURCES: SourceReader = {
  get: () => ({kind: 'not-found', tried: []}),
  read: async () => ({kind: 'not-found', tried: []}),
};

/** The whole screen of a tree in text form. */
export async function renderApp(
  text: string,
  {columns, rows, colorBits, ...options}: FrameOptions & TreeStoreOptions & Omit<AppProps, 'store'> = {},
): Promise<FrameApp & {readonly store: TreeStore}> {
  const snapshot = parseSnapshot(text);
  const store = createTreeStore({snapshot, name: 'results.bin', namesOptions: true, ...options});
  const app = renderFrame(<App store={store} sourceReader={NO_SOURCES} {...options} />, {
    ...(columns && {columns}),
    ...(rows && {rows}),
    ...(colorBits && {colorBits}),
  });
  await app.settle();
  return {...app, store};
}
