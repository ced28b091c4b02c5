import {DoubleColumn, IntColumn} from '../../base/column.js';
import {Budget, InvalidSymbolFileError} from '../errors.js';
import type {ByteFile} from '../open-file.js';
import {sortAsLibbacktrace} from '../quick-sort.js';
import {pageBytes, readString, type Section, sectionOfFile} from '../section.js';
import {type ElfSection, SHT_DYNSYM, SHT_SYMTAB} from './elf-file.js';

const SYMBOL_BYTES = 24;
const STT_OBJECT = 1;
const STT_FUNC = 2;
const MAX_SYMBOLS = 4_000_000;
const SYMBOLS_PER_READ = 65_536;

/** Functions and objects of a file, sorted by address. */
export interface SymbolTable {
  readonly addresses: Float64Array;
  readonly sizes: Float64Array;
  /** Offsets of the names in `strings`. */
  readonly names: Uint32Array;
  readonly strings: Section;
}

/**
 * The file's own symbols: `.symtab`, only without that one `.dynsym`. Null without either. Throws
 * InvalidSymbolFileError.
 */
export function readSymbolTable(file: ByteFile, sections: readonly ElfSection[]): SymbolTable | null {
  const table =
    sections.findLast(section => section.type === SHT_SYMTAB) ??
    sections.findLast(section => section.type === SHT_DYNSYM);
  if (table === undefined || table.size === 0) return null;
  const strings = sections[table.link];
  if (strings === undefined) throw new InvalidSymbolFileError('No names of symbols');
  const count = Math.floor(table.size / SYMBOL_BYTES);
  if (count > MAX_SYMBOLS) throw new InvalidSymbolFileError('Too many symbols');
  const columns = {addresses: new DoubleColumn(), sizes: new DoubleColumn(), names: new IntColumn()};
  for (let start = 0; start < count; start += SYMBOLS_PER_READ) {
    const length = Math.min(SYMBOLS_PER_READ, count - start);
    addSymbols(columns, file.read(table.fileOffset + start * SYMBOL_BYTES, length * SYMBOL_BYTES));
  }
  return sortSymbols(columns, sectionOfFile(file, strings.fileOffset, strings.size, pageBytes.scattered));
}

interface SymbolColumns {
  readonly addresses: DoubleColumn;
  readonly sizes: DoubleColumn;
  readonly names: IntColumn;
}

/** name u32 · info u8 · other u8 · section u16 · value u64 · size u64 */
function addSymbols({addresses, sizes, names}: SymbolColumns, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length; at += SYMBOL_BYTES) {
    const type = bytes[at + 4]! & 15;
    if ((type !== STT_FUNC && type !== STT_OBJECT) || view.getUint16(at + 6, true) === 0) continue;
    names.push(view.getUint32(at, true));
    addresses.push(readNumber(view, at + 8));
    sizes.push(readNumber(view, at + 16));
  }
}

const readNumber = (view: DataView, at: number): number =>
  view.getUint32(at, true) + view.getUint32(at + 4, true) * 0x1_0000_0000;

function sortSymbols({addresses, sizes, names}: SymbolColumns, strings: Section): SymbolTable {
  const order = sortByAddress(addresses);
  return {
    addresses: Float64Array.from(order, symbol => addresses.at(symbol)),
    sizes: Float64Array.from(order, symbol => sizes.at(symbol)),
    names: Uint32Array.from(order, symbol => names.at(symbol)),
    strings,
  };
}

function sortByAddress(addresses: DoubleColumn): Uint32Array {
  const {length} = addresses;
  const compare = (a: number, b: number) => addresses.at(a) - addresses.at(b);
  const order = Uint32Array.from({length}, (_, symbol) => symbol);
  try {
    const comparisons = 4 * Math.log2(length + 2) + 32;
    sortAsLibbacktrace(order, 0, length, compare, new Budget(length * comparisons));
    return order;
  } catch {
    // Made to be slow: which of equal symbols is found is of no importance then.
    return order.sort(compare);
  }
}

/** The index of the symbol that contains the address; −1 if none does. */
export function findSymbol({addresses, sizes}: SymbolTable, address: number): number {
  // The C library's binary search: with several symbols at one offset its way decides which is found.
  let low = 0;
  let high = addresses.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (address < addresses[middle]!) high = middle;
    else if (address >= addresses[middle]! + sizes[middle]!) low = middle + 1;
    else return middle;
  }
  return -1;
}

/** Throws InvalidSymbolFileError if the name cannot be read. */
export function getSymbolName({names, strings}: SymbolTable, symbol: number): string {
  return readString(strings, names[symbol]!);
}
