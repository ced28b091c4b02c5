import {Cursor} from '../cursor.js';
import type {ByteFile} from '../open-file.js';
import {readString, sectionOfBytes} from '../section.js';
import type {ElfSection} from './elf-file.js';

const NT_GNU_BUILD_ID = 3;
const MAX_NOTE_BYTES = 4096;
const MAX_LINK_BYTES = 8192;

function readSmall(file: ByteFile, sections: readonly ElfSection[], name: string, maxBytes: number) {
  const section = sections.find(each => each.name === name);
  if (section === undefined || section.size === 0 || section.size > maxBytes) return null;
  return file.read(section.fileOffset, section.size);
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

/** The file's build id in hexadecimal; null without one. Throws InvalidSymbolFileError. */
export function readBuildId(file: ByteFile, sections: readonly ElfSection[]): string | null {
  const bytes = readSmall(file, sections, '.note.gnu.build-id', MAX_NOTE_BYTES);
  if (bytes === null) return null;
  const cursor = new Cursor(bytes);
  const nameSize = cursor.u32();
  const size = cursor.u32();
  if (cursor.u32() !== NT_GNU_BUILD_ID || nameSize !== 4 || size < 2) return null;
  cursor.skip(4);
  const start = cursor.pos;
  cursor.skip(size);
  return toHex(bytes.subarray(start, cursor.pos));
}

/** The file that holds what was split off: name · zeros up to a multiple of 4 · CRC-32 of that file. */
export interface DebugLink {
  readonly name: string;
  readonly checksum: number;
}

/** Throws InvalidSymbolFileError. */
export function readDebugLink(file: ByteFile, sections: readonly ElfSection[]): DebugLink | null {
  const bytes = readSmall(file, sections, '.gnu_debuglink', MAX_LINK_BYTES);
  if (bytes === null) return null;
  const name = readString(sectionOfBytes(bytes), 0);
  const cursor = new Cursor(bytes);
  cursor.skipString();
  cursor.skip((4 - (cursor.pos % 4)) % 4);
  return {name, checksum: cursor.u32()};
}

/** The file that holds what several debug files have in common: name · build id. */
export interface AlternateLink {
  readonly name: string;
  readonly buildId: string;
}

/** Throws InvalidSymbolFileError. */
export function readAlternateLink(file: ByteFile, sections: readonly ElfSection[]): AlternateLink | null {
  const bytes = readSmall(file, sections, '.gnu_debugaltlink', MAX_LINK_BYTES);
  if (bytes === null) return null;
  const cursor = new Cursor(bytes);
  cursor.skipString();
  return {name: readString(sectionOfBytes(bytes), 0), buildId: toHex(bytes.subarray(cursor.pos))};
}
