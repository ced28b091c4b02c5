import * as zlib from 'node:zlib';
import {Cursor} from '../cursor.js';
import {InvalidSymbolFileError} from '../errors.js';
import type {ByteFile} from '../open-file.js';
import {type Section, sectionOfBytes, sectionOfFile} from '../section.js';
import type {ElfSection} from './elf-file.js';

const ELFCOMPRESS_ZLIB = 1;
const ELFCOMPRESS_ZSTD = 2;
/** Of all that one file's compressed sections hold when they are unpacked. */
export const MAX_UNPACKED_BYTES = 256 * 1024 * 1024;
/** Debug information shrinks to a third, rarely to a tenth. What shrinks more than this is a trap. */
const MAX_RATIO = 64;
const RATIO_SLACK = 65_536;

/** How many bytes may still be unpacked. */
export interface UnpackAllowance {
  left: number;
}

/**
 * Makes a section readable: from the file, piece by piece, or unpacked as a whole where it is compressed,
 * either with the header of SHF_COMPRESSED or in the older form of `.zdebug_…`. Throws
 * InvalidSymbolFileError.
 * @param bytesOfPage one of `pageBytes`: the size of the pieces
 */
export function openSection(
  file: ByteFile,
  section: ElfSection,
  allowance: UnpackAllowance,
  bytesOfPage: number,
): Section {
  const {fileOffset, size} = section;
  if (section.name.startsWith('.zdebug')) return unpackOldForm(file.read(fileOffset, size), allowance);
  if (section.isCompressed) return unpack(file.read(fileOffset, size), allowance);
  return sectionOfFile(file, fileOffset, size, bytesOfPage);
}

/** type u32 · reserved u32 · unpacked size u64 · alignment u64 · data */
function unpack(bytes: Uint8Array, allowance: UnpackAllowance): Section {
  const cursor = new Cursor(bytes);
  const type = cursor.u32();
  cursor.skip(4);
  const size = cursor.u64();
  cursor.skip(8);
  return inflate(type, bytes.subarray(cursor.pos), size, allowance);
}

/** "ZLIB" · unpacked size u64, big-endian · data */
function unpackOldForm(bytes: Uint8Array, allowance: UnpackAllowance): Section {
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 12 || head.getUint32(0) !== 0x5a4c4942)
    throw new InvalidSymbolFileError('No ZLIB header');
  const size = head.getUint32(4) * 0x1_0000_0000 + head.getUint32(8);
  return inflate(ELFCOMPRESS_ZLIB, bytes.subarray(12), size, allowance);
}

function inflate(type: number, packed: Uint8Array, size: number, allowance: UnpackAllowance): Section {
  if (size > packed.length * MAX_RATIO + RATIO_SLACK || size > allowance.left)
    throw new InvalidSymbolFileError('Unpacks to too much');
  if (size === 0) return sectionOfBytes(new Uint8Array(0));
  allowance.left -= size;
  let unpacked: Uint8Array;
  try {
    unpacked = decompress(type, packed, size);
  } catch {
    throw new InvalidSymbolFileError('Damaged compressed data');
  }
  if (unpacked.length !== size) throw new InvalidSymbolFileError('Damaged compressed data');
  return sectionOfBytes(unpacked);
}

function decompress(type: number, packed: Uint8Array, maxOutputLength: number): Uint8Array {
  if (type === ELFCOMPRESS_ZLIB) return zlib.inflateSync(packed, {maxOutputLength});
  // Node has zstd since 22.15.
  if (type === ELFCOMPRESS_ZSTD && 'zstdDecompressSync' in zlib)
    return zlib.zstdDecompressSync(packed, {maxOutputLength});
  throw new InvalidSymbolFileError('An unknown compression');
}
