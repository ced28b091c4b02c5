import {App} from '../../../components/App.js';
import {CaptureError} from '../../../src/capture/damage.js';
import {readCapture} from '../../../src/headless.js';
import {HistoryReader} from '../../../src/heap/history.js';
import type {Snapshot, View} from '../../../src/heap/snapshot.js';
import {DEFAULT_QUERY} from '../../../src/query/tree-query.js';
import {createTreeStore, type TreeStore} from '../../../src/session/create-tree-store.js';
import type {SourceReader} from '../../../src/source/source-reader.js';
import {type FrameApp, renderFrame} from '../../../src/testing.js';
import type {Random} from '../fuzzing/random.js';
import {createQueryText} from '../fuzzing/random-query.js';
import {readCompared} from '../fuzzing/read-compared.js';
import {parseWithHistory} from '../keep-history.js';

const KEYS = [
  ...['up', 'down', 'left', 'right', 'shift+up', 'shift+down', 'shift+left', 'shift+right', 'home', 'end'],
  ...['pageup', 'pagedown', 'enter', 'space', 'tab', 'backspace', 'escape', 'delete', 'ctrl+u', 'ctrl+d'],
  ...['ctrl+r', 'ctrl+l', ...'hjklgGeECiuvanN;tfzZDmcrbw,0123456789LsSd%OB+-T[]pP}{JKMVH?yYoW.'],
];
const TYPED = ['m', 'load', 're:^a', 're:(', '名前', '\u202e', '"', 'x'.repeat(80)];
const SIZES = [
  [120, 40],
  [80, 24],
  [60, 15],
  [200, 50],
  [30, 6],
  [1, 1],
] as const;

const NO_SOURCES: SourceReader = {
  get: () => ({kind: 'not-found', tried: []}),
  read: async () => ({kind: 'not-found', tried: []}),
};

/** A screen of a capture, and a hand on its keyboard. */
export interface KeyRun {
  /** Presses one random key, or types something; throws unless the frame is that of a fresh render of the same state. */
  step(random: Random): Promise<void>;
  close(): void;
}

/** @param captures the one that is shown, and those that it is compared with */
export async function openKeyRun(captures: readonly Uint8Array[]): Promise<KeyRun> {
  const {snapshot, history} = await readFirst(captures);
  const readings = new Readings(captures, snapshot);
  const store = createTreeStore({
    snapshot,
    name: 'results.bin',
    onRequestView: select => readings.start(select, store),
  });
  if (history !== null) store.actions.receiveHistory({open: () => history});
  const size = {columns: 120, rows: 40};
  const app = renderFrame(<App store={store} sourceReader={NO_SOURCES} />, size);
  await app.settle();
  return {
    async step(random) {
      const done = await act(app, size, random);
      await readings.settle();
      await app.settle();
      await compareWithFresh(app, store, size, done);
    },
    close: () => app.unmount(),
  };
}

async function readFirst(captures: readonly Uint8Array[]) {
  if (captures.length > 1) {
    return {snapshot: await readCompared(captures, {view: {kind: 'peak'}, blocks: true}), history: null};
  }
  const parser = parseWithHistory(captures[0]!);
  const timeline = parser.getTimeline()!;
  const history = parser.getHistory();
  return {
    snapshot: {...parser.getSnapshot(), timeline},
    history: history && new HistoryReader({...history, base: {...history.base, timeline}}),
  };
}

/** What a host would read again. */
class Readings {
  readonly #captures: readonly Uint8Array[];
  readonly #first: Snapshot;
  #newest: Promise<void> = Promise.resolve();

  constructor(captures: readonly Uint8Array[], first: Snapshot) {
    this.#captures = captures;
    this.#first = first;
  }

  start(select: View, store: TreeStore): void {
    const reading = this.#read(select, store).finally(() => {
      if (this.#newest === reading) this.#newest = Promise.resolve();
    });
    this.#newest = reading;
  }

  settle(): Promise<void> {
    return this.#newest;
  }

  async #read(select: View, store: TreeStore): Promise<void> {
    const progress = {bytesRead: 1, totalBytes: 1, records: 1, elapsedMs: 1};
    try {
      const snapshot = await this.#readAgain(select);
      const {timeline} = this.#first;
      store.actions.receive({type: 'done', progress, snapshot: {...snapshot, ...(timeline && {timeline})}});
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      store.actions.receive({type: 'failed', code: error.code, message: error.message});
    }
  }

  async #readAgain(select: View): Promise<Snapshot> {
    if (this.#captures.length > 1) return readCompared(this.#captures, {view: select, blocks: true});
    const view = {...DEFAULT_QUERY, select};
    return (await readCapture(this.#captures[0]!, {view, allLocations: true, blocks: true})).snapshot;
  }
}

/** Returns what was done, for a message. */
async function act(app: FrameApp, size: {columns: number; rows: number}, random: Random): Promise<string> {
  const kind = random.below(40);
  if (kind === 0) {
    [size.columns, size.rows] = random.pick(SIZES);
    await app.resize(size.columns, size.rows);
    return `a resize to ${size.columns} × ${size.rows}`;
  }
  if (kind === 1) return typeInto(app, ':', createQueryText(random).replaceAll('\0', ''));
  if (kind === 2) return typeInto(app, random.pick(['/', 'f']), random.pick(TYPED));
  const key = random.pick(KEYS);
  await app.press(key);
  return `the key ${key}`;
}

async function typeInto(app: FrameApp, key: string, text: string): Promise<string> {
  await app.press(key);
  await app.type(text);
  await app.press('enter');
  return `${key} and ${JSON.stringify(text)}`;
}

/** What is drawn when no key has come for a while, such as lines over time, is waited for. */
async function compareWithFresh(
  app: FrameApp,
  store: TreeStore,
  {columns, rows}: {readonly columns: number; readonly rows: number},
  done: string,
): Promise<void> {
  const fresh = renderFrame(<App store={store} sourceReader={NO_SOURCES} />, {columns, rows});
  await fresh.settle();
  const isSame = () => app.frame() === fresh.frame();
  if (!isSame()) await Promise.any([app.waitFor(isSame), fresh.waitFor(isSame)]).catch(() => {});
  const [shown, expected] = [app.frame(), fresh.frame()];
  fresh.unmount();
  await app.settle();
  if (shown !== expected) throw new Error(`after ${done} the screen is\n${shown}\ninstead of\n${expected}`);
}
