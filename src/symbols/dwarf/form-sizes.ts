import type {Cursor} from '../cursor.js';
import {InvalidSymbolFileError} from '../errors.js';
import {forms} from './constants.js';

/** What the lengths of attributes depend on. */
export interface Encoding {
  readonly version: number;
  readonly is64: boolean;
  readonly addressSize: number;
}

const NESTED_INDIRECT = 8;

/** The form that a value names itself. Throws InvalidSymbolFileError. */
export function readDirectForm(cursor: Cursor): number {
  for (let depth = 0; depth < NESTED_INDIRECT; depth++) {
    const form = cursor.uleb();
    if (form === forms.implicitConst) throw new InvalidSymbolFileError('An indirect constant');
    if (form !== forms.indirect) return form;
  }
  throw new InvalidSymbolFileError('A form of a form of a form');
}

/** Skips an attribute's value. Throws InvalidSymbolFileError. */
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
      if (size === UNKNOWN_SIZE) throw new InvalidSymbolFileError('An unknown form');
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
