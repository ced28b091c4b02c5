import {LruCache} from '../../base/lru-cache.js';
import {type Budget, orElse} from '../errors.js';
import {type DwarfFile, type DwarfSections, getString, NO_STRING, openDwarfFile} from './dwarf-file.js';
import {type FunctionTable, readFunctions} from './functions.js';
import {indexUnits} from './index-units.js';
import {findRow} from './line-rows.js';
import {type LineTable, readLineTable} from './line-table.js';
import {findRange, type RangeTable} from './range-table.js';
import type {Unit} from './unit.js';

/** A location in the source, not demangled. */
export interface SourceLocation {
  readonly name: string;
  readonly file: string | null;
  readonly line: number;
  /** Where the compiler ran. */
  readonly directory: string | null;
}

interface LoadedUnit {
  readonly directory: string | null;
  readonly lines: LineTable;
  /** Null if they could not be read: the symbol table then has to do. */
  readonly functions: FunctionTable | null;
  /** By function: its name, once it was read. */
  readonly names: (string | undefined)[];
  readonly rows: number;
}

const MAX_LOADED_UNITS = 64;
/** Rows of lines, ranges and functions of all loaded units, each 16 to 20 bytes. */
const MAX_LOADED_ROWS = 2_000_000;
/** Calls inlined into calls. */
const MAX_INLINED = 1000;

const NOTHING: readonly SourceLocation[] = [];

/**
 * Looks up addresses in one file's debug information. Units are read when an address of theirs is first asked
 * for.
 */
export class DebugInfo {
  readonly #file: DwarfFile;
  readonly #ranges: RangeTable;
  /** By index; null for units without line numbers, which are of no use. */
  readonly #loaded = new LruCache<number, LoadedUnit | null>({
    entries: MAX_LOADED_UNITS,
    cost: MAX_LOADED_ROWS,
  });
  /** What the latest address led to. */
  #latestUnit: LoadedUnit | null = null;
  #latestRow = -1;
  #latestFunction = -1;
  #latestLocations: readonly SourceLocation[] = NOTHING;

  /** Reads the index of units. Throws InvalidSymbolFileError. */
  constructor(sections: DwarfSections, alternate: DwarfFile | null, budget: Budget) {
    this.#file = openDwarfFile(sections, alternate, budget);
    this.#ranges = indexUnits(this.#file);
  }

  /** The order in which addresses, which are sorted, need each unit once. */
  sortByUnit(addresses: Float64Array): Int32Array {
    const ranges = this.#ranges;
    const unitOf = addresses.map(address => {
      const range = findRange(ranges, 0, address);
      return range < 0 ? -1 : ranges.values[range]!;
    });
    const next = new Int32Array(this.#file.units.length + 2);
    for (const unit of unitOf) next[unit + 2]!++;
    for (let unit = 1; unit < next.length; unit++) next[unit]! += next[unit - 1]!;
    const order = new Int32Array(addresses.length);
    for (let i = 0; i < addresses.length; i++) order[next[unitOf[i]! + 1]!++] = i;
    return order;
  }

  /**
   * The functions at an address, innermost first: inlined calls, then the function itself. Empty if nothing
   * is known. The same array again where the address before led to the same. Throws InvalidSymbolFileError.
   */
  lookUp(address: number): readonly SourceLocation[] {
    const unit = this.#findLoadedUnit(address);
    if (unit === null || unit.functions === null) return NOTHING;
    const row = findRow(unit.lines, address, this.#file.budget);
    if (row < 0) return NOTHING;
    const chain = findChain(unit.functions, address);
    const innermost = chain.at(-1) ?? -1;
    if (unit !== this.#latestUnit || row !== this.#latestRow || innermost !== this.#latestFunction) {
      this.#latestLocations = this.#listLocations(unit, unit.functions, row, chain);
      this.#latestUnit = unit;
      this.#latestRow = row;
      this.#latestFunction = innermost;
    }
    return this.#latestLocations;
  }

  /** @param chain functions from the outermost on */
  #listLocations(
    unit: LoadedUnit,
    {names, callFiles, callLines}: FunctionTable,
    row: number,
    chain: readonly number[],
  ): SourceLocation[] {
    const {lines, directory} = unit;
    const locations: SourceLocation[] = [];
    let file = lines.files.getPath(lines.rowFiles[row]!);
    let line = lines.lines[row]!;
    for (let i = chain.length - 1; i >= 0; i--) {
      const index = chain[i]!;
      unit.names[index] ??= getString(this.#file, names[index]!);
      const name = unit.names[index]!;
      if (name !== '') locations.push({name, file, line, directory});
      // Whoever called what was inlined here did it from there.
      file = lines.files.getPath(callFiles[index]!);
      line = callLines[index]!;
    }
    return locations;
  }

  /**
   * The unit of an address; where its line numbers are of no use, one that begins earlier and contains the
   * address as well.
   */
  #findLoadedUnit(address: number): LoadedUnit | null {
    const ranges = this.#ranges;
    for (
      let i = findRange(ranges, 0, address);
      i >= 0 && ranges.lows[i]! <= address && address < ranges.highs[i]!;
      i--
    ) {
      const loaded = this.#load(ranges.values[i]!);
      if (loaded !== null) return loaded;
    }
    return null;
  }

  #load(index: number): LoadedUnit | null {
    let unit = this.#loaded.get(index);
    if (unit === undefined) {
      unit = orElse(null, () => loadUnit(this.#file, this.#file.units.get(this.#file, index)));
      this.#loaded.set(index, unit, unit?.rows ?? 0);
    }
    return unit;
  }
}

/** Throws InvalidSymbolFileError if its line numbers are of no use. */
function loadUnit(file: DwarfFile, unit: Unit): LoadedUnit {
  const lines = readLineTable(file, unit);
  const functions = orElse(null, () => readFunctions(file, unit, lines.headerFileCount));
  const functionRows = functions === null ? 0 : functions.names.length + functions.ranges.lows.length;
  return {
    directory: unit.directory === NO_STRING ? null : getString(file, unit.directory),
    lines,
    functions,
    names: [],
    rows: lines.addresses.length + functionRows,
  };
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
