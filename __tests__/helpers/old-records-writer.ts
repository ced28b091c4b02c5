import {ByteWriter} from './byte-writer.js';
import type {CaptureRecord} from './capture-writer.js';

type Allocation = CaptureRecord & {type: 'allocate' | 'free'};

/** Allocator numbers of versions 7 to 11 by those of version 12. */
const ALLOCATORS_7: Readonly<Record<number, number>> = {
  ...{1: 15, 2: 12, 3: 13, 4: 14, 5: 2, 6: 1, 7: 4, 8: 3},
  ...{9: 5, 10: 6, 11: 7, 12: 8, 13: 9, 14: 10, 15: 11},
};

/** The same of version 6, which knows no aligned_alloc and none of Python's own. */
const ALLOCATORS_6: Readonly<Record<number, number>> = {
  ...{1: 2, 2: 1, 3: 3, 4: 4, 5: 2, 6: 1, 7: 4, 8: 3},
  ...{9: 5, 10: 5, 11: 6, 12: 7, 13: 8, 14: 9, 15: 10},
};

const FREE_12 = 5;
const MALLOC_12 = 6;

/** Writes records of versions 6 to 11. */
export class OldRecordEncoder {
  readonly writer = new ByteWriter();
  readonly #write: (record: CaptureRecord) => void;

  constructor(version: number, hasNative: boolean) {
    const {writer} = this;
    this.#write =
      version === 6 ? createEncoder6(writer, hasNative) : createEncoder7(writer, hasNative, version >= 8);
  }

  write(record: CaptureRecord): void {
    if (record.type === 'bytes') this.writer.bytes(record.bytes);
    else this.#write(record);
  }
}

/** Writes what a number has become since the last time. */
function createDelta(writer: ByteWriter): (value: number | bigint) => void {
  let last = 0n;
  return value => {
    writer.signedVarint(BigInt(value) - last);
    last = BigInt(value);
  };
}

function createEncoder7(
  writer: ByteWriter,
  hasNative: boolean,
  hasTrailer: boolean,
): (record: CaptureRecord) => void {
  const [pointer, native, ip, frame, line] = Array.from({length: 5}, () => createDelta(writer));
  const writeAllocation = (record: Allocation): void => {
    const number = record.allocator ?? (record.type === 'free' ? FREE_12 : MALLOC_12);
    const flags = (ALLOCATORS_7[number] ?? 0) << 4;
    const isNative = hasNative && record.type === 'allocate';
    writer.u8((isNative ? 2 : 1) | flags);
    pointer!(record.address);
    if (record.type === 'allocate') writer.varint(record.size);
    if (isNative) native!(record.native ?? 0);
  };
  return record => {
    switch (record.type) {
      case 'thread':
        writer.u8(12).u64(record.id);
        break;
      case 'name':
        writer.u8(10).text(record.name);
        break;
      case 'code':
        writer.u8(3 | (record.isInterpreterEntry === false ? 0x10 : 0));
        frame!(record.id);
        writer.text(record.function).text(record.file);
        line!(record.firstLine ?? 0);
        break;
      case 'push':
        writer.u8(4);
        frame!(record.code);
        break;
      case 'pop':
        writer.u8(9 | (((record.count ?? 1) - 1) << 4));
        break;
      case 'allocate':
      case 'free':
        writeAllocation(record);
        break;
      case 'native':
        writer.u8(5);
        ip!(record.ip);
        native!(record.parent);
        break;
      case 'memory':
        writer.u8(11).varint(record.rss).varint(record.ms);
        break;
      case 'maps':
        writer.u8(6);
        break;
      case 'image':
        writer.u8(7).text(record.path).varint(record.segments.length).u64(record.address);
        for (const [address, size] of record.segments) writer.u8(8).u64(address).varint(size);
        break;
      case 'trailer':
        if (hasTrailer) writer.u8(0x10);
        break;
    }
  };
}

/** Padding bytes may be anything: 9. */
function createEncoder6(writer: ByteWriter, hasNative: boolean): (record: CaptureRecord) => void {
  let thread = 0;
  const writeAllocation = (record: Allocation): void => {
    const number = record.allocator ?? (record.type === 'free' ? FREE_12 : MALLOC_12);
    const size = record.type === 'allocate' ? record.size : 0;
    const native = record.type === 'allocate' && hasNative ? (record.native ?? 0) : 0;
    writer.u32(1).u64(thread).u64(record.address).u64(size);
    writer.u32(ALLOCATORS_6[number] ?? number).bytes([9, 9, 9, 9]);
    writer.u64(native);
  };
  return record => {
    switch (record.type) {
      case 'thread':
        thread = record.id;
        break;
      case 'name':
        writer.u32(9).u64(thread).text(record.name);
        break;
      case 'code':
        writer.u32(2).u64(record.id).text(record.function).text(record.file);
        writer.u32(record.firstLine ?? 0);
        break;
      case 'push':
        writer.u32(3).u64(record.code).u64(thread);
        break;
      case 'pop':
        writer
          .u32(8)
          .u64(thread)
          .u8(record.count ?? 1)
          .bytes([9, 9, 9, 9, 9, 9, 9]);
        break;
      case 'allocate':
      case 'free':
        writeAllocation(record);
        break;
      case 'native':
        writer.u32(4).u64(record.ip).u32(record.parent).bytes([9, 9, 9, 9]);
        break;
      case 'memory':
        writer.u32(10).u64(record.ms).u64(record.rss);
        break;
      case 'maps':
        writer.u32(5);
        break;
      case 'image':
        writer.u32(6).text(record.path).u64(record.segments.length).u64(record.address);
        for (const [address, size] of record.segments) writer.u32(7).u64(address).u64(size);
        break;
    }
  };
}
