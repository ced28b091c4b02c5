import type {Cursor} from '../cursor.js';
import {forms} from './constants.js';
import {checkString, type DwarfFile, packStringOffset, stringSections} from './dwarf-file.js';
import {type Encoding, readDirectForm, skipValue} from './form-sizes.js';

/** What kind of value an attribute has. Only these are distinguished; all else is skipped as `other`. */
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

/**
 * Reads attribute values one after the other; `kind` and `value` are those of the latest. A string's value is
 * its offset.
 */
export class AttributeReader {
  kind: number = kinds.other;
  value = 0;
  readonly #file: DwarfFile;
  readonly #encoding: Encoding;
  /** Where the cursor's bytes begin in their section. */
  readonly #base: number;
  /** One of `stringSections`: that section. */
  readonly #section: number;

  constructor(file: DwarfFile, encoding: Encoding, base: number, section: number) {
    this.#file = file;
    this.#encoding = encoding;
    this.#base = base;
    this.#section = section;
  }

  /** Throws InvalidSymbolFileError. */
  read(cursor: Cursor, form: number, implicit: number): void {
    this.kind = kinds.other;
    this.value = 0;
    switch (form) {
      case forms.addr:
        this.#set(kinds.address, cursor.address(this.#encoding.addressSize));
        break;
      case forms.data1:
      case forms.flag:
        this.#set(kinds.unsigned, cursor.u8());
        break;
      case forms.data2:
        this.#set(kinds.unsigned, cursor.u16());
        break;
      case forms.data4:
        this.#set(kinds.unsigned, cursor.u32());
        break;
      case forms.data8:
        this.#set(kinds.unsigned, cursor.u64());
        break;
      case forms.udata:
        this.#set(kinds.unsigned, cursor.uleb());
        break;
      case forms.flagPresent:
        this.#set(kinds.unsigned, 1);
        break;
      case forms.implicitConst:
        this.#set(kinds.unsigned, implicit);
        break;
      case forms.secOffset:
        this.#set(kinds.sectionOffset, cursor.offset(this.#encoding.is64));
        break;
      case forms.rnglistx:
        this.#set(kinds.rangeListIndex, cursor.uleb());
        break;
      case forms.indirect:
        this.#readIndirect(cursor);
        break;
      default:
        if (
          !this.#readString(cursor, form) &&
          !this.#readIndex(cursor, form) &&
          !this.#readReference(cursor, form)
        )
          skipValue(cursor, form, this.#encoding);
    }
  }

  #set(kind: number, value: number): void {
    this.kind = kind;
    this.value = value;
  }

  /** The form itself comes first. */
  #readIndirect(cursor: Cursor): void {
    this.read(cursor, readDirectForm(cursor), 0);
  }

  #readString(cursor: Cursor, form: number): boolean {
    const {is64} = this.#encoding;
    const {sections, alternate} = this.#file;
    switch (form) {
      case forms.string:
        this.#set(kinds.string, packStringOffset(this.#section, this.#base + cursor.pos));
        cursor.skipString();
        return true;
      case forms.strp:
        this.#set(
          kinds.string,
          packStringOffset(stringSections.str, checkString(cursor.offset(is64), sections.str.size)),
        );
        return true;
      case forms.lineStrp:
        this.#set(
          kinds.string,
          packStringOffset(stringSections.lineStr, checkString(cursor.offset(is64), sections.lineStr.size)),
        );
        return true;
      case forms.gnuStrpAlt:
      case forms.strpSup: {
        const offset = cursor.offset(is64);
        if (alternate !== null)
          this.#set(
            kinds.string,
            packStringOffset(stringSections.alternateStr, checkString(offset, alternate.sections.str.size)),
          );
        return true;
      }
      default:
        return false;
    }
  }

  #readIndex(cursor: Cursor, form: number): boolean {
    switch (form) {
      case forms.strx:
        this.#set(kinds.stringIndex, cursor.uleb());
        return true;
      case forms.strx1:
      case forms.strx2:
      case forms.strx3:
      case forms.strx4:
        this.#set(kinds.stringIndex, readFixed(cursor, form - forms.strx1 + 1));
        return true;
      case forms.addrx:
        this.#set(kinds.addressIndex, cursor.uleb());
        return true;
      case forms.addrx1:
      case forms.addrx2:
      case forms.addrx3:
      case forms.addrx4:
        this.#set(kinds.addressIndex, readFixed(cursor, form - forms.addrx1 + 1));
        return true;
      default:
        return false;
    }
  }

  #readReference(cursor: Cursor, form: number): boolean {
    const {version, is64, addressSize} = this.#encoding;
    switch (form) {
      case forms.ref1:
        this.#set(kinds.unitReference, cursor.u8());
        return true;
      case forms.ref2:
        this.#set(kinds.unitReference, cursor.u16());
        return true;
      case forms.ref4:
        this.#set(kinds.unitReference, cursor.u32());
        return true;
      case forms.ref8:
        this.#set(kinds.unitReference, cursor.u64());
        return true;
      case forms.refUdata:
        this.#set(kinds.unitReference, cursor.uleb());
        return true;
      case forms.refAddr:
        this.#set(kinds.infoReference, version === 2 ? cursor.address(addressSize) : cursor.offset(is64));
        return true;
      case forms.gnuRefAlt: {
        const offset = cursor.offset(is64);
        if (this.#file.alternate !== null) this.#set(kinds.alternateReference, offset);
        return true;
      }
      default:
        return false;
    }
  }
}

function readFixed(cursor: Cursor, bytes: number): number {
  if (bytes === 1) return cursor.u8();
  if (bytes === 2) return cursor.u16();
  return bytes === 3 ? cursor.u24() : cursor.u32();
}
