/**
 * Writes captures from lists of records, sound or not, for tests. It encodes as memray does: in header 12 and
 * 13 deltas against registers and a cache of 15 addresses; the versions before are in
 * `old-records-writer.ts`.
 */
import {ByteWriter} from './byte-writer.js';
import {OldRecordEncoder} from './old-records-writer.js';

/**
 * A code object is a frame before version 12: its first line is the line, its table and all offsets have no
 * meaning. Objects are not written there.
 */
export type CaptureRecord =
  | {readonly type: 'thread'; readonly id: number}
  | {readonly type: 'name'; readonly name: string}
  | {
      readonly type: 'code';
      readonly id: number;
      readonly function: string;
      readonly file: string;
      readonly firstLine?: number;
      /** Before version 12; later it is a property of each push. */
      readonly isInterpreterEntry?: boolean;
      /** A line table in the form of the header's Python version. */
      readonly table?: readonly number[];
    }
  | {
      readonly type: 'push';
      readonly code: number;
      readonly offset?: number;
      readonly isInterpreterEntry?: boolean;
    }
  | {readonly type: 'pop'; readonly count?: number}
  | {
      readonly type: 'allocate';
      /** A multiple of 8. */
      readonly address: number | bigint;
      readonly size: number | bigint;
      readonly allocator?: number;
      readonly native?: number;
    }
  | {readonly type: 'free'; readonly address: number | bigint; readonly allocator?: number}
  | {
      readonly type: 'object';
      readonly address: number | bigint;
      readonly isCreated?: boolean;
      readonly native?: number;
    }
  | {readonly type: 'native'; readonly ip: number | bigint; readonly parent: number}
  | {readonly type: 'memory'; readonly rss: number; readonly ms: number}
  | {readonly type: 'maps'}
  | {
      readonly type: 'image';
      readonly path: string;
      readonly address: number | bigint;
      /** Pairs of (address, size). */
      readonly segments: readonly (readonly [number, number])[];
    }
  | {readonly type: 'trailer'}
  | {readonly type: 'bytes'; readonly bytes: readonly number[]};

/** Allocator numbers of version 12 and 13; they are translated for the older ones. */
export const allocators = {
  pymallocFree: 1,
  pymalloc: 2,
  free: 5,
  malloc: 6,
  calloc: 8,
  mmap: 14,
  munmap: 15,
} as const;

export interface WrittenHeader {
  readonly version?: number;
  readonly pythonHex?: number;
  readonly nativeTraces?: boolean;
  readonly allocationRecords?: number;
  readonly fileFormat?: number;
  readonly startTimeMs?: number;
  readonly endTimeMs?: number;
  readonly commandLine?: string;
  readonly pid?: number;
  readonly mainThread?: number;
  readonly skippedFrames?: number;
  readonly pythonAllocator?: number;
  readonly libdest?: string;
  readonly sitePackages?: readonly string[];
  readonly sysPath?: readonly string[];
}

export function writeHeader(header: WrittenHeader = {}): Uint8Array {
  const {version = 13} = header;
  const writer = new ByteWriter().text('memray').u32(version);
  if (version >= 12) writer.u32(header.pythonHex ?? 0x030b02f0);
  writer.u8(Number(header.nativeTraces ?? false));
  if (version >= 10) writer.u8(header.fileFormat ?? 0);
  writer
    .u64(header.allocationRecords ?? 0)
    .u64(0)
    .u64(header.startTimeMs ?? 1_700_000_000_000)
    .u64(header.endTimeMs ?? 1_700_000_001_000)
    .text(header.commandLine ?? 'app.py')
    .u32(header.pid ?? 42);
  if (version >= 9) writer.u64(header.mainThread ?? 1).u64(header.skippedFrames ?? 0);
  writer.u8(header.pythonAllocator ?? 1);
  if (version < 8) writer.bytes([0, 0, 0]);
  if (version >= 11) writer.u8(0);
  if (version >= 12) writer.u8(0);
  if (version >= 13) {
    writer.text(header.libdest ?? '/usr/lib/python3.11');
    for (const path of header.sitePackages ?? []) writer.text(path);
    writer.u8(0);
    for (const path of header.sysPath ?? []) writer.text(path);
    writer.u8(0);
  }
  return writer.toBytes();
}

