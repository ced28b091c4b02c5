import {basename, resolve} from 'node:path';
import {demangle} from './demangle/demangle.js';
import {DebugInfo, type SourceLocation} from './dwarf/debug-info.js';
import {type DwarfFile, openDwarfFile} from './dwarf/dwarf-file.js';
import {indexUnits} from './dwarf/index-units.js';
import {
  type ElfFile,
  findAlternateFile,
  findDebugFile,
  isWithin,
  type Surroundings,
} from './elf/debug-files.js';
import {openDwarfSections} from './elf/dwarf-sections.js';
import {type ElfHeader, getElfKind, readElfHeader, readElfSections} from './elf/elf-file.js';
import {MAX_UNPACKED_BYTES} from './elf/open-section.js';
import {findSymbol, getSymbolName, readSymbolTable, type SymbolTable} from './elf/symbol-table.js';
import {Budget, orElse} from './errors.js';
import type {ImageTables} from './image-tables.js';
import type {NativeName} from './native-frame.js';
import {type ByteFile, openFile} from './open-file.js';

export interface OpenSymbolImage {
  readonly kind: 'open';
  readonly modifiedTimeMs: number;
  /**
   * The order in which addresses, which are sorted, are quick to look up. Addresses are in the image's own
   * numbering.
   */
  sortByUnit(addresses: Float64Array): Iterable<number>;
  /** What is known of an address, innermost first; empty if nothing. Names are demangled. */
  lookUp(address: number): readonly NativeName[];
  close(): void;
}

export type OpenedImage =
  | OpenSymbolImage
  | {readonly kind: 'not-found' | 'changed' | 'unsupported'; close(): void};

const UNKNOWN = '<unknown>';
const NO_LOCATIONS: readonly SourceLocation[] = [];
/** Of names that are kept because other units may have them too. */
const MAX_DEMANGLED_CHARACTERS = 16 * 1024 * 1024;
/**
 * What reading one image's debug information may cost: two to three seconds, and more for each byte that
 * there is.
 */
const BUDGET_STEPS = 100_000_000;
const BUDGET_STEPS_PER_BYTE = 1;

/** Opens the file of an image and makes sure that it is the recorded one. Never throws. */
export function openSymbolImage(around: Surroundings, tables: ImageTables, image: number): OpenedImage {
  const path = tables.paths[image]!;
  let result: OpenedImage = {kind: 'not-found', close() {}};
  for (const candidate of listCandidates(path, around.symbolsDirectory)) {
    const file = openFile(around.fs, candidate, isWithin(candidate, around.symbolsDirectory));
    if (file === null) continue;
    const opened = openImageFile(around, file, tables, image);
    if (opened.kind === 'open') return opened;
    file.close();
    if (result.kind === 'not-found') result = opened;
  }
  return result;
}

function listCandidates(path: string, symbolsDirectory: string | null): string[] {
  if (path === '') return [];
  const absolute = resolve(path);
  if (symbolsDirectory === null) return [absolute];
  return [`${symbolsDirectory}${absolute}`, `${symbolsDirectory}/${basename(absolute)}`, absolute];
}

function openImageFile(
  around: Surroundings,
  file: ByteFile,
  tables: ImageTables,
  image: number,
): OpenedImage {
  return orElse<OpenedImage>({kind: 'changed', close() {}}, () => {
    const kind = getElfKind(file);
    if (kind === 'unsupported') return {kind, close() {}};
    if (kind === 'not-elf') return {kind: 'changed', close() {}};
    const header = readElfHeader(file);
    const isWhole = header.loads.every(load => load.fileEnd <= file.size);
    if (!isWhole || !hasSegments(header, tables, image)) return {kind: 'changed', close() {}};
    const elf = {file, sections: readElfSections(file, header)};
    return new ElfImage(around, elf, tables.paths[image]!);
  });
}

/**
 * Segments are nearly as good as a build id, which captures do not have: a library that was built again
 * rarely has the same.
 */
function hasSegments({loads}: ElfHeader, tables: ImageTables, image: number): boolean {
  const start = tables.segmentStarts[image]!;
  if (loads.length !== tables.segmentStarts[image + 1]! - start) return false;
  return loads.every(
    ({virtualAddress, memorySize}, i) =>
      Number(tables.virtualAddresses[start + i]!) === virtualAddress &&
      Number(tables.memorySizes[start + i]!) === memorySize,
  );
}

class ElfImage implements OpenSymbolImage {
  readonly kind = 'open';
  readonly modifiedTimeMs: number;
  readonly #files: ByteFile[];
  /** Null before the first look-up. */
  #debugInfo: DebugInfo | 'none' | null = null;
  /**
   * The image's own, then those of its debug file; null before the first address without debug information.
   */
  #symbolTables: SymbolTable[] | null = null;
  #debugFile: ElfFile | null = null;
  /** What the latest address led to; the next one often leads to the same. */
  #latestLocations = NO_LOCATIONS;
  #latestNames: readonly NativeName[] = [];
  #latestTable: SymbolTable | null = null;
  #latestSymbol = -1;
  #latestSymbolNames: readonly NativeName[] = [];
  /** Names of functions that several units have. */
  readonly #demangled = new Map<string, string>();
  #demangledCharacters = 0;
  readonly #allowance = {left: MAX_UNPACKED_BYTES};
  readonly #around: Surroundings;
  readonly #elf: ElfFile;
  readonly #path: string;

