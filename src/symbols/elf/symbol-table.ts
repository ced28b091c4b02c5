import {BadSymbolFile, Budget} from '../errors.js';
import type {ByteFile} from '../open-file.js';
import {sortAsLibbacktrace} from '../quick-sort.js';
import {readString, type Section, sectionOfFile} from '../section.js';
import {type ElfSection, SHT_DYNSYM, SHT_SYMTAB} from './elf-file.js';

const SYMBOL_BYTES = 24;
const STT_OBJECT = 1;
const STT_FUNC = 2;
const MAX_SYMBOLS = 8_000_000;

/** Functions and objects of a file, sorted by address. */
export interface SymbolTable {
  readonly addresses: Float64Array;
  readonly sizes: Float64Array;
  /** Places of the names in `strings`. */
  readonly names: Uint32Array;
  readonly strings: Section;
}

/** The file's own symbols: `.symtab`, only without that one `.dynsym`. Null without either. Throws BadSymbolFile. */
export function readSymbolTable(file: ByteFile, sections: readonly ElfSection[]): SymbolTable | null {
  const table =
    sections.findLast(section => section.type === SHT_SYMTAB) ??
    sections.findLast(section => section.type === SHT_DYNSYM);
  if (table === undefined || table.size === 0) return null;
  const strings = sections[table.link];
  if (strings === undefined) throw new BadSymbolFile('No names of symbols');
  const count = Math.floor(table.size / SYMBOL_BYTES);
  if (count > MAX_SYMBOLS) throw new BadSymbolFile('Too many symbols');
  const bytes = file.read(table.fileOffset, count * SYMBOL_BYTES);
  return sortSymbols(bytes, count, sectionOfFile(file, strings.fileOffset, strings.size));
}

/** name u32 · info u8 · other u8 · section u16 · value u64 · size u64 */
function sortSymbols(bytes: Uint8Array, count: number, strings: Section): SymbolTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const kept = new Uint32Array(count);
  const values = new Float64Array(count);
  let length = 0;
  for (let i = 0; i < count; i++) {
    const at = i * SYMBOL_BYTES;
    const type = bytes[at + 4]! & 15;
    if ((type !== STT_FUNC && type !== STT_OBJECT) || view.getUint16(at + 6, true) === 0) continue;
    values[i] = readNumber(view, at + 8);
    kept[length++] = i;
  }
  const order = sortByAddress(kept.subarray(0, length), values);
  const addresses = new Float64Array(length);
  const sizes = new Float64Array(length);
  const names = new Uint32Array(length);
  for (let i = 0; i < length; i++) {
    const at = order[i]! * SYMBOL_BYTES;
    addresses[i] = values[order[i]!]!;
    sizes[i] = readNumber(view, at + 16);
    names[i] = view.getUint32(at, true);
  }
  return {addresses, sizes, names, strings};
}

const readNumber = (view: DataView, at: number): number =>
  view.getUint32(at, true) + view.getUint32(at + 4, true) * 0x1_0000_0000;

function sortByAddress(kept: Uint32Array, values: Float64Array): Uint32Array {
  const compare = (a: number, b: number) => values[a]! - values[b]!;
  const order = kept.slice();
  try {
    const comparisons = 4 * Math.log2(kept.length + 2) + 32;
    sortAsLibbacktrace(order, 0, order.length, compare, new Budget(kept.length * comparisons));
    return order;
  } catch {
    // Made to be slow: which of equal symbols is found is of no importance then.
    return kept.slice().sort(compare);
  }
}

/** The index of the symbol that contains the address; −1 if none does. */
export function findSymbol({addresses, sizes}: SymbolTable, address: number): number {
  // The C library's binary search: with several symbols at one place its way decides which is found.
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

/** Throws BadSymbolFile if the name cannot be read. */
export function getSymbolName({names, strings}: SymbolTable, symbol: number): string {
  return readString(strings, names[symbol]!);
}
