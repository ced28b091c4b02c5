import {type ByteReader, InvalidDataError, type Parsing} from './byte-reader.js';
import {CaptureError} from './damage.js';
import {type FormatVersion, getFormatVersion} from './format-versions.js';
import {formatPythonVersion} from './python-version.js';

const MAX_TEXT_BYTES = 1024 * 1024;
const MAX_LIST_ENTRIES = 10_000;
const MAX_LIST_CHARACTERS = 2 ** 24;
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

/**
 * The header of a capture; fields in the order of the file. What its version does not have is 0, empty or
 * false.
 */
export interface CaptureHeader {
  readonly format: FormatVersion;
  /** PY_VERSION_HEX of the recorded interpreter: 0x030b02f0 is 3.11.2. */
  readonly pythonHex: number;
  readonly pythonVersion: string | null;
  readonly nativeTraces: boolean;
  readonly isAggregated: boolean;
  /**
   * How many records of allocations and frees there are; 0 until the recording ends, and in aggregated files.
   */
  readonly allocationRecords: number;
  readonly startTimeMs: number;
  readonly endTimeMs: number;
  readonly commandLine: string;
  readonly pid: number;
  readonly mainThread: bigint | null;
  /** Outermost frames of the main thread that belong to the tracker. */
  readonly skippedFrames: number;
  readonly pythonAllocator: string;
  readonly tracePythonAllocators: boolean;
  readonly libdest: string;
  readonly sitePackages: readonly string[];
  readonly sysPath: readonly string[];
}

/**
 * magic "memray\0" · version i32 · [12: python i32] · native u8 · [10: format u8] · counts 2 × u64 ·
 * times 2 × i64 · command text · pid i32 · [9: main thread u64 · skipped frames u64] · allocator u8, before 8
 * i32 · [11: traced u8] · [12: lifetimes u8] · [13: libdest text · site-packages texts, "" · sys.path texts,
 * ""]
 *
 * Throws CaptureError (not-a-capture, too-old, too-new, bad-header).
 */
export function* parseHeader(reader: ByteReader): Parsing<CaptureHeader> {
  for (const expected of MAGIC) {
    if ((yield* reader.u8()) !== expected) {
      throw new CaptureError('not-a-capture', 'is not a memray capture');
    }
  }
  const format = getFormatVersion((yield* reader.u32()) | 0);
  try {
    return yield* parseFields(reader, format);
  } catch (error) {
    if (!(error instanceof InvalidDataError)) throw error;
    throw new CaptureError('bad-header', `has a damaged header: ${error.message}`, {cause: error});
  }
}

function* parseFields(reader: ByteReader, format: FormatVersion): Parsing<CaptureHeader> {
  const {hasSearchPaths} = format;
  const pythonHex = format.hasPythonVersion ? yield* reader.u32() : 0;
  const nativeTraces = yield* flag(reader, 'native_traces');
  const isAggregated = format.hasFileFormat && (yield* flag(reader, 'file_format'));
  const allocationRecords = Number(yield* reader.u64());
  // The number of frames is of no use: version 12 and later leave it 0.
  yield* reader.u64();
  const startTimeMs = Number(BigInt.asIntN(64, yield* reader.u64()));
  const endTimeMs = Number(BigInt.asIntN(64, yield* reader.u64()));
  const commandLine = yield* reader.text(MAX_TEXT_BYTES, MAX_TEXT_BYTES);
  const pid = (yield* reader.u32()) | 0;
  const mainThread = format.hasMainThread ? yield* reader.u64() : null;
  const skippedFrames = format.hasMainThread ? Number(yield* reader.u64()) : 0;
  const pythonAllocator = yield* format.pythonAllocatorBytes === 4 ? reader.u32() : reader.u8();
  const tracePythonAllocators =
    format.hasTracedAllocators && (yield* flag(reader, 'trace_python_allocators'));
  if (format.hasPythonVersion) yield* flag(reader, 'track_object_lifetimes');
  return {
    format,
    pythonHex,
    pythonVersion: format.hasPythonVersion ? formatPythonVersion(pythonHex) : null,
    nativeTraces,
    isAggregated,
    allocationRecords,
    startTimeMs,
    endTimeMs,
    commandLine,
    pid,
    mainThread,
    skippedFrames,
    pythonAllocator: ALLOCATOR_NAMES[pythonAllocator] ?? 'other',
    tracePythonAllocators,
    libdest: hasSearchPaths ? yield* reader.text(MAX_TEXT_BYTES, MAX_TEXT_BYTES) : '',
    sitePackages: hasSearchPaths ? yield* texts(reader) : [],
    sysPath: hasSearchPaths ? yield* texts(reader) : [],
  };
}

function* flag(reader: ByteReader, name: string): Parsing<boolean> {
  const value = yield* reader.u8();
  if (value > 1) throw new InvalidDataError(`${name} is ${value}`);
  return value === 1;
}

function* texts(reader: ByteReader): Parsing<string[]> {
  const all: string[] = [];
  let characters = 0;
  for (;;) {
    const text = yield* reader.text(MAX_TEXT_BYTES, MAX_TEXT_BYTES);
    if (text === '') return all;
    characters += text.length;
    if (characters > MAX_LIST_CHARACTERS)
      throw new InvalidDataError(`a list has more than ${MAX_LIST_CHARACTERS} characters`);
    if (all.length === MAX_LIST_ENTRIES)
      throw new InvalidDataError(`a list has more than ${MAX_LIST_ENTRIES} entries`);
    all.push(text);
  }
}
