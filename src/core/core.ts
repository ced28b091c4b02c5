import {decodeBase64} from '../platform/base64.js';
import {coreWasmBase64} from './generated/core-wasm.js';

/** Why `readRecords` stopped (src/core/assembly/records-common.ts). */
export const stop = {
  more: 0,
  cold: 1,
  trailer: 2,
  zeroTag: 3,
  badTag: 4,
  badVarint: 5,
  badAllocator: 6,
  badSize: 7,
  noMemory: 8,
  stopped: 9,
} as const;

/** What is selected, as numbers (src/core/assembly/select.ts): sums are one; what was born is only in cores with `MomentExports`. */
export const selections = {peak: 0, live: 1, sums: 2, born: 3} as const;

/**
 * The exports of src/core/assembly/index.ts. Pointers and 32-bit numbers come back signed from wasm where
 * they are above 2^31: use `>>> 0`.
 */
export interface CoreExports {
  readonly memory: {readonly buffer: ArrayBuffer};
  init(seedA: bigint, seedB: bigint, memoryLimitBytes: number, windowBytes: number): void;
  initTemporary(threshold: bigint): void;
  initRecords(encoding: number, hasNative: number, hasTrailer: number): void;
  isExhausted(): number;
  memoryInUse(): number;
  probes(): number;

  reserveWindow(bytes: number): number;
  commitWindow(bytes: number): void;
  keepHistory(): void;
  parsePos(): number;
  setParsePos(pos: number): void;
  writePos(): number;
  streamOffset(): number;

  allocateBuffer(bytes: number): number;
  decodeBlock(source: number, end: number, linkedBytes: number, limit: number): number;
  lz4ErrorAt(): number;
  hashBytes(at: number, bytes: number): number;
  startContentHash(): void;
  addContentHash(at: number, bytes: number): void;
  contentHash(): number;

  readRecords(): number;
  addRecord(): void;
  expectSegments(count: bigint): void;
  readCode(): number;
  readFrame(): number;
  reserveScratch(bytes: number): number;
  defineCode(
    id: bigint,
    nameBytes: number,
    fileBytes: number,
    tableBytes: number,
    isInterpreterEntry: number,
  ): void;
  moveLine(step: bigint): void;
  setLine(line: number): void;
  moveFrame(step: bigint): bigint;
  findCode(id: bigint): number;
  codeName(code: number): number;
  codeFile(code: number): number;
  codeLine(code: number): number;
  codeIsEntry(code: number): number;
  codeTable(code: number): number;
  codeTableBytes(code: number): number;
  keepText(bytes: number): number;
  textAt(id: number): number;
  textBytes(id: number): number;
  switchThread(id: bigint): void;
  currentThread(): number;
  recordCount(): number;
  badReferences(): number;
  firstBadOffset(): number;
  firstBadRecord(): number;

  allocationRecords(): number;
  peakRecords(): number;
  peakBytes(): number;
  heapBytes(): number;
  frees(): number;
  unknownFrees(): number;
  largestSize(): number;
  peakMs(): number;
  memoryRecords(): number;
  highestRss(): number;
  highestRssMs(): number;
  clockSteps(): number;
  implausibleRss(): number;

  selectLocations(view: number, limit: number): number;
  totalLocations(): number;
  totalAllocations(): number;
  totalBytes(): number;
  chosenLocation(index: number): number;
  locationBytes(id: number): number;
  locationAllocations(id: number): number;
  locationNode(id: number): number;
  locationThread(id: number): number;
  locationNative(id: number): number;
  locationFirst(id: number): number;
  nativeIp(id: number): bigint;
  nativeParent(id: number): number;
  segments(): number;
  segmentCount(): number;
  threadCount(): number;
  threadId(id: number): bigint;
  collectStack(node: number, hiddenDepth: number, maxRows: number): number;
  isStackCut(): number;
  collectedRows(): number;
  finishCollecting(): number;
  frameCode(id: number): bigint;
  frameOffset(id: number): number;
  frameIsEntry(id: number): number;
}

/** What a core can do that shows a moment of the run (src/core/assembly/moment-exports.ts). */
export interface MomentExports {
  stopAt(records: number): void;
  restartPeak(): void;
  setBorn(first: number, end: number): void;
}

/** Bytes that LZ4 blocks and short copies may touch past a buffer's end. */
export const SLACK_BYTES = 64;

/** Room for parsing; a bigger LZ4 block makes it grow. */
const WINDOW_BYTES = 512 * 1024;

/** The part of WebAssembly that is used; its types are in lib.dom only. */
interface WasmApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => {readonly exports: unknown};
}

/** Compiled at the first use, and then the same for all. */
let compiled: object | undefined;

/**
 * A new core with its own memory.
 * @param memoryLimitBytes where its memory ends; at most (and by default) 4 GiB
 */
export function createCore(memoryLimitBytes?: number): CoreExports {
  compiled ??= compileCore(coreWasmBase64);
  return startCore(compiled, memoryLimitBytes) as CoreExports;
}

export function compileCore(base64: string): object {
  return new (getWasm().Module)(decodeBase64(base64));
}

function getWasm(): WasmApi {
  return (globalThis as unknown as {readonly WebAssembly: WasmApi}).WebAssembly;
}

/** The exports of a new core that was compiled before. */
export function startCore(compiled: object, memoryLimitBytes = 2 ** 32 - 65536): unknown {
  const core = new (getWasm().Instance)(compiled, {}).exports as CoreExports;
  core.init(randomWord(), randomWord(), memoryLimitBytes, WINDOW_BYTES);
  return core;
}

/**
 * 64 bits that no file can know beforehand, which is all that is asked of them: web crypto would take longer
 * to load.
 */
function randomWord(): bigint {
  const half = (): bigint => BigInt(Math.floor(Math.random() * 2 ** 32));
  return (half() << 32n) | half();
}
