import {BadValue, type ByteFeed, type Parsing} from './byte-feed.js';
import {CaptureError} from './damage.js';
import {ensureKnownVersion} from './format-versions.js';
import {formatPythonVersion} from './python-version.js';

const MAX_TEXT_BYTES = 1024 * 1024;
const MAX_LIST_ENTRIES = 10_000;
export const MAGIC = new TextEncoder().encode('memray\0');

const ALLOCATOR_NAMES: readonly string[] = [
  'other',
  'pymalloc',
  'pymalloc debug',
  'malloc',
  'other',
  'mimalloc',
  'mimalloc debug',
];

/** The header of a capture, versions 12 and 13; fields in the order of the file. */
export interface CaptureHeader {
  readonly version: number;
  /** PY_VERSION_HEX of the recorded interpreter: 0x030b02f0 is 3.11.2. */
  readonly pythonHex: number;
  readonly pythonVersion: string;
  readonly nativeTraces: boolean;
  readonly isAggregated: boolean;
  readonly startTimeMs: number;
  readonly endTimeMs: number;
  readonly commandLine: string;
  readonly pid: number;
  readonly mainThread: bigint;
  /** Outermost frames of the main thread that belong to the tracker. */
  readonly skippedFrames: number;
  readonly pythonAllocator: string;
  readonly tracePythonAllocators: boolean;
  readonly libdest: string;
  readonly sitePackages: readonly string[];
  readonly sysPath: readonly string[];
}

/**
 * magic "memray\0" · version i32 · python i32 · native u8 · format u8 · counts 2 × u64 · times 2 × i64 · command text ·
 * pid i32 · main thread u64 · skipped frames u64 · allocator u8 · traced u8 · lifetimes u8 · [13: libdest text ·
 * site-packages texts, "" · sys.path texts, ""]
 *
 * Throws CaptureError (not-a-capture, too-old, too-new, bad-header).
 */
export function* parseHeader(feed: ByteFeed): Parsing<CaptureHeader> {
  for (const expected of MAGIC) {
    if ((yield* feed.u8()) !== expected) {
      throw new CaptureError('not-a-capture', 'is not a memray capture');
    }
  }
  const version = (yield* feed.u32()) | 0;
  ensureKnownVersion(version);
  try {
    return yield* parseFields(feed, version);
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
    throw new CaptureError('bad-header', `has a damaged header: ${error.message}`, {cause: error});
  }
}

function* parseFields(feed: ByteFeed, version: number): Parsing<CaptureHeader> {
  const pythonHex = yield* feed.u32();
  const nativeTraces = yield* flag(feed, 'native_traces');
  const isAggregated = yield* flag(feed, 'file_format');
  // The counts of allocations and frames are 0 in unfinished captures: nothing relies on them.
  yield* feed.u64();
  yield* feed.u64();
  const startTimeMs = Number(BigInt.asIntN(64, yield* feed.u64()));
  const endTimeMs = Number(BigInt.asIntN(64, yield* feed.u64()));
  const commandLine = yield* feed.text(MAX_TEXT_BYTES, MAX_TEXT_BYTES);
  const pid = (yield* feed.u32()) | 0;
  const mainThread = yield* feed.u64();
  const skippedFrames = Number(yield* feed.u64());
  const pythonAllocator = ALLOCATOR_NAMES[yield* feed.u8()] ?? 'other';
  const tracePythonAllocators = yield* flag(feed, 'trace_python_allocators');
  yield* flag(feed, 'track_object_lifetimes');
  const hasPaths = version >= 13;
  return {
    version,
    pythonHex,
    pythonVersion: formatPythonVersion(pythonHex),
    nativeTraces,
    isAggregated,
    startTimeMs,
    endTimeMs,
    commandLine,
    pid,
    mainThread,
    skippedFrames,
    pythonAllocator,
    tracePythonAllocators,
    libdest: hasPaths ? yield* feed.text(MAX_TEXT_BYTES, MAX_TEXT_BYTES) : '',
    sitePackages: hasPaths ? yield* texts(feed) : [],
    sysPath: hasPaths ? yield* texts(feed) : [],
  };
}

function* flag(feed: ByteFeed, name: string): Parsing<boolean> {
  const value = yield* feed.u8();
  if (value > 1) throw new BadValue(`${name} is ${value}`);
  return value === 1;
}

function* texts(feed: ByteFeed): Parsing<string[]> {
  const all: string[] = [];
  for (;;) {
    const text = yield* feed.text(MAX_TEXT_BYTES, MAX_TEXT_BYTES);
    if (text === '') return all;
    if (all.length === MAX_LIST_ENTRIES)
      throw new BadValue(`a list has more than ${MAX_LIST_ENTRIES} entries`);
    all.push(text);
  }
}
