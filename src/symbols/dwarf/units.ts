import {Cursor} from '../cursor.js';
import {BadSymbolFile} from '../errors.js';
import {parseGrowing} from '../section.js';
import {Abbreviations} from './abbreviations.js';
import {type AttributeReader, kinds} from './attribute-reader.js';
import {attributes, tags, unitTypes} from './constants.js';
import {type DwarfFile, getString, NO_STRING, readUnit, type Unit} from './dwarf-file.js';
import {EntryWalker} from './entry-walker.js';
import {toStringPlace} from './indexed-values.js';
import {RangeCollector, type RangeTable, toRangeTable} from './range-table.js';
import {AddressAttributes} from './ranges.js';

const MAX_UNITS = 1_000_000;

/**
 * Reads the header and the first entry of each unit into `file.units`; returns which addresses belong to which unit (by
 * index). Throws BadSymbolFile: then the file's debug information is of no use, as for libbacktrace.
 */
export function indexUnits(file: DwarfFile): RangeTable {
  const {info} = file.sections;
  const collector = new RangeCollector();
  const tables = new Map<string, Abbreviations>();
  for (let start = 0; start < info.size; ) {
    if (file.units.length >= MAX_UNITS) throw new BadSymbolFile('Too many units');
    file.budget.spend(50);
    const {unit, end} = readUnitHeader(file, start, tables);
    start = end;
    if (unit === null) continue;
    const index = file.units.push(unit) - 1;
    readFirstEntry(file, unit, index, collector);
  }
  const {units} = file;
  const compare = (a: number, b: number) => units[a]!.lineOffset - units[b]!.lineOffset;
  return toRangeTable(collector, 1, compare, file.budget);
}

/**
 * length u32 [0xffffffff: then u64, and all offsets have 8 bytes] · version u16 · version 5: type u8, address size u8, abbreviations
 * offset · below: abbreviations offset, address size u8. Units of types have no code in them: null.
 */
function readUnitHeader(file: DwarfFile, start: number, tables: Map<string, Abbreviations>) {
  const {info} = file.sections;
  const cursor = new Cursor(info.window(start));
  const short = cursor.u32();
  const is64 = short === 0xffff_ffff;
  const length = is64 ? cursor.u64() : short;
  const end = start + cursor.pos + length;
  if (end > info.size) throw new BadSymbolFile('A unit beyond its section');
  const version = cursor.u16();
  if (version < 2 || version > 5) throw new BadSymbolFile('An unknown version of DWARF');
  const type = version < 5 ? 0 : cursor.u8();
  if (type === unitTypes.type || type === unitTypes.splitType) return {unit: null, end};
  let addressSize = version < 5 ? 0 : cursor.u8();
  const abbreviationsOffset = cursor.offset(is64);
  if (version < 5) addressSize = cursor.u8();
  if (type === unitTypes.skeleton || type === unitTypes.splitCompile) cursor.skip(8);
  const key = `${abbreviationsOffset} ${version} ${is64} ${addressSize}`;
  const encoding = {version, is64, addressSize};
  let abbreviations = tables.get(key);
  if (abbreviations === undefined) {
    abbreviations = new Abbreviations(file.sections.abbrev, abbreviationsOffset, encoding, file.budget);
    tables.set(key, abbreviations);
  }
  const unit: Unit = {
    start,
    end,
    entries: start + cursor.pos,
    ...encoding,
    abbreviations,
    name: null,
    directory: null,
    lineOffset: 0,
    stringOffsetsBase: 0,
    addressBase: 0,
    rangeListsBase: 0,
  };
  return {unit, end};
}

function readFirstEntry(file: DwarfFile, unit: Unit, index: number, collector: RangeCollector): void {
  if (unit.entries >= unit.end) return;
  const addresses = new AddressAttributes();
  const tag = parseGrowing(file.sections.info, unit.entries, file.budget, bytes => {
    addresses.clear();
    const walker = new EntryWalker(file, unit, bytes, unit.entries, unit.entries);
    if (!walker.next()) return 0;
    readUnitAttributes(file, unit, walker, addresses);
    return walker.abbreviation.tag;
  });
  const add = collector.adderOf(0, index);
  if (tag === tags.compileUnit || tag === tags.skeletonUnit) {
    if (addresses.hasRange) addresses.addAll(file, unit, addresses.getBase(file, unit), add);
    else collectRangesOfEntries(file, unit, add);
  }
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
    addresses.take(attributeName, attribute);
    if (!isUnit) return;
    if (attributeName === attributes.name) copyValue(attribute, name);
    else if (attributeName === attributes.compilationDirectory) copyValue(attribute, directory);
    else takeBase(unit, attributeName, attribute);
  });
  unit.name = toText(file, unit, name);
  unit.directory = toText(file, unit, directory);
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

function toText(file: DwarfFile, unit: Unit, {kind, value}: {kind: number; value: number}): string | null {
  const place = toStringPlace(file, unit.is64, unit.stringOffsetsBase, kind, value);
  return place === NO_STRING ? null : getString(file, place);
}

/** A unit that doesn't say which addresses it has: those of its functions. */
function collectRangesOfEntries(file: DwarfFile, unit: Unit, add: (low: number, high: number) => void): void {
  const bytes = readUnit(file, unit);
  const walker = new EntryWalker(file, unit, bytes, unit.start, unit.entries);
  const addresses = new AddressAttributes();
  while (walker.next()) {
    if (walker.abbreviation.tag !== tags.subprogram) {
      walker.skipAttributes();
      continue;
    }
    addresses.clear();
    walker.readAttributes((name, attribute) => addresses.take(name, attribute));
    addresses.addAll(file, unit, addresses.getBase(file, unit), add);
  }
}
