import type {Cursor} from '../cursor.js';
import {BadSymbolFile, TooFewBytes} from '../errors.js';
import {forms} from './constants.js';
import {type DwarfFile, NO_STRING, placeString, stringSections} from './dwarf-file.js';

/** What kind of value an attribute has. Only these are told apart; all else is skipped as `other`. */
export const kinds = {
  other: 0,
  address: 1,
  addressIndex: 2,
  unsigned: 3,
  string: 4,
  stringIndex: 5,
  /** From the start of its unit. */
  unitReference: 6,
  /** From the start of `.debug_info`. */
  infoReference: 7,
  /** From the start of the alternate file's `.debug_info`. */
  alternateReference: 8,
  sectionOffset: 9,
  rangeListIndex: 10,
} as const;

/** What the lengths of attributes depend on. */
export interface Encoding {
  readonly version: number;
  readonly is64: boolean;
  readonly addressSize: number;
}

const NESTED_INDIRECT = 8;

/** Reads attribute values one after the other; `kind` and `value` are those of the latest. A string's value is its place. */
export class AttributeReader {
  kind: number = kinds.other;
  value = 0;
  private readonly file: DwarfFile;
  private readonly encoding: Encoding;
  /** Where the cursor's bytes begin in `.debug_info`; −1 where strings are not from there. */
  private readonly base: number;

  constructor(file: DwarfFile, encoding: Encoding, base: number) {
    this.file = file;
    this.encoding = encoding;
    this.base = base;
  }

  /** Throws BadSymbolFile. */
  read(cursor: Cursor, form: number, implicit: number): void {
    this.kind = kinds.other;
    this.value = 0;
    switch (form) {
      case forms.addr:
        this.set(kinds.address, cursor.address(this.encoding.addressSize));
        break;
      case forms.data1:
      case forms.flag:
        this.set(kinds.unsigned, cursor.u8());
        break;
      case forms.data2:
        this.set(kinds.unsigned, cursor.u16());
        break;
      case forms.data4:
        this.set(kinds.unsigned, cursor.u32());
        break;
      case forms.data8:
        this.set(kinds.unsigned, cursor.u64());
        break;
      case forms.udata:
        this.set(kinds.unsigned, cursor.uleb());
        break;
      case forms.flagPresent:
        this.set(kinds.unsigned, 1);
        break;
      case forms.implicitConst:
        this.set(kinds.unsigned, implicit);
        break;
      case forms.secOffset:
        this.set(kinds.sectionOffset, cursor.offset(this.encoding.is64));
        break;
      case forms.rnglistx:
        this.set(kinds.rangeListIndex, cursor.uleb());
        break;
      case forms.indirect:
        this.readIndirect(cursor);
        break;
      default:
        if (
          !this.readString(cursor, form) &&
          !this.readIndex(cursor, form) &&
          !this.readReference(cursor, form)
        )
          skipValue(cursor, form, this.encoding);
    }
  }

  private set(kind: number, value: number): void {
    this.kind = kind;
    this.value = value;
  }

  /** The form itself comes first. */
  private readIndirect(cursor: Cursor): void {
    this.read(cursor, readDirectForm(cursor), 0);
  }

  private readString(cursor: Cursor, form: number): boolean {
    const {is64} = this.encoding;
    const {sections, alternate} = this.file;
    switch (form) {
      case forms.string:
        this.set(
          kinds.string,
          this.base < 0 ? NO_STRING : placeString(stringSections.info, this.base + cursor.pos),
        );
        cursor.skipString();
        return true;
      case forms.strp:
        this.set(
          kinds.string,
          placeString(stringSections.str, within(cursor.offset(is64), sections.str.size)),
        );
        return true;
      case forms.lineStrp:
        this.set(
          kinds.string,
          placeString(stringSections.lineStr, within(cursor.offset(is64), sections.lineStr.size)),
        );
        return true;
      case forms.gnuStrpAlt:
      case forms.strpSup: {
        const offset = cursor.offset(is64);
        if (alternate !== null)
          this.set(
            kinds.string,
            placeString(stringSections.alternateStr, within(offset, alternate.sections.str.size)),
          );
        return true;
      }
      default:
        return false;
    }
  }

  private readIndex(cursor: Cursor, form: number): boolean {
    switch (form) {
      case forms.strx:
        this.set(kinds.stringIndex, cursor.uleb());
        return true;
      case forms.strx1:
      case forms.strx2:
      case forms.strx3:
      case forms.strx4:
        this.set(kinds.stringIndex, readFixed(cursor, form - forms.strx1 + 1));
        return true;
      case forms.addrx:
        this.set(kinds.addressIndex, cursor.uleb());
        return true;
      case forms.addrx1:
      case forms.addrx2:
      case forms.addrx3:
      case forms.addrx4:
        this.set(kinds.addressIndex, readFixed(cursor, form - forms.addrx1 + 1));
        return true;
      default:
        return false;
    }
  }

