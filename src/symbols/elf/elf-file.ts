import {Cursor} from '../cursor.js';
import {InvalidSymbolFileError} from '../errors.js';
import type {ByteFile} from '../open-file.js';

/** Facts of the ELF format: /usr/include/elf.h, System V ABI chapters 4 and 5. */
const MAGIC = 0x464c457f;
const CLASS_64 = 2;
const LITTLE_ENDIAN = 1;
const PT_LOAD = 1;
const HEADER_BYTES = 64;
const PROGRAM_HEADER_BYTES = 56;
const SECTION_HEADER_BYTES = 64;
const SHN_XINDEX = 0xffff;
const SHF_COMPRESSED = 0x800;
export const SHT_SYMTAB = 2;
const SHT_NOBITS = 8;
export const SHT_DYNSYM = 11;
/** More sections than this are in no library. */
const MAX_SECTIONS = 100_000;
const MAX_NAMES_BYTES = 16 * 1024 * 1024;

export interface ElfSection {
  readonly name: string;
  readonly type: number;
  readonly isCompressed: boolean;
  readonly fileOffset: number;
  readonly size: number;
  readonly link: number;
}

export interface LoadSegment {
  readonly virtualAddress: number;
  readonly memorySize: number;
  /** Where its bytes end in the file. */
  readonly fileEnd: number;
}

export interface ElfHeader {
  readonly loads: readonly LoadSegment[];
  readonly sectionsOffset: number;
  readonly sectionCount: number;
  readonly namesIndex: number;
}

/**
 * 'not-elf' may also be a cut or overwritten file; 'unsupported' is an ELF file of another kind than 64 bits
 * little-endian.
 */
export type ElfKind = 'elf' | 'not-elf' | 'unsupported';

export function getElfKind(file: ByteFile): ElfKind {
  if (file.size < HEADER_BYTES) return 'not-elf';
  const cursor = new Cursor(file.read(0, HEADER_BYTES));
  if (cursor.u32() !== MAGIC) return 'not-elf';
  return cursor.u8() === CLASS_64 && cursor.u8() === LITTLE_ENDIAN ? 'elf' : 'unsupported';
}

/** Reads the file's header and its program headers. Throws InvalidSymbolFileError. */
export function readElfHeader(file: ByteFile): ElfHeader {
  const cursor = new Cursor(file.read(0, HEADER_BYTES), 32);
  const programOffset = cursor.u64();
  const sectionsOffset = cursor.u64();
  cursor.skip(6);
  const programSize = cursor.u16();
  const programCount = cursor.u16();
  const sectionSize = cursor.u16();
  const sectionCount = cursor.u16();
  const namesIndex = cursor.u16();
  if (programCount > 0 && programSize !== PROGRAM_HEADER_BYTES)
    throw new InvalidSymbolFileError('Odd program headers');
  if (sectionsOffset !== 0 && sectionSize !== SECTION_HEADER_BYTES)
    throw new InvalidSymbolFileError('Odd section headers');
  const loads = readLoads(file.read(programOffset, programCount * PROGRAM_HEADER_BYTES), programCount);
  return {loads, sectionsOffset, sectionCount, namesIndex};
}

/** type u32 · flags u32 · offset, vaddr, paddr, filesz, memsz, align u64 */
function readLoads(bytes: Uint8Array, count: number): LoadSegment[] {
  const loads: LoadSegment[] = [];
  for (let i = 0; i < count; i++) {
    const cursor = new Cursor(bytes, i * PROGRAM_HEADER_BYTES);
    if (cursor.u32() !== PT_LOAD) continue;
    cursor.skip(4);
    const offset = cursor.u64();
    const virtualAddress = cursor.u64();
    cursor.skip(8);
    const fileEnd = offset + cursor.u64();
    loads.push({virtualAddress, memorySize: cursor.u64(), fileEnd});
  }
  return loads;
}

/**
 * All sections in their order, the first (empty) one included; none if the file has no section headers.
 * Throws InvalidSymbolFileError.
 */
export function readElfSections(file: ByteFile, header: ElfHeader): ElfSection[] {
  if (header.sectionsOffset === 0) return [];
  let {sectionCount, namesIndex} = header;
  if (sectionCount === 0 || namesIndex === SHN_XINDEX) {
    const first = readSectionHeader(new Cursor(file.read(header.sectionsOffset, SECTION_HEADER_BYTES)));
    if (sectionCount === 0) sectionCount = first.size;
    if (namesIndex === SHN_XINDEX) namesIndex = first.link;
  }
  if (sectionCount > MAX_SECTIONS) throw new InvalidSymbolFileError('Too many sections');
  const cursor = new Cursor(file.read(header.sectionsOffset, sectionCount * SECTION_HEADER_BYTES));
  const raw = Array.from({length: sectionCount}, () => readSectionHeader(cursor));
  const names = raw[namesIndex];
  if (names === undefined || names.size > MAX_NAMES_BYTES)
    throw new InvalidSymbolFileError('No names of sections');
  const nameBytes = file.read(names.fileOffset, names.size);
  return raw.map(({nameOffset, ...section}) => ({...section, name: getName(nameBytes, nameOffset)}));
}

/** name u32 · type u32 · flags, addr, offset, size u64 · link u32 · info u32 · addralign, entsize u64 */
function readSectionHeader(cursor: Cursor) {
  const nameOffset = cursor.u32();
  const type = cursor.u32();
  const isCompressed = (cursor.u32() & SHF_COMPRESSED) !== 0;
  cursor.skip(12);
  const fileOffset = cursor.u64();
  const size = cursor.u64();
  const link = cursor.u32();
  cursor.skip(20);
  // A section without bytes in the file (what `--only-keep-debug` leaves of code) counts as empty.
  return {nameOffset, type, isCompressed, fileOffset, size: type === SHT_NOBITS ? 0 : size, link};
}

const MAX_SECTION_NAME = 64;

/** Names of sections that we know are short; others may come out cut. */
function getName(names: Uint8Array, offset: number): string {
  let name = '';
  for (let i = offset; i < names.length && names[i] !== 0 && name.length < MAX_SECTION_NAME; i++)
    name += String.fromCharCode(names[i]!);
  return name;
}
