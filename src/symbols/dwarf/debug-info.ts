import {type Budget, orElse} from '../errors.js';
import {type DwarfFile, type DwarfSections, getString, type Unit} from './dwarf-file.js';
import {type FunctionTable, readFunctions} from './functions.js';
import {findRow, type LineTable, readLineTable} from './line-table.js';
import {findRange, type RangeTable} from './range-table.js';
import {indexUnits} from './units.js';

/** A place in the source, not demangled. */
export interface SourcePlace {
  readonly name: string;
  readonly file: string | null;
  readonly line: number;
  /** Where the compiler ran. */
  readonly directory: string | null;
}

interface LoadedUnit {
  readonly lines: LineTable;
  /** Null if they could not be read: the symbol table then has to do. */
  readonly functions: FunctionTable | null;
  readonly rows: number;
}

const MAX_LOADED_UNITS = 64;
/** Rows of lines, ranges and functions of all loaded units, each 16 to 20 bytes. */
const MAX_LOADED_ROWS = 2_000_000;
/** Calls inlined into calls. */
const MAX_INLINED = 1000;

/** Looks up addresses in one file's debug information. Units are read when an address of theirs is first asked for. */
export class DebugInfo {
  private readonly file: DwarfFile;
  private readonly ranges: RangeTable;
  /** By index; null for units without line numbers, which are of no use. */
  private readonly loaded = new Map<number, LoadedUnit | null>();
  private loadedRows = 0;

  /** Reads the index of units. Throws BadSymbolFile. */
  constructor(sections: DwarfSections, alternate: DwarfFile | null, budget: Budget) {
    this.file = {sections, units: [], alternate, budget};
    this.ranges = indexUnits(this.file);
  }

  /**
   * The functions at an address, innermost first: inlined calls, then the function itself. Empty if nothing is known.
   * Throws BadSymbolFile.
   */
  lookUp(address: number): SourcePlace[] {
    const found = this.findLoadedUnit(address);
    if (found === null || found.loaded.functions === null) return [];
    const {lines, functions} = found.loaded;
    const row = findRow(lines, address);
    if (row < 0) return [];
    const chain = findChain(functions, address);
    const places: SourcePlace[] = [];
    let file = lines.files[lines.rowFiles[row]!] ?? null;
    let line = lines.lines[row]!;
    for (const index of chain.reverse()) {
      const name = getString(this.file, functions.names[index]!);
      if (name !== '') places.push({name, file, line, directory: found.unit.directory});
      // Whoever called what was inlined here did it from there.
      file = lines.files[functions.callFiles[index]!] ?? null;
      line = functions.callLines[index]!;
    }
    return places;
  }

  /** The unit of an address; where its line numbers are of no use, one that begins earlier and contains the address as well. */
  private findLoadedUnit(address: number): {unit: Unit; loaded: LoadedUnit} | null {
    const {ranges} = this;
    for (
      let i = findRange(ranges, 0, address);
      i >= 0 && ranges.lows[i]! <= address && address < ranges.highs[i]!;
      i--
    ) {
      const index = ranges.values[i]!;
      const loaded = this.load(index);
      if (loaded !== null) return {unit: this.file.units[index]!, loaded};
    }
    return null;
  }

  private load(index: number): LoadedUnit | null {
    let unit = this.loaded.get(index);
    if (unit === undefined) {
      unit = loadUnit(this.file, this.file.units[index]!);
      this.loadedRows += unit?.rows ?? 0;
    } else this.loaded.delete(index);
    this.loaded.set(index, unit);
    this.dropOldest(index);
    return unit;
  }

  /** Maps keep the order of insertion, so the first is the one that was not used for longest. */
  private dropOldest(keep: number): void {
    for (const [index, unit] of this.loaded) {
      if (index === keep || (this.loaded.size <= MAX_LOADED_UNITS && this.loadedRows <= MAX_LOADED_ROWS))
        return;
      this.loaded.delete(index);
      this.loadedRows -= unit?.rows ?? 0;
    }
  }
}

function loadUnit(file: DwarfFile, unit: Unit): LoadedUnit | null {
  const lines = orElse(null, () => readLineTable(file, unit));
  if (lines === null) return null;
  const functions = orElse(null, () => readFunctions(file, unit, lines.headerFileCount));
  const functionRows = functions === null ? 0 : functions.names.length + functions.ranges.lows.length;
  return {lines, functions, rows: lines.addresses.length + functionRows};
}

/** The function that contains the address and the calls inlined there, outermost first. */
function findChain({ranges}: FunctionTable, address: number): number[] {
  const chain: number[] = [];
  for (let owner = 0; chain.length < MAX_INLINED; ) {
    const found = findRange(ranges, owner, address);
    if (found < 0) break;
    const index = ranges.values[found]!;
    chain.push(index);
    owner = index + 1;
  }
  return chain;
}
