import {Cursor} from '../cursor.js';
import {tags} from './constants.js';
import {type DwarfFile, readUnitBytes} from './dwarf-file.js';
import {EntryWalker} from './entry-walker.js';
import {RangeCollector, type RangeTable, toRangeTable} from './range-table.js';
import {AddressAttributes} from './ranges.js';
import {MAX_HEADER_BYTES, readUnit, type Unit, UnitHeader} from './unit.js';

/**
 * Reads the header and the first entry of each unit into `file.units`; returns which addresses belong to
 * which unit (by index). Throws InvalidSymbolFileError: then the file's debug information is of no use, as
 * for libbacktrace.
 */
export function indexUnits(file: DwarfFile): RangeTable {
  const {units, budget, sections} = file;
  const {info} = sections;
  const collector = new RangeCollector();
  const header = new UnitHeader();
  let base = 0;
  let cursor = new Cursor(new Uint8Array(0));
  for (let start = 0; start < info.size; start = header.end) {
    if (start - base + MAX_HEADER_BYTES > cursor.end) {
      base = start;
      cursor = new Cursor(info.window(start));
    }
    cursor.pos = start - base;
    header.read(cursor, base, info.size);
    budget.spend(2);
    // Nothing can refer to these.
    if (header.isOfTypes || header.isEmpty) continue;
    budget.spend(50);
    indexUnit(file, header, collector);
  }
  const compare = (a: number, b: number) => units.getLineOffset(a) - units.getLineOffset(b);
  return toRangeTable(collector, 1, compare, budget);
}

function indexUnit(file: DwarfFile, header: UnitHeader, collector: RangeCollector): void {
  const {unit, addresses, tag} = readUnit(file, header);
  const index = file.units.add(unit.start, unit.lineOffset);
  if (tag !== tags.compileUnit && tag !== tags.skeletonUnit) return;
  if (addresses.hasRange) addresses.addAll(file, unit, addresses.getBase(file, unit), collector, 0, index);
  else collectRangesOfEntries(file, unit, index, collector);
}

/** A unit that doesn't say which addresses it has: those of its functions. */
function collectRangesOfEntries(file: DwarfFile, unit: Unit, index: number, collector: RangeCollector): void {
  const bytes = readUnitBytes(file, unit);
  const walker = new EntryWalker(file, unit, bytes, unit.start, unit.entries);
  const addresses = new AddressAttributes();
  while (walker.next()) {
    if (walker.abbreviation.tag !== tags.subprogram) {
      walker.skipTree();
      continue;
    }
    addresses.clear();
    walker.readAttributes((name, attribute) => addresses.accept(name, attribute));
    addresses.addAll(file, unit, addresses.getBase(file, unit), collector, 0, index);
  }
}