  constructor(around: Surroundings, elf: ElfFile, path: string) {
    this.#around = around;
    this.#elf = elf;
    this.#path = path;
    this.#files = [elf.file];
    this.modifiedTimeMs = elf.file.modifiedTimeMs;
  }

  sortByUnit(addresses: Float64Array): Iterable<number> {
    const debugInfo = this.#openOnce();
    return debugInfo === 'none' ? addresses.keys() : debugInfo.sortByUnit(addresses);
  }

  lookUp(address: number): readonly NativeName[] {
    const debugInfo = this.#openOnce();
    if (debugInfo !== 'none') {
      const locations = orElse(NO_LOCATIONS, () => debugInfo.lookUp(address));
      if (locations.length > 0) return this.#toNames(locations);
    }
    return this.#lookUpSymbol(address);
  }

  #openOnce(): DebugInfo | 'none' {
    this.#debugInfo ??= this.#open();
    return this.#debugInfo;
  }

  #toNames(locations: readonly SourceLocation[]): readonly NativeName[] {
    if (locations !== this.#latestLocations) {
      this.#latestLocations = locations;
      this.#latestNames = locations.map(location => this.#toName(location));
    }
    return this.#latestNames;
  }

  #toName({name, file, line, directory}: SourceLocation): NativeName {
    return {
      function: this.#demangle(name),
      file: file ?? UNKNOWN,
      line,
      state: file === null ? 'name-only' : 'full',
      directory,
    };
  }

  #demangle(name: string): string {
    if (!name.startsWith('_Z')) return name;
    const known = this.#demangled.get(name);
    if (known !== undefined) return known;
    const demangled = demangle(name);
    if (demangled === name) return name;
    this.#demangledCharacters += name.length + demangled.length;
    if (this.#demangledCharacters > MAX_DEMANGLED_CHARACTERS) {
      this.#demangledCharacters = name.length + demangled.length;
      this.#demangled.clear();
    }
    this.#demangled.set(name, demangled);
    return demangled;
  }

  close(): void {
    for (const file of this.#files) file.close();
  }

  #lookUpSymbol(address: number): readonly NativeName[] {
    this.#symbolTables ??= this.#readSymbolTables();
    for (const table of this.#symbolTables) {
      const symbol = findSymbol(table, address);
      if (symbol < 0) continue;
      if (table !== this.#latestTable || symbol !== this.#latestSymbol) {
        this.#latestTable = table;
        this.#latestSymbol = symbol;
        const name = orElse('', () => getSymbolName(table, symbol));
        this.#latestSymbolNames =
          name === '' ? [] : [this.#toName({name, file: null, line: 0, directory: null})];
      }
      return this.#latestSymbolNames;
    }
    return [];
  }

  /** Reads the index of the debug information, of a debug file where there is one. */
  #open(): DebugInfo | 'none' {
    const elf = this.#elf;
    const debugFile = orElse(null, () => findDebugFile(this.#around, elf, this.#path));
    if (debugFile !== null) {
      this.#debugFile = debugFile;
      this.#files.push(debugFile.file);
      const debugInfo = orElse('none' as const, () => this.#openDebugInfo(debugFile));
      if (debugInfo !== 'none') return debugInfo;
    }
    return orElse('none' as const, () => this.#openDebugInfo(elf));
  }

  #readSymbolTables(): SymbolTable[] {
    const elfs = this.#debugFile === null ? [this.#elf] : [this.#elf, this.#debugFile];
    return elfs.flatMap(({file, sections}) => orElse(null, () => readSymbolTable(file, sections)) ?? []);
  }

  #openDebugInfo(elf: ElfFile): DebugInfo | 'none' {
    const sections = openDwarfSections(elf.file, elf.sections, this.#allowance);
    if (sections === null) return 'none';
    const bytes = sections.info.size + sections.line.size;
    const budget = new Budget(BUDGET_STEPS + BUDGET_STEPS_PER_BYTE * bytes);
    return new DebugInfo(sections, this.#openAlternate(elf, budget), budget);
  }

  #openAlternate(elf: ElfFile, budget: Budget): DwarfFile | null {
    return orElse(null, () => {
      const alternate = findAlternateFile(this.#around, elf);
      if (alternate === null) return null;
      this.#files.push(alternate.file);
      const sections = openDwarfSections(alternate.file, alternate.sections, this.#allowance);
      if (sections === null) return null;
      const file = openDwarfFile(sections, null, budget);
      indexUnits(file);
      return file;
    });
  }
}
