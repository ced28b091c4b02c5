// The façade without React: reads a capture and formats its tree.
import {joinText} from './base/join-text.js';
import {CaptureError, type CaptureErrorCode, type Damage} from './capture/damage.js';
import type {CaptureInfo, Elided, View} from './heap/snapshot.js';
import type {CaptureInput} from './reader/capture-input.js';
import {openSource} from './reader/capture-source.js';
import {checkBiggestAllocs, checkLoadOptions, checkView, claimSource} from './reader/check-request.js';
import type {LoadMessage, LoadProgress} from './reader/load-messages.js';
import {runLoad} from './reader/run-load.js';
import {checkReport} from './report/check-report.js';
import {formatJson} from './report/json.js';
import {formatText, type TextOptions} from './report/text.js';
import type {CallTree} from './tree/call-tree.js';
import {buildCallTree} from './tree/from-snapshot.js';
import {getModuleSearchPath} from './tree/module-search-path.js';

export type {NodeFormat} from './tree/node-format.js';
export type {CallNode, Tree} from './tree/tree-interface.js';
export type {CaptureErrorCode, CaptureInfo, CaptureInput, Damage, Elided, LoadProgress, TextOptions, View};
export {CaptureError};

/** @deprecated the former name of `LoadProgress` */
export type ReadingProgress = LoadProgress;

/** The options of the command line that decide what is read, under the same names. */
export interface ReadCaptureOptions {
  /** Only the N largest allocation locations are in the tree. Default: 200; not below 0. */
  readonly biggestAllocs?: number;
  /**
   * Temporary allocations instead of the peak: freed after at most N other allocations. Off unless given (or
   * −1).
   */
  readonly temporaryAllocationThreshold?: number;
  /** The same as a threshold of 1. */
  readonly temporaryAllocations?: boolean;
  /** Memory that was never freed, instead of the peak. */
  readonly leaks?: boolean;
  /** Count the elided locations in the root and show them as a leaf. */
  readonly wholePeak?: boolean;
  /** Leave out native frames. */
  readonly pythonOnly?: boolean;
  /** A folder with the libraries of the recorded machine, for the names of native frames. */
  readonly symbols?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
}

/** A capture and its tree. */
export interface CaptureResult {
  readonly capture: CaptureInfo;
  readonly view: View;
  readonly options: {
    readonly biggestAllocs: number;
    readonly wholePeak: boolean;
    readonly pythonOnly: boolean;
  };
  readonly elided: Elided;
  readonly tree: CallTree;
  /** What is wrong with the capture, or null. The tree contains everything before the damage. */
  readonly damage: Damage | null;
}

/**
 * Reads a capture: a path, bytes, or a stream of bytes (a Readable or any AsyncIterable).
 * Rejects with CaptureError only when there is nothing to show, with the signal's reason when aborted, and
 * with RangeError or TypeError when the options contradict each other.
 */
export async function readCapture(
  source: CaptureInput,
  options: ReadCaptureOptions = {},
): Promise<CaptureResult> {
  checkLoadOptions(options);
  claimSource(source);
  const {biggestAllocs = 200, wholePeak = false, pythonOnly = false, signal} = options;
  checkBiggestAllocs(biggestAllocs);
  const view = toView(options);
  checkView(view);
  // What the caller's own function throws is passed on as it is.
  const reportProgress = (progress: LoadProgress, reject: (error: unknown) => void) => {
    try {
      options.onProgress?.(progress);
    } catch (error) {
      reject(error);
      throw error;
    }
  };
  const ending = await new Promise<Exclude<LoadMessage, {type: 'progress'}>>((resolve, reject) => {
    const native = {pythonOnly, symbolsDirectory: options.symbols ?? null};
    const loadOptions = {view, biggestAllocs, ...native, signal, wantsPartial: () => false};
    runLoad(
      () => openSource(source),
      loadOptions,
      message => {
        if (message.type === 'progress') reportProgress(message.progress, reject);
        else resolve(message);
      },
    ).catch(reject);
  });
  if (ending.type === 'failed') {
    if (ending.code === 'internal') throw new Error(ending.message);
    throw new CaptureError(ending.code, ending.message);
  }
  const {snapshot} = ending;
  return {
    capture: snapshot.capture,
    view,
    options: {biggestAllocs, wholePeak, pythonOnly},
    elided: snapshot.elided,
    tree: {
      ...buildCallTree(snapshot, {wholePeak}),
      searchPath: getModuleSearchPath(snapshot.capture, snapshot),
    },
    damage: snapshot.capture.damage,
  };
}

const ADVICE = 'limit it with the option depth, or use the command line with -o FILE';

/**
 * Exactly what `--json` prints. Throws TypeError if `result` is not a result or an option is invalid, and
 * RangeError if the text is longer than a string can be.
 */
export function toJson(result: CaptureResult, options: {readonly depth?: number} = {}): string {
  checkReport(result, options);
  return joinText(formatJson(result, options), ADVICE);
}

/** What `--text` prints. Throws as `toJson`. */
export function toText(result: CaptureResult, options: Partial<TextOptions> = {}): string {
  checkReport(result, options);
  return joinText(formatText(result, options), ADVICE);
}

function toView(options: ReadCaptureOptions): View {
  const {leaks = false, temporaryAllocations = false, temporaryAllocationThreshold = -1} = options;
  const hasThreshold = temporaryAllocationThreshold !== -1;
  const isTemporary = temporaryAllocations || hasThreshold;
  if (temporaryAllocations && hasThreshold) {
    throw new TypeError('temporaryAllocations and temporaryAllocationThreshold cannot be used together');
  }
  if (leaks && isTemporary) throw new TypeError('leaks and temporary allocations cannot be shown together');
  if (leaks) return {kind: 'leaks'};
  if (!isTemporary) return {kind: 'peak'};
  return {kind: 'temporary', threshold: temporaryAllocations ? 1 : temporaryAllocationThreshold};
}
