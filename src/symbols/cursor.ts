import {InvalidSymbolFileError, TruncatedError} from './errors.js';

/**
 * Reads little-endian numbers one after the other. All methods that read throw TruncatedError at the end of
 * the bytes.
 */
export class Cursor {
  readonly bytes: Uint8Array;
  pos: number;
  readonly end: number;

  constructor(bytes: Uint8Array, pos = 0, end: number = bytes.length) {
    this.bytes = bytes;
    this.pos = pos;
    this.end = end;
    if (!(pos >= 0 && pos <= end && end <= bytes.length)) throw new TruncatedError('Beyond the end');
  }

  skip(count: number): void {
    if (!(count >= 0 && count <= this.end - this.pos)) throw new TruncatedError('Beyond the end');
    this.pos += count;
  }

  u8(): number {
    if (this.pos >= this.end) throw new TruncatedError('Beyond the end');
    return this.bytes[this.pos++]!;
  }

  i8(): number {
    return (this.u8() << 24) >> 24;
  }

  u16(): number {
    const start = this.pos;
    this.skip(2);
    return this.bytes[start]! | (this.bytes[start + 1]! << 8);
  }

  u24(): number {
    return this.u16() | (this.u8() << 16);
  }

  u32(): number {
    const start = this.pos;
    this.skip(4);
    const {bytes} = this;
    return (
      (bytes[start]! | (bytes[start + 1]! << 8) | (bytes[start + 2]! << 16) | (bytes[start + 3]! << 24)) >>> 0
    );
  }

  /** Rounded above 2^53: no offset of a file is there. */
  u64(): number {
    const low = this.u32();
    return low + this.u32() * 0x1_0000_0000;
  }

  /** 4 or 8 bytes, as the DWARF format of the unit is. */
  offset(is64: boolean): number {
    return is64 ? this.u64() : this.u32();
  }

  address(size: number): number {
    switch (size) {
      case 8:
        return this.u64();
      case 4:
        return this.u32();
      case 2:
        return this.u16();
      case 1:
        return this.u8();
      default:
        throw new InvalidSymbolFileError('An address of odd size');
    }
  }

  /** Unsigned LEB128, rounded above 2^53. */
  uleb(): number {
    const {bytes, end} = this;
    // Most have one byte.
    if (this.pos < end && bytes[this.pos]! < 128) return bytes[this.pos++]!;
    let result = 0;
    let factor = 1;
    for (let count = 0; count < 10; count++) {
      if (this.pos >= end) throw new TruncatedError('Beyond the end');
      const byte = bytes[this.pos++]!;
      if (byte < 128) return result + byte * factor;
      result += (byte & 127) * factor;
      factor *= 128;
    }
    throw new InvalidSymbolFileError('A number has more than ten bytes');
  }

  /** Signed LEB128, rounded beyond ±2^53. */
  sleb(): number {
    const {bytes, end} = this;
    let result = 0;
    let factor = 1;
    for (let count = 0; count < 10; count++) {
      if (this.pos >= end) throw new TruncatedError('Beyond the end');
      const byte = bytes[this.pos++]!;
      result += (byte & 127) * factor;
      factor *= 128;
      if (byte < 128) return byte & 64 ? result - factor : result;
    }
    throw new InvalidSymbolFileError('A number has more than ten bytes');
  }

  skipLeb(): void {
    const {bytes, end} = this;
    while (this.pos < end) {
      if (bytes[this.pos++]! < 128) return;
    }
    throw new TruncatedError('Beyond the end');
  }

  skipString(): void {
    const end = this.bytes.indexOf(0, this.pos);
    if (end < 0 || end >= this.end) throw new TruncatedError('Beyond the end');
    this.pos = end + 1;
  }
}
