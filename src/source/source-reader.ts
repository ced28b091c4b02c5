import nodePath from 'node:path';
import {LruCache} from '../base/lru-cache.js';
import {isRemotePath} from '../platform/untrusted-path.js';
import {decodeSource, splitLines} from './decode-source.js';
import {getLanguage} from './language.js';
import {getMissingPseudoFile} from './pseudo-file.js';
import {MAX_SOURCE_BYTES, readFileSafely, type SafeRead} from './read-file-safely.js';
import type {SourceSearchOptions} from './search-options.js';
import {listCandidates} from './source-candidates.js';
import {nodeSourceFs, type SourceFs} from './source-fs.js';
import type {SourceResult, SourceText} from './source-result.js';
import {readZipEntry} from './zip-entry.js';

export interface SourceReaderOptions extends SourceSearchOptions {
  readonly fs?: SourceFs;
  /** After this long a file counts as not answering. Milliseconds, 2000 unless given. */
  readonly timeoutMs?: number;
}

export interface SourceReadOptions {
  /** Show also what is held back as private. */
  readonly reveal?: boolean;
  /** Take the recorded name as it is: folders that are mapped do not count. */
  readonly asRecorded?: boolean;
  /** The wanted line, 1-based: decides which part of a very long file comes. */
  readonly line?: number;
}

export interface SourceReader {
  /**
   * Finds and reads a source file by its recorded name. Never rejects and always settles within the timeout.
   * Reads run one after another; callers that only want the newest wait for one before they ask for the next.
   */
  read(file: string, options?: SourceReadOptions): Promise<SourceResult>;
  /** The answer, if it is known without touching the file system. */
  get(file: string, options?: SourceReadOptions): SourceResult | null;
}

/** A file of more lines than this is handed out as the part around the wanted line. */
const MAX_LINES = 50_000;
const CACHED_FILES = 16;

interface LoadedFile {
  readonly kind: 'loaded';
  readonly path: string;
  readonly lines: readonly string[];
  readonly isComplete: boolean;
  /** What was handed out of it, by the index of the first line. */
  readonly parts: Map<number, SourceText>;
}
type Loaded = LoadedFile | Exclude<SourceResult, SourceText>;

/** A reader with a small cache of its own. */
export function createSourceReader(options: SourceReaderOptions): SourceReader {
  const cache = new LruCache<string, Loaded>({entries: CACHED_FILES});
  // Only one read is ever under way: a file that hangs takes one thread of the pool, however often it is
  // asked for.
  let lastRead: Promise<unknown> = Promise.resolve();
  let stuckPath: string | null = null;

  const load = async (file: string, reveal: boolean, asRecorded: boolean): Promise<Loaded> => {
    if (stuckPath !== null) return {kind: 'refused', path: stuckPath, reason: 'not-answering'};
    const key = getKey(file, reveal, asRecorded);
    const known = cache.get(key);
    if (known !== undefined) return known;
    const loading = findAndLoad(asRecorded ? {...options, pathMap: []} : options, file, reveal);
    const loaded = await Promise.race([loading, waitUntilLate(loading, options.timeoutMs ?? 2000)]);
    if (loaded === null) {
      stuckPath = file;
      void loading.finally(() => {
        stuckPath = null;
      });
      return {kind: 'refused', path: file, reason: 'not-answering'};
    }
    cache.set(key, loaded);
    return loaded;
  };

  return {
    get(file, {reveal = false, asRecorded = false, line = 1} = {}) {
      const loaded = cache.get(getKey(file, reveal, asRecorded));
      return loaded === undefined ? null : toResult(loaded, line);
    },
    async read(file, {reveal = false, asRecorded = false, line = 1} = {}) {
      const known = cache.get(getKey(file, reveal, asRecorded));
      if (known !== undefined) return toResult(known, line);
      const reading = lastRead.then(() => load(file, reveal, asRecorded));
      lastRead = reading;
      return toResult(await reading, line);
    },
  };
}

const getKey = (file: string, reveal: boolean, asRecorded: boolean): string =>
  `${reveal ? '!' : ' '}${asRecorded ? '=' : ' '}${file}`;

/** Null when `loading` is late; the timer goes when it is not. */
function waitUntilLate(loading: Promise<unknown>, timeoutMs: number): Promise<null> {
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve(null), timeoutMs).unref();
    void loading.finally(() => clearTimeout(timer));
  });
}

/**
 * The first candidate with something readable decides; if there is none, the first refusal gives the reason.
 * Never rejects.
 */
async function findAndLoad(options: SourceReaderOptions, file: string, reveal: boolean): Promise<Loaded> {
  if (isRemotePath(file)) return {kind: 'refused', path: file, reason: 'remote-path'};
  const fs = options.fs ?? nodeSourceFs;
  const tried = listCandidates(file, options, nodePath);
  let refusal: Loaded | null = null;
  for (const path of tried) {
    let read = await readFileSafely(fs, path, reveal);
    if (read.kind === 'missing') read = await readZipEntry(fs, path, reveal);
    if (read.kind === 'bytes') return toLoaded(read);
    if (read.kind === 'refused') refusal ??= read;
  }
  if (refusal !== null) return refusal;
  const pseudo = getMissingPseudoFile(file);
  return pseudo === null ? {kind: 'not-found', tried} : {kind: 'no-file', pseudo};
}

function toLoaded(read: Extract<SafeRead, {kind: 'bytes'}>): LoadedFile {
  const lines = splitLines(decodeSource(read.bytes));
  const isComplete = read.bytes.length < MAX_SOURCE_BYTES || read.stat.size <= MAX_SOURCE_BYTES;
  // The last line of a part may be cut in its middle.
  if (!isComplete) lines.pop();
  return {kind: 'loaded', path: read.path, lines, isComplete, parts: new Map()};
}

/** The same object for the same part of a file, so that what was computed from it can be kept. */
function toResult(loaded: Loaded, line: number): SourceResult {
  if (loaded.kind !== 'loaded') return loaded;
  const {path, lines, isComplete, parts} = loaded;
  // Not even the first line may be whole.
  if (!isComplete && (line > lines.length || lines.length === 0))
    return {kind: 'refused', path, reason: 'too-large'};
  const first = lines.length <= MAX_LINES ? 0 : getPartStart(Math.min(line, lines.length));
  const known = parts.get(first);
  if (known !== undefined) return known;
  const part: SourceText = {
    kind: 'text',
    path,
    lines: lines.length <= MAX_LINES ? lines : lines.slice(first, first + MAX_LINES),
    firstLine: first + 1,
    totalLines: isComplete ? lines.length : null,
    language: getLanguage(path),
  };
  parts.set(first, part);
  return part;
}

/**
 * Parts begin at multiples of half their length; the line is in the second or third quarter, but for the
 * file's ends.
 */
function getPartStart(line: number): number {
  const step = MAX_LINES / 2;
  return Math.max(0, Math.floor((line - 1 - step / 2) / step) * step);
}
