import {InvalidSymbolFileError} from '../errors.js';
import {kinds} from './attribute-reader.js';
import {checkString, type DwarfFile, NO_STRING, packStringOffset, stringSections} from './dwarf-file.js';

/** Resolves what may be an index of a string once the unit's base is known. */
export function toStringOffset(
  file: DwarfFile,
  is64: boolean,
  stringOffsetsBase: number,
  kind: number,
  value: number,
): number {
  if (kind === kinds.string) return value;
  if (kind !== kinds.stringIndex) return NO_STRING;
  const size = is64 ? 8 : 4;
  const {strOffsets, str} = file.sections;
  const bytes = strOffsets.window(stringOffsetsBase + value * size);
  if (bytes.length < size) throw new InvalidSymbolFileError('Beyond the strings');
  const offset = readLittleEndian(bytes, size);
  return packStringOffset(stringSections.str, checkString(offset, str.size));
}

/** An address by its index. */
export function getAddress(file: DwarfFile, addressBase: number, addressSize: number, index: number): number {
  const bytes = file.sections.addr.window(addressBase + index * addressSize);
  if (bytes.length < addressSize) throw new InvalidSymbolFileError('Beyond the addresses');
  return readLittleEndian(bytes, addressSize);
}

function readLittleEndian(bytes: Uint8Array, size: number): number {
  let value = 0;
  for (let i = size - 1; i >= 0; i--) value = value * 256 + bytes[i]!;
  return value;
}