  private readReference(cursor: Cursor, form: number): boolean {
    const {version, is64, addressSize} = this.encoding;
    switch (form) {
      case forms.ref1:
        this.set(kinds.unitReference, cursor.u8());
        return true;
      case forms.ref2:
        this.set(kinds.unitReference, cursor.u16());
        return true;
      case forms.ref4:
        this.set(kinds.unitReference, cursor.u32());
        return true;
      case forms.ref8:
        this.set(kinds.unitReference, cursor.u64());
        return true;
      case forms.refUdata:
        this.set(kinds.unitReference, cursor.uleb());
        return true;
      case forms.refAddr:
        this.set(kinds.infoReference, version === 2 ? cursor.address(addressSize) : cursor.offset(is64));
        return true;
      case forms.gnuRefAlt: {
        const offset = cursor.offset(is64);
        if (this.file.alternate !== null) this.set(kinds.alternateReference, offset);
        return true;
      }
      default:
        return false;
    }
  }
}

function within(offset: number, size: number): number {
  if (offset >= size) throw new BadSymbolFile('A string beyond its section');
  return offset;
}

function readFixed(cursor: Cursor, bytes: number): number {
  if (bytes === 1) return cursor.u8();
  if (bytes === 2) return cursor.u16();
  return bytes === 3 ? cursor.u24() : cursor.u32();
}

function readDirectForm(cursor: Cursor): number {
  for (let depth = 0; depth < NESTED_INDIRECT; depth++) {
    const form = cursor.uleb();
    if (form === forms.implicitConst) throw new BadSymbolFile('An indirect constant');
    if (form !== forms.indirect) return form;
  }
  throw new BadSymbolFile('A form of a form of a form');
}

/** Skips an attribute's value. Throws BadSymbolFile. */
export function skipValue(cursor: Cursor, form: number, encoding: Encoding): void {
  const size = getFixedSize(form, encoding);
  if (size >= 0) {
    cursor.skip(size);
    return;
  }
  switch (form) {
    case forms.string:
      cursor.skipString();
      break;
    case forms.block1:
      cursor.skip(cursor.u8());
      break;
    case forms.block2:
      cursor.skip(cursor.u16());
      break;
    case forms.block4:
      cursor.skip(cursor.u32());
      break;
    case forms.block:
    case forms.exprloc:
      cursor.skip(cursor.uleb());
      break;
    case forms.indirect:
      skipValue(cursor, readDirectForm(cursor), encoding);
      break;
    default:
      if (size === UNKNOWN_SIZE) throw new BadSymbolFile('An unknown form');
      cursor.skipLeb();
  }
}

const UNKNOWN_SIZE = -2;

/** Bytes of a value of this form; −1 where they differ from value to value, −2 for an unknown form. */
export function getFixedSize(form: number, {version, is64, addressSize}: Encoding): number {
  switch (form) {
    case forms.flagPresent:
    case forms.implicitConst:
      return 0;
    case forms.data1:
    case forms.flag:
    case forms.ref1:
    case forms.strx1:
    case forms.addrx1:
      return 1;
    case forms.data2:
    case forms.ref2:
    case forms.strx2:
    case forms.addrx2:
      return 2;
    case forms.strx3:
    case forms.addrx3:
      return 3;
    case forms.data4:
    case forms.ref4:
    case forms.refSup4:
    case forms.strx4:
    case forms.addrx4:
      return 4;
    case forms.data8:
    case forms.ref8:
    case forms.refSig8:
    case forms.refSup8:
      return 8;
    case forms.data16:
      return 16;
    case forms.addr:
      return addressSize;
    case forms.refAddr:
      return version === 2 ? addressSize : is64 ? 8 : 4;
    case forms.strp:
    case forms.lineStrp:
    case forms.secOffset:
    case forms.strpSup:
    case forms.gnuRefAlt:
    case forms.gnuStrpAlt:
      return is64 ? 8 : 4;
    case forms.string:
    case forms.block:
    case forms.block1:
    case forms.block2:
    case forms.block4:
    case forms.exprloc:
    case forms.indirect:
    case forms.sdata:
    case forms.udata:
    case forms.refUdata:
    case forms.strx:
    case forms.addrx:
    case forms.loclistx:
    case forms.rnglistx:
    case forms.gnuAddrIndex:
    case forms.gnuStrIndex:
      return -1;
    default:
      return UNKNOWN_SIZE;
  }
}

/** Resolves what may be an index of a string once the unit's base is known. */
export function toStringPlace(
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
  if (bytes.length < size) throw new TooFewBytes('Beyond the strings');
  const offset = readLittleEndian(bytes, size);
  return placeString(stringSections.str, within(offset, str.size));
}

/** An address by its index. */
export function getAddress(file: DwarfFile, addressBase: number, addressSize: number, index: number): number {
  const bytes = file.sections.addr.window(addressBase + index * addressSize);
  if (bytes.length < addressSize) throw new TooFewBytes('Beyond the addresses');
  return readLittleEndian(bytes, addressSize);
}

function readLittleEndian(bytes: Uint8Array, size: number): number {
  let value = 0;
  for (let i = size - 1; i >= 0; i--) value = value * 256 + bytes[i]!;
  return value;
}
