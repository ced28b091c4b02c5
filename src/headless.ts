// The façade without React: reads a capture and formats its tree.
import {joinText} from './base/join-text.js';
import {CaptureError, type CaptureErrorCode, type Damage} from './capture/damage.js';
import {countHeld} from './heap/cut-snapshot.js';
import type {Moment, MomentFacts} from './heap/moment.js';
import {type CaptureInfo, type Elided, isSameView, type Snapshot, type View} from './heap/snapshot.js';
import {RegexError} from './query/bounded-regex.js';
import {checkQuery} from './query/check-query.js';
import {isPlainView} from './query/crumbs.js';
import type {Amount} from './query/derive-tree.js';
import {formatQuery, formatSelect} from './query/grammar/format-query.js';
import {parseQuery} from './query/grammar/parse-query.js';
import {QueryError} from './query/grammar/word.js';
import {createNaming} from './query/naming.js';
import {getNeededView, lacksReading, needsBlocks} from './query/needs.js';
import {prepareQuery} from './query/prepare-query.js';
import {showSnapshot} from './query/show-snapshot.js';
import type {RunStats} from './query/stats/run-stats.js';
import {countNeeded, DEFAULT_QUERY, getBiggest, type TreeQuery} from './query/tree-query.js';
import type {CaptureInput} from './reader/capture-input.js';
import {
  checkBiggestAllocs,
  checkCount,
  checkLoadOptions,
  checkView,
  claimSource,
  isStreamReadOnce,
} from './reader/check-request.js';
import {checkReadOnce} from './reader/is-read-once.js';
import type {LoadMessage, LoadProgress} from './reader/load-messages.js';
import {getPath, nameSource} from './reader/name-source.js';
import {openSource} from './reader/open-source.js';
import {runLoad} from './reader/run-load.js';
import {checkReport} from './report/check-report.js';
import {formatJson} from './report/json.js';
import {formatText, TEXT_FILTERS, type TextOptions} from './report/text.js';
import type {CallTree} from './tree/call-tree.js';
import {NO_FILTERS, type TreeFilters} from './tree/filter.js';
import {getModuleSearchPath} from './tree/module-search-path.js';

export type {NodeFormat} from './tree/node-format.js';
export type {CallNode, Tree} from './tree/tree-interface.js';
export type {
  CaptureErrorCode,
  CaptureInfo,
  CaptureInput,
  Damage,
  Elided,
  LoadProgress,
  Moment,
  MomentFacts,
  TextOptions,
  TreeQuery,
  View,
};
export {CaptureError, formatQuery, parseQuery, QueryError};

/** @deprecated the former name of `LoadProgress` */
export type ReadingProgress = LoadProgress;

/** The options of the command line that decide what is read, under the same names. */
export interface ReadCaptureOptions {
  /** Only the N largest allocation locations are in the tree. Default: 200; not below 0. */
  readonly biggestAllocs?: number;
  /** Written steps, applied after the other options: `through:mod:numpy inverted`. Or a query. */
  readonly view?: string | TreeQuery;
  /** Load all locations, so that `deriveTree` can show any view of the result. Views that need them load them anyway. */
  readonly allLocations?: boolean;
  /**
   * Load the sizes and allocators of single allocations as well, so that `deriveTree` can show any view of the result
   * that is made of them: `places`, `alloc:`, `size:`. Of the peak that takes a second reading. Views that need them
   * load them anyway.
   */
  readonly blocks?: boolean;
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
  /** What was read: the path or URL as it was given, of a File its name; null for bytes and streams. */
  readonly name: string | null;
  readonly capture: CaptureInfo;
  readonly view: View;
  /**
   * Of a view of moments (`at:50%`), where each of them is, and of `peak:A..B` how many allocation records lead to its highest
   * state; left out where one is not in the recording.
   */
  readonly moments?: readonly MomentFacts[];
  readonly options: {
    readonly biggestAllocs: number;
    readonly wholePeak: boolean;
    readonly pythonOnly: boolean;
  };
  /** What was loaded: `deriveTree` shows other views of it. Plain columns; their form may change. */
  readonly snapshot: Snapshot;
  /** What the tree was derived by. */
  readonly query: TreeQuery;
  /** What the steps of the query leave, before the cut. */
  readonly kept: Amount;
  /** The whole selection: peak, leaks or temporary allocations. */
  readonly of: Amount;
  /** What is kept but below the cut. */
  readonly elided: Elided;
  readonly tree: CallTree;
  /** Of the shape `stats`; else null. */
  readonly stats: RunStats | null;
  /** What is wrong with the capture, or null. The tree contains everything before the damage. */
  readonly damage: Damage | null;
}

/**
 * Reads a capture: a path, bytes, a Blob, or a stream of bytes (a web stream, a Readable or any AsyncIterable).
 * Rejects with CaptureError (`path`: what could not be read) only when there is nothing to show, with the
 * signal's reason when aborted, and with RangeError or TypeError when an option is wrong or the options
 * contradict each other.
 */
