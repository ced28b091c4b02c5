// Writes captures of header version 13 to a file, record by record, without keeping them in memory.
import {closeSync, openSync, writeSync} from 'node:fs';

const CHUNK_BYTES = 1 << 20;
/** No record that is written here is longer, its texts aside. */
const MAX_RECORD_BYTES = 128;

const MALLOC = 6;
const FREE = 5;
export const MMAP = 14;
export const MUNMAP = 15;

/** Integers up to 2^53 in all fields; addresses are multiples of 8. */
export class CaptureFile {
  #file;
  #buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  #at = 0;
  #hasNative;
  #pointer = 0;
  #native = 0;
  #ip = 0;
  #firstLine = 0;
  #written = 0;

  constructor(
    path,
    {hasNative = false, isAggregated = false, commandLine = 'shape.py', startMs, endMs} = {},
  ) {
    this.#file = openSync(path, 'wx');
    this.#hasNative = hasNative;
    const now = Date.now();
    this.#text('memray').#u32(13).#u32(0x030b02f0).#u8(hasNative).#u8(isAggregated);
    this.#u64(0)
      .#u64(0)
      .#u64(startMs ?? now)
      .#u64(endMs ?? now)
      .#text(commandLine);
    // pid, main thread, skipped frames, allocator, tracing of it, object lifetimes
    this.#u32(42).#u64(1).#u64(0).#u8(1).#u8(0).#u8(0);
    this.#text('/usr/lib/python3.11').#u8(0).#u8(0);
  }

  /** How many were written so far. */
  get bytes() {
    return this.#written + this.#at;
  }

  switchThread(id) {
    this.#begin(12).#u64(id);
  }
  nameThread(name) {
    this.#begin(10).#text(name);
  }
  /** @param table bytes of the line table */
  addCode(id, functionName, file, firstLine = 1, table = Buffer.alloc(0)) {
    this.#begin(14).#varint(id).#text(functionName).#text(file);
    this.#signed(firstLine - this.#firstLine)
      .#varint(table.length)
      .#bytes(table);
    this.#firstLine = firstLine;
  }
  push(code, offset = 0) {
    this.#begin(0x41).#varint(code).#signed(offset);
  }
  pop(count = 1) {
    for (let left = count; left > 0; left -= 16) this.#begin(0x10 | (Math.min(left, 16) - 1));
  }
  allocate(address, size, {allocator = MALLOC, native = 0} = {}) {
    this.#begin(0xf8 | (allocator < 8 ? allocator : 0));
    this.#movePointer(address);
    if (allocator >= 8) this.#u8(allocator);
    if (this.#hasNative) this.#moveNative(native);
    this.#varint(size);
  }
  free(address, allocator = FREE) {
    this.#begin(0xf8 | allocator).#movePointer(address);
  }
  /** @param ms since the start */
  addMemory(rss, ms) {
    this.#begin(2).#varint(rss).#varint(ms);
  }
  /** Native entries are numbered from 1 in the order in which they are written. */
  addNative(ip, parent) {
    this.#begin(5).#signed(ip - this.#ip);
    this.#ip = ip;
    this.#moveNative(parent);
  }
  startMaps() {
    this.#begin(6);
  }
  /** @param segments pairs of (address, bytes) */
  addImage(path, address, segments) {
    this.#begin(7).#text(path).#varint(segments.length).#u64(address);
    for (const [start, bytes] of segments) this.#begin(8).#u64(start).#varint(bytes);
  }

  // The records of aggregated files.
  addSnapshot(ms, rss, heap) {
    this.#begin(1).#u64(ms).#u64(rss).#u64(heap);
  }
  addFrame(id, code, offset = 0) {
    this.#begin(4).#varint(id).#varint(code).#signed(offset).#u8(1);
  }
  /** Stacks are numbered from 1 in the order in which they are written. */
  addTrace(frame, parent) {
    this.#begin(3).#varint(frame).#varint(parent);
  }
  addAggregated(thread, trace, count, bytes) {
    this.#begin(2).#u64(thread).#u64(MALLOC).#u64(0).#u64(trace).#u64(1);
    this.#u64(count).#u64(count).#u64(bytes).#u64(bytes);
  }

  /** @param trailer the tag of the record that ends the file: 15 in aggregated ones */
  finish(trailer = 1) {
    this.#begin(trailer);
    this.#flush();
    closeSync(this.#file);
  }

  #begin(tag) {
    if (this.#at + MAX_RECORD_BYTES > CHUNK_BYTES) this.#flush();
    return this.#u8(tag);
  }
  #flush() {
    writeSync(this.#file, this.#buffer, 0, this.#at);
    this.#written += this.#at;
    this.#at = 0;
  }
  #bytes(bytes) {
    if (this.#at + bytes.length + MAX_RECORD_BYTES > CHUNK_BYTES) this.#flush();
    bytes.copy(this.#buffer, this.#at);
    this.#at += bytes.length;
    return this;
  }
  #text(text) {
    return this.#bytes(Buffer.from(`${text}\0`));
  }
  #u8(value) {
    this.#buffer[this.#at++] = Number(value);
    return this;
  }
  #u32(value) {
    this.#at = this.#buffer.writeUInt32LE(value, this.#at);
    return this;
  }
  #u64(value) {
    return this.#u32(value % 2 ** 32).#u32(Math.floor(value / 2 ** 32));
  }
  #varint(value) {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.#u8((rest % 128) + 128);
    return this.#u8(rest);
  }
  #signed(value) {
    return this.#varint(value < 0 ? -2 * value - 1 : 2 * value);
  }
  #movePointer(address) {
    this.#signed((address - this.#pointer) / 8);
    this.#pointer = address;
  }
  #moveNative(native) {
    this.#signed(native - this.#native);
    this.#native = native;
  }
}
