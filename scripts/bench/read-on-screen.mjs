// Reads a capture as the screen does, with frames that nobody sees, and ends when the whole tree and its
// source are drawn.
//   node read-on-screen.mjs CAPTURE BIGGEST-ALLOCS partials|none
import {PassThrough, Writable} from 'node:stream';
import {Worker} from 'node:worker_threads';
import {render} from 'ink';
import {createElement} from 'react';
import {App, createTheme, createTreeStore} from '../../dist/index.js';
import '../typescript.mjs';

const {createPartialThrottle} = await import('../../src/reader/partial-throttle.ts');
const {openSession} = await import('../../src/reader/worker-session.ts');

const DRAWING_MS = 400;
const [path, biggestAllocs, kind] = process.argv.slice(2);
const store = createTreeStore({name: path});
store.actions.startLoad(path);

const stdout = Object.assign(new Writable({write: (_chunk, _encoding, done) => done()}), {
  columns: 120,
  rows: 40,
  isTTY: true,
});
const stdin = Object.assign(new PassThrough(), {isTTY: true, setRawMode() {}, ref() {}, unref() {}});
const theme = createTheme({depth: 'truecolor'});
const options = {stdout, stdin, incrementalRendering: true, maxFps: 60, interactive: true};
render(createElement(App, {store, theme}), {
  ...options,
  exitOnCtrlC: false,
  patchConsole: false,
});

const view = {kind: 'peak'};
const limit = Number(biggestAllocs);
const session = openSession(
  {kind: 'file', path},
  {view, biggestAllocs: limit, wantsAll: true},
  {startWorker: () => new Worker(new URL('../../dist/bin/worker.js', import.meta.url))},
);
session.subscribe(progress => store.actions.receive({type: 'progress', progress, partial: null}));
const throttle = createPartialThrottle(askForPartial);
if (kind === 'partials') askForPartial();
const answer = await session.getWhole({select: view, limit, shown: limit, wholePeak: false});
throttle.stop();
if (answer?.type !== 'done') throw new Error(answer?.message);
store.actions.receive(answer);
setTimeout(() => process.exit(), DRAWING_MS);

async function askForPartial() {
  const partial = await session.getPartial(view);
  if (partial === null) return;
  throttle.noteShown();
  store.actions.receive(partial);
}