/** A raw streaming capture of these records; a trailer only if it is among them. */
export function writeCapture(records: Iterable<CaptureRecord>, header: WrittenHeader = {}): Uint8Array {
  const {version = 13, nativeTraces = false} = header;
  const encoder =
    version < 12 ? new OldRecordEncoder(version, nativeTraces) : new RecordEncoder(nativeTraces);
  for (const record of records) encoder.write(record);
  return Buffer.concat([writeHeader(header), encoder.writer.toBytes()]);
}

class RecordEncoder {
  readonly writer = new ByteWriter();
  readonly #hasNative: boolean;
  readonly #cache: bigint[] = Array.from({length: 15}, () => 0n);
  #pointer = 0n;
  #native = 0n;
  #ip = 0n;
  #firstLine = 0;

  constructor(hasNative: boolean) {
    this.#hasNative = hasNative;
  }

  write(record: CaptureRecord): void {
    const {writer} = this;
    switch (record.type) {
      case 'thread':
        writer.u8(12).u64(record.id);
        break;
      case 'name':
        writer.u8(10).text(record.name);
        break;
      case 'code':
        this.#writeCode(record);
        break;
      case 'push':
        writer.u8(0x40 | Number(record.isInterpreterEntry ?? true));
        writer.varint(record.code).signedVarint(record.offset ?? 0);
        break;
      case 'pop':
        writer.u8(0x10 | ((record.count ?? 1) - 1));
        break;
      case 'allocate':
        this.#writeAllocation(
          record.address,
          record.allocator ?? allocators.malloc,
          record.size,
          record.native ?? 0,
        );
        break;
      case 'free':
        this.#writeAllocation(record.address, record.allocator ?? allocators.free, null, 0);
        break;
      case 'object':
        this.#writeObject(record.address, record.isCreated ?? true, record.native ?? 0);
        break;
      case 'native':
        writer.u8(5).signedVarint(BigInt(record.ip) - this.#ip);
        this.#ip = BigInt(record.ip);
        this.#writeNative(record.parent);
        break;
      case 'memory':
        writer.u8(2).varint(record.rss).varint(record.ms);
        break;
      case 'maps':
        writer.u8(6);
        break;
      case 'image':
        writer.u8(7).text(record.path).varint(record.segments.length).u64(record.address);
        for (const [address, size] of record.segments) writer.u8(8).u64(address).varint(size);
        break;
      case 'trailer':
        writer.u8(1);
        break;
      case 'bytes':
        writer.bytes(record.bytes);
        break;
    }
  }

  #writeCode(record: CaptureRecord & {type: 'code'}): void {
    const {firstLine = 1, table = []} = record;
    this.writer.u8(14).varint(record.id).text(record.function).text(record.file);
    this.writer
      .signedVarint(firstLine - this.#firstLine)
      .varint(table.length)
      .bytes(table);
    this.#firstLine = firstLine;
  }

  /** `size` is null for frees. */
  #writeAllocation(
    address: number | bigint,
    allocator: number,
    size: number | bigint | null,
    native: number,
  ): void {
    const short = allocator < 8 ? allocator : 0;
    const index = this.#cache.indexOf(BigInt(address));
    this.writer.u8(0x80 | ((index < 0 ? 15 : index) << 3) | short);
    if (index < 0) this.#writePointer(BigInt(address));
    if (short === 0) this.writer.u8(allocator);
    if (size === null) return;
    if (this.#hasNative) this.#writeNative(native);
    this.writer.varint(size);
  }

  #writeObject(address: number | bigint, isCreated: boolean, native: number): void {
    const index = this.#cache.indexOf(BigInt(address));
    this.writer.u8(0x20 | ((index < 0 ? 15 : index) << 1) | Number(isCreated));
    if (index < 0) this.#writePointer(BigInt(address));
    if (this.#hasNative && isCreated) this.#writeNative(native);
  }

  #writePointer(address: bigint): void {
    this.writer.signedVarint((address >> 3n) - this.#pointer);
    this.#pointer = address >> 3n;
    this.#cache.unshift(address);
    this.#cache.pop();
  }

  #writeNative(native: number): void {
    this.writer.signedVarint(BigInt(native) - this.#native);
    this.#native = BigInt(native);
  }
}