export async function readCapture(
  source: CaptureInput,
  options: ReadCaptureOptions = {},
): Promise<CaptureResult> {
  checkLoadOptions(options);
  claimSource(source);
  const {biggestAllocs, wholePeak = false, pythonOnly = false, signal} = options;
  if (biggestAllocs !== undefined) checkBiggestAllocs(biggestAllocs);
  const select = toView(options);
  const query = toQuery(options.view ?? '', {...DEFAULT_QUERY, select, biggest: biggestAllocs ?? null});
  await prepare(query);
  const request = {
    view: getNeededView(query),
    biggestAllocs: options.allLocations ? Infinity : countNeeded(query),
    blocks: options.blocks === true || needsBlocks(query),
  };
  if (isStreamReadOnce(source)) checkReadOnce(request);
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
    const loadOptions = {...request, ...native, signal, getWantedPartial: () => null};
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
    throw new CaptureError(ending.code, ending.message, {path: getPath(source)});
  }
  return {name: nameSource(source), ...deriveResult(ending.snapshot, query, {wholePeak, pythonOnly})};
}

function deriveResult(
  snapshot: Snapshot,
  query: TreeQuery,
  {wholePeak, pythonOnly}: {readonly wholePeak: boolean; readonly pythonOnly: boolean},
  {
    filters = NO_FILTERS,
    moduleFolders,
  }: Pick<Partial<TextOptions>, 'moduleFolders'> & {
    readonly filters?: TreeFilters;
  } = {},
): Omit<CaptureResult, 'name'> {
  const {tree, stats, kept, of, elided} = showSnapshot(snapshot, {
    query,
    filters,
    wholePeak,
    naming: createNaming(snapshot, moduleFolders),
  });
  return {
    snapshot,
    capture: snapshot.capture,
    view: snapshot.view,
    ...(snapshot.moments && {moments: snapshot.moments}),
    options: {biggestAllocs: getBiggest(query), wholePeak, pythonOnly},
    query,
    kept,
    of,
    elided,
    tree: {...tree, searchPath: getModuleSearchPath(snapshot.capture, snapshot)},
    stats,
    damage: snapshot.capture.damage,
  };
}

/**
 * Another view of what was loaded: written steps or a query, not applied to the view of `result`.
 * Rejects with QueryError for steps that cannot be read, with TypeError for a query that is none, and with
 * RangeError if the view needs locations that were not loaded, or selects something else (peak, leaks,
 * temporary allocations).
 */
export async function deriveTree(result: CaptureResult, view: string | TreeQuery): Promise<CaptureResult> {
  checkReport(result, {});
  const {snapshot} = result;
  const select = getSelection(result);
  const query = toQuery(view, {...DEFAULT_QUERY, select});
  await prepare(query);
  if (!isSameView(query.select, select)) {
    throw new RangeError(
      `the result holds ${formatSelect(select)}, not ${formatSelect(query.select)}; read the capture again`,
    );
  }
  if (lacksReading(snapshot, query)) {
    throw new RangeError(
      'the view needs single allocations, or the whole run, which were not loaded; read the capture with this view, or with blocks: true',
    );
  }
  if (countHeld(snapshot) < countNeeded(query)) {
    throw new RangeError(
      'the view needs locations that were not loaded; read the capture with allLocations: true',
    );
  }
  return {name: result.name, ...deriveResult(snapshot, query, result.options)};
}

/** What a result is of; statistics of the peak are made of the whole run. */
function getSelection({snapshot: {view}, query}: CaptureResult): View {
  return view.kind === 'allocated' ? query.select : view;
}

/** @throws QueryError, and TypeError where a query that is given as data is none */
function toQuery(view: string | TreeQuery, base: TreeQuery): TreeQuery {
  if (typeof view === 'string') return parseQuery(view, base);
  checkQuery(view, 'view');
  checkView(view.select, 'view.select');
  return view;
}

/** An expression that cannot be read is a step that cannot: where it stands in what was written is not known. */
async function prepare(query: TreeQuery): Promise<void> {
  try {
    await prepareQuery(query);
  } catch (error) {
    throw error instanceof RegexError ? new QueryError(error.message, 0) : error;
  }
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
  const name = options.name ?? result.name;
  const named: Partial<TextOptions> = {...options, ...(name !== null && {name})};
  if (isPlainView(result.query)) return joinText(formatText(result, named), ADVICE);
  // Where there are steps, filters are the last of them: a table, say, has to be made of what they leave.
  const filters = {...TEXT_FILTERS, ...options.filters};
  const {snapshot, query, options: reading} = result;
  const filtered = deriveResult(snapshot, query, reading, {filters, moduleFolders: options.moduleFolders});
  return joinText(formatText(filtered, {...named, filters: NO_FILTERS}), ADVICE);
}

function toView(options: ReadCaptureOptions): View {
  const {leaks = false, temporaryAllocations = false, temporaryAllocationThreshold = -1} = options;
  const hasThreshold = temporaryAllocationThreshold !== -1;
  if (hasThreshold) checkCount('temporaryAllocationThreshold', temporaryAllocationThreshold);
  const isTemporary = temporaryAllocations || hasThreshold;
  if (temporaryAllocations && hasThreshold) {
    throw new TypeError('temporaryAllocations and temporaryAllocationThreshold cannot be used together');
  }
  if (leaks && isTemporary) throw new TypeError('leaks and temporary allocations cannot be shown together');
  if (leaks) return {kind: 'leaks'};
  if (!isTemporary) return {kind: 'peak'};
  return {kind: 'temporary', threshold: temporaryAllocations ? 1 : temporaryAllocationThreshold};
}
