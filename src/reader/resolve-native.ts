import {type MergedSnapshot, mergeNative} from '../heap/merge-native.js';
import type {UnmergedSnapshot} from '../heap/native-traces.js';
import type {Snapshot} from '../heap/snapshot.js';
import {awaitNextTurn} from '../platform/next-turn.js';
import {createNativeSymbols, type ImageProblems} from '../symbols/native-symbols.js';

export interface ResolveOptions {
  readonly symbolsDirectory?: string | null;
  readonly signal?: AbortSignal | undefined;
  /** Called about every 100 ms. */
  readonly onProgress: (resolving: {readonly done: number; readonly total: number}) => void;
}

/** How long this thread is kept from timers and messages at a time. */
const SLICE_MS = 20;
const PROGRESS_INTERVAL_MS = 100;

/**
 * Adds the native frames to the stacks of a snapshot, from the libraries on this machine. Rejects only when
 * aborted.
 */
export async function resolveNative(
  unmerged: UnmergedSnapshot,
  {symbolsDirectory = null, signal, onProgress}: ResolveOptions,
): Promise<Snapshot> {
  const {endTimeMs} = unmerged.capture;
  const symbols = createNativeSymbols({
    tables: unmerged.native.tables,
    symbolsDirectory,
    captureEndTimeMs: endTimeMs,
  });
  const total = unmerged.locations.length;
  const steps = mergeNative(unmerged, symbols);
  let reportedMs = performance.now();
  let turnMs = reportedMs;
  try {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return withProblems(step.value, symbols.problems);
      const nowMs = performance.now();
      if (nowMs - turnMs < SLICE_MS) continue;
      if (nowMs - reportedMs >= PROGRESS_INTERVAL_MS) {
        reportedMs = nowMs;
        onProgress({done: Math.floor(step.value * total), total});
      }
      await awaitNextTurn();
      signal?.throwIfAborted();
      turnMs = performance.now();
    }
  } finally {
    // Closes the file that is open when the load was aborted.
    steps.return(undefined as never);
  }
}

/** What has to be said about native names, one remark each. */
function withProblems(
  {unmergedLocations, cutLocations, ...snapshot}: MergedSnapshot,
  problems: ImageProblems,
): Snapshot {
  const {notFound, changed, newer, unsupported} = problems;
  const notes: string[] = [];
  const count = (number: number, one: string, many: string) =>
    number === 1 ? `1 library ${one}` : `${number} libraries ${many}`;
  if (notFound > 0) {
    notes.push(
      `${count(notFound, 'not found', 'not found')}; native names are incomplete. Try --symbols DIR.`,
    );
  }
  if (changed > 0) {
    const differ = count(changed, 'differs from the recorded one', 'differ from the recorded ones');
    notes.push(`${differ}; native names are incomplete.`);
  }
  if (newer > 0) {
    const newerFiles = count(newer, 'has', 'have');
    notes.push(`${newerFiles} a newer date than the capture; if rebuilt since, native names may be wrong.`);
  }
  if (unsupported > 0) {
    const formats = count(unsupported, 'has a file format', 'have file formats');
    notes.push(`${formats} that cannot be read; native names are incomplete.`);
  }
  if (unmergedLocations > 0) {
    notes.push(
      'The recorded interpreter has too few symbols: ' +
        `${unmergedLocations === 1 ? '1 stack shows' : `${unmergedLocations} stacks show`} native frames only below the last Python frame.`,
    );
  }
  if (cutLocations > 0) {
    notes.push(
      `There are too many native stacks to keep them whole: ${cutLocations === 1 ? '1 stack lacks its' : `${cutLocations} stacks lack their`} innermost frames.`,
    );
  }
  if (notes.length === 0) return snapshot;
  return {...snapshot, capture: {...snapshot.capture, notes: [...snapshot.capture.notes, ...notes]}};
}
