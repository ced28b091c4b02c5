import type {Cursor} from '../cursor.js';
import {InvalidSymbolFileError} from '../errors.js';
import {parseGrowing} from '../section.js';
import {type AttributeReader, kinds} from './attribute-reader.js';
import {attributes, tags, unitTypes} from './constants.js';
import {type DwarfFile, NO_STRING, type StringOffset} from './dwarf-file.js';
import {EntryWalker} from './entry-walker.js';
import {toStringOffset} from './indexed-values.js';
import {AddressAttributes} from './ranges.js';

/** What a unit's header and its first entry say. */
export interface Unit {
  /** Where it lies in `.debug_info`, its header included. */
  readonly start: number;
  readonly end: number;
  /** Where its first entry is. */
  readonly entries: number;
  readonly version: number;
  readonly is64: boolean;
  readonly addressSize: number;
  readonly abbreviationsOffset: number;
  /** From its first entry: */
  name: StringOffset;
  directory: StringOffset;
  lineOffset: number;
  stringOffsetsBase: number;
  addressBase: number;
  rangeListsBase: number;
}

/** More bytes than a header has. */
export const MAX_HEADER_BYTES = 64;

/** The header of a unit. One object is filled again and again: a hostile file has millions of them. */
export class UnitHeader {
  start = 0;
  end = 0;
  entries = 0;
  version = 0;
  is64 = false;
  addressSize = 0;
  abbreviationsOffset = 0;
  /** A unit of types has no code in it. */
  isOfTypes = false;

  get isEmpty(): boolean {
    return this.entries >= this.end;
  }

  /**
   * length u32 [0xffffffff: then u64, and all offsets have 8 bytes] · version u16 · version 5: type u8,
   * address size u8, abbreviations offset · below: abbreviations offset, address size u8
   * @param base where the cursor's bytes begin in `.debug_info`
   * @throws InvalidSymbolFileError
   */
  read(cursor: Cursor, base: number, sectionSize: number): void {
    this.start = base + cursor.pos;
    const short = cursor.u32();
    this.is64 = short === 0xffff_ffff;
    const length = this.is64 ? cursor.u64() : short;
    this.end = base + cursor.pos + length;
    if (this.end > sectionSize) throw new InvalidSymbolFileError('A unit beyond its section');
    this.version = cursor.u16();
    if (this.version < 2 || this.version > 5) throw new InvalidSymbolFileError('An unknown version of DWARF');
    const type = this.version < 5 ? 0 : cursor.u8();
    this.isOfTypes = type === unitTypes.type || type === unitTypes.splitType;
    if (this.isOfTypes) return;
    this.addressSize = this.version < 5 ? 0 : cursor.u8();
    this.abbreviationsOffset = cursor.offset(this.is64);
    if (this.version < 5) this.addressSize = cursor.u8();
    if (type === unitTypes.skeleton || type === unitTypes.splitCompile) cursor.skip(8);
    this.entries = base + cursor.pos;
  }
}

/** A unit with its first entry; also what that entry says of addresses, and its tag (0 without an entry). */
export interface ReadUnit {
  readonly unit: Unit;
  readonly addresses: AddressAttributes;
  readonly tag: number;
}

/** Reads the first entry of a unit that is not empty. Throws InvalidSymbolFileError. */
export function readUnit(file: DwarfFile, header: UnitHeader): ReadUnit {
  const {start, end, entries, version, is64, addressSize, abbreviationsOffset} = header;
  const unit: Unit = {
    start,
    end,
    entries,
    version,
    is64,
    addressSize,
    abbreviationsOffset,
    name: NO_STRING,
    directory: NO_STRING,
    lineOffset: 0,
    stringOffsetsBase: 0,
    addressBase: 0,
    rangeListsBase: 0,
  };
  const addresses = new AddressAttributes();
  const tag = parseGrowing(file.sections.info, entries, file.budget, bytes => {
    addresses.clear();
    const walker = new EntryWalker(file, unit, bytes, entries, entries);
    if (!walker.next()) return 0;
    readUnitAttributes(file, unit, walker, addresses);
    return walker.abbreviation.tag;
  });
  return {unit, addresses, tag};
}

function readUnitAttributes(
  file: DwarfFile,
  unit: Unit,
  walker: EntryWalker,
  addresses: AddressAttributes,
): void {
  const {tag} = walker.abbreviation;
  const isUnit = tag === tags.compileUnit || tag === tags.skeletonUnit;
  // Strings may stand before the attribute that says where strings are.
  const name = {kind: 0, value: 0};
  const directory = {kind: 0, value: 0};
  walker.readAttributes((attributeName, attribute) => {
    addresses.accept(attributeName, attribute);
    if (!isUnit) return;
    if (attributeName === attributes.name) copyValue(attribute, name);
    else if (attributeName === attributes.compilationDirectory) copyValue(attribute, directory);
    else takeBase(unit, attributeName, attribute);
  });
  const {is64, stringOffsetsBase} = unit;
  unit.name = toStringOffset(file, is64, stringOffsetsBase, name.kind, name.value);
  unit.directory = toStringOffset(file, is64, stringOffsetsBase, directory.kind, directory.value);
}

function copyValue({kind, value}: AttributeReader, to: {kind: number; value: number}): void {
  to.kind = kind;
  to.value = value;
}

function takeBase(unit: Unit, name: number, {kind, value}: AttributeReader): void {
  if (name === attributes.statementList && (kind === kinds.unsigned || kind === kinds.sectionOffset))
    unit.lineOffset = value;
  if (kind !== kinds.sectionOffset) return;
  if (name === attributes.stringOffsetsBase) unit.stringOffsetsBase = value;
  else if (name === attributes.addressBase) unit.addressBase = value;
  else if (name === attributes.rangeListsBase) unit.rangeListsBase = value;
}
