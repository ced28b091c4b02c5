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
const {loadInWorker} = await import('../../src/reader/load-in-worker.ts');

const DRAWING_MS = 400;
const [path, biggestAllocs, kind] = process.argv.slice(2);
const worker = new Worker(new URL('../../dist/bin/worker.js', import.meta.url));
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

const throttle = createPartialThrottle(() => load.askForPartial());
const load = loadInWorker(
  worker,
  {kind: 'file', path},
  {
    view: {kind: 'peak'},
    biggestAllocs: Number(biggestAllocs),
    biggest: Number(biggestAllocs),
    wantsAll: true,
    wholePeak: false,
  },
  message => {
    if (message.type === 'failed') throw new Error(message.message);
    const hasPartial = message.type === 'progress' && message.partial !== null && kind === 'partials';
    if (hasPartial) throttle.noteShown();
    store.actions.receive(message.type === 'progress' && !hasPartial ? {...message, partial: null} : message);
    if (message.type === 'done') setTimeout(() => process.exit(), DRAWING_MS);
  },
);
