import type {CaptureParser} from '../heap/capture-parser.js';
import type {History} from '../heap/history.js';
import type {UnmergedSnapshot} from '../heap/native-traces.js';
import {type CaptureInfo, isHeap, isSameView, type Snapshot, type View} from '../heap/snapshot.js';
import type {Timeline} from '../heap/timeline.js';
import {getFreeHeapBytes} from '../platform/heap-limit.js';
import type {LoadProgress} from './load-messages.js';

/** Which snapshot of a capture. */
export interface SnapshotRequest {
  readonly select: View;
  /** How many of the biggest locations are needed. */
  readonly limit: number;
  /** Whether the blocks of the locations are needed. */
  readonly blocks?: boolean;
}

/** How naming goes on. */
export type OnResolving = (resolving: NonNullable<LoadProgress['resolving']>) => void;

/** A capture that was read to its end: it answers from what its parser holds, as often as it is asked. */
export interface ReadCapture {
  /** How far the reading went. */
  getProgress(): LoadProgress;
  /** Whether it can answer. */
  holds(request: SnapshotRequest): boolean;
  /** Whether native frames have to be named, which takes time: only as many locations as are needed get names. */
  readonly hasNativeFrames: boolean;
  /** Rejects with the reason of the signal. */
  getSnapshot(request: SnapshotRequest, onResolving: OnResolving, signal?: AbortSignal): Promise<Snapshot>;
  /** All locations, with what it takes to name their native frames; null where there are no such frames. */
  getUnmerged(select: View): UnmergedSnapshot | null;
  /** The course of the run; null where it is not kept. */
  getTimeline(): Timeline | null;
  /** What was held at some moments; null where that is not kept, has native frames, or takes much memory. */
  getHistory(): History | null;
}

export interface ReadOptions {
  readonly view: View;
  readonly pythonOnly?: boolean;
  readonly symbolsDirectory?: string | null;
  /** All locations where memory suffices, whatever the limit; not of native captures. */
  readonly wantsAll?: boolean;
  /** Whether the blocks of the view were kept. */
  readonly blocks?: boolean;
}

/** What the source adds to what the parser knows of the capture. */
export type CompleteInfo = (capture: CaptureInfo) => CaptureInfo;

export function createReadCapture(
  parser: CaptureParser,
  options: ReadOptions,
  getProgress: () => LoadProgress,
  complete: CompleteInfo,
): ReadCapture {
  const hasNativeFrames = parser.hasNativeTraces && !options.pythonOnly;
  const completed = <T extends Snapshot>(snapshot: T): T => {
    // Each snapshot has columns of its own: they may be handed over.
    const timeline = parser.getTimeline();
    return {...snapshot, capture: complete(snapshot.capture), ...(timeline && {timeline})};
  };
  const getUnmerged = (select: View, limit: number): UnmergedSnapshot =>
    completed(parser.getUnmergedSnapshot(select, getFreeHeapBytes(), limit));
  return {
    getProgress,
    hasNativeFrames,
    holds({select, blocks}) {
      const isOfView = isSameView(select, options.view);
      return isOfView ? !blocks || options.blocks === true : !blocks && parser.hasViews && isHeap(select);
    },
    async getSnapshot({select, limit}, onResolving, signal) {
      if (hasNativeFrames) {
        return nameFrames(getUnmerged(select, limit), options.symbolsDirectory, onResolving, signal);
      }
      const whole = options.wantsAll ? parser.getWholeSnapshot(select, getFreeHeapBytes()) : null;
      return completed(whole ?? parser.getSnapshot(limit, select, getFreeHeapBytes()));
    },
    getUnmerged: select => (hasNativeFrames ? getUnmerged(select, Infinity) : null),
    getTimeline: () => parser.getTimeline(),
    getHistory() {
      const history = hasNativeFrames ? null : parser.getHistory(getFreeHeapBytes());
      return history && {...history, base: completed(history.base)};
    },
  };
}

/** What it takes to name native frames is loaded only for a capture that has them. */
export async function nameFrames(
  unmerged: UnmergedSnapshot,
  symbolsDirectory: string | null | undefined,
  onProgress: OnResolving,
  signal?: AbortSignal,
): Promise<Snapshot> {
  const {resolveNative} = await import('./resolve-native.js');
  return resolveNative(unmerged, {symbolsDirectory: symbolsDirectory ?? null, signal, onProgress});
}
