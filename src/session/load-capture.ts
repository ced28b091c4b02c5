import {type CaptureInfo, isSameRecording, type View} from '../heap/snapshot.js';
import type {CaptureInput} from '../reader/capture-input.js';
import {checkBiggestAllocs, checkLoadOptions, checkView, claimSource} from '../reader/check-request.js';
import {holdHistory, openHistory} from '../reader/held-history.js';
import {nameSource} from '../reader/name-source.js';
import {openSource} from '../reader/open-source.js';
import type {ReadCapture} from '../reader/read-capture.js';
import {type LoadRequest, readSource, reportEnd} from '../reader/run-load.js';
import {getCaptureDirectory} from './capture-directory.js';
import {checkStore} from './check-input.js';
import type {TreeStore} from './create-tree-store.js';

export interface LoadCaptureOptions extends Partial<LoadRequest> {
  /** What the status line calls the capture; the path or the name of the File that is read. */
  readonly name?: string;
  readonly signal?: AbortSignal;
}

const PEAK: View = {kind: 'peak'};

const ABORTED = {type: 'failed', code: 'aborted', message: 'the reading was ended'} as const;

/** What ends the load that a store has not got the end of. */
const running = new WeakMap<TreeStore, AbortController>();

/** What a store was loaded from last. */
const sources = new WeakMap<TreeStore, CaptureInput>();

/**
 * Reads a capture into a store: progress every 100 ms, with the tree so far as often as is cheap, then the
 * whole tree. What goes wrong is reported by the store (`failure`); rejects only with the signal's reason
 * when aborted, and with TypeError or RangeError that names a wrong argument. It reads in this thread, in
 * slices between which timers and keys have their turn.
 * Sources are searched in the folder of a path, too.
 * A later load into the same store takes the place of this one, which ends then, and resolves.
 */
export async function loadCapture(
  store: TreeStore,
  source: CaptureInput,
  options: LoadCaptureOptions = {},
): Promise<void> {
  checkStore(store);
  checkLoadOptions(options);
  claimSource(source);
  const {view = PEAK, biggestAllocs = 200, name, signal, ...native} = options;
  checkView(view);
  checkBiggestAllocs(biggestAllocs);
  running.get(store)?.abort();
  const replaced = new AbortController();
  running.set(store, replaced);
  const former = startLoad(store, source, name);
  const signals = signal === undefined ? [replaced.signal] : [replaced.signal, signal];
  const load = {view, biggestAllocs, ...native, signal: AbortSignal.any(signals)};
  const {receive} = store.actions;
  try {
    const reading = readSource(() => openSource(source), load, receive);
    await reportEnd(reading, load, receive);
    const read = await reading.catch(() => null);
    if (read !== null && !replaced.signal.aborted) takeHistory(store, read, former);
  } catch (error) {
    if (replaced.signal.aborted) return;
    if (signal?.aborted) store.actions.receive(ABORTED);
    throw error;
  }
}

/** Returns the facts of what was read before of the same source; null where it is another one. */
function startLoad(store: TreeStore, source: CaptureInput, name: string | undefined): CaptureInfo | null {
  const isSame = sources.get(store) === source;
  sources.set(store, source);
  if (!isSame) store.actions.receiveHistory(null);
  const captureDirectory = getCaptureDirectory(source);
  store.actions.startLoad(name ?? nameSource(source) ?? '', {captureDirectory, isOther: !isSame});
  return isSame ? store.getState().capture : null;
}

/** The history of an earlier reading stays for results of the same recording that do not have it. */
function takeHistory(store: TreeStore, read: ReadCapture, former: CaptureInfo | null): void {
  const {capture} = store.getState();
  const history = read.getHistory();
  const isOther = former === null || capture === null || !isSameRecording(former, capture);
  if (history !== null) store.actions.receiveHistory(openHistory(holdHistory(history)));
  else if (isOther) store.actions.receiveHistory(null);
}
