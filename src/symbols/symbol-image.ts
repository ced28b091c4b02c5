import {basename, resolve} from 'node:path';
import {demangle} from './demangle/demangle.js';
import {DebugInfo, type SourcePlace} from './dwarf/debug-info.js';
import type {DwarfFile} from './dwarf/dwarf-file.js';
import {indexUnits} from './dwarf/units.js';
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
import {findSymbol, readSymbolTable, type SymbolTable} from './elf/symbol-table.js';
import {Budget, orElse} from './errors.js';
import type {ImageTables} from './image-tables.js';
import {type ByteFile, openFile} from './open-file.js';

export interface OpenSymbolImage {
  readonly kind: 'open';
  readonly modifiedTimeMs: number;
  /** What is known of an address in the image's own numbering, innermost first; empty if nothing. Names are demangled. */
  lookUp(address: number): SourcePlace[];
  /** Bytes of compressed debug information that are kept in memory. */
  readonly unpackedBytes: number;
  close(): void;
}

export type OpenedImage =
  | OpenSymbolImage
  | {readonly kind: 'not-found' | 'changed' | 'unsupported'; close(): void};

/** What reading one image's debug information may cost: two to three seconds. */
const BUDGET_STEPS = 100_000_000;

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

/** Segments are nearly as good as a build id, which captures do not have: a library built anew rarely has the same. */
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
  private readonly files: ByteFile[];
  /** Null before the first look-up. */
  private debugInfo: DebugInfo | 'none' | null = null;
  /** The image's own, then those of its debug file; null before the first address without debug information. */
  private symbolTables: SymbolTable[] | null = null;
  private debugFile: ElfFile | null = null;
  private readonly allowance = {left: MAX_UNPACKED_BYTES};
  private readonly around: Surroundings;
  private readonly elf: ElfFile;
  private readonly path: string;

  constructor(around: Surroundings, elf: ElfFile, path: string) {
    this.around = around;
    this.elf = elf;
    this.path = path;
    this.files = [elf.file];
    this.modifiedTimeMs = elf.file.modifiedTimeMs;
  }

  lookUp(address: number): SourcePlace[] {
    this.debugInfo ??= this.open();
    let places: SourcePlace[] = [];
    if (this.debugInfo !== 'none') places = orElse([], () => (this.debugInfo as DebugInfo).lookUp(address));
    if (places.length === 0) places = this.lookUpSymbol(address);
    return places.map(place => ({...place, name: demangle(place.name)}));
  }

  get unpackedBytes(): number {
    return MAX_UNPACKED_BYTES - this.allowance.left;
  }

  close(): void {
    for (const file of this.files) file.close();
  }

  private lookUpSymbol(address: number): SourcePlace[] {
    this.symbolTables ??= this.readSymbolTables();
    for (const table of this.symbolTables) {
      const name = orElse(null, () => findSymbol(table, address));
      if (name !== null) return name === '' ? [] : [{name, file: null, line: 0, directory: null}];
    }
    return [];
  }

  /** Reads the index of the debug information, of a debug file where there is one. */
  private open(): DebugInfo | 'none' {
    const {elf} = this;
    const debugFile = orElse(null, () => findDebugFile(this.around, elf, this.path));
    if (debugFile !== null) {
      this.debugFile = debugFile;
      this.files.push(debugFile.file);
      const debugInfo = orElse('none' as const, () => this.openDebugInfo(debugFile));
      if (debugInfo !== 'none') return debugInfo;
    }
    return orElse('none' as const, () => this.openDebugInfo(elf));
  }

  private readSymbolTables(): SymbolTable[] {
    const elfs = this.debugFile === null ? [this.elf] : [this.elf, this.debugFile];
    return elfs.flatMap(({file, sections}) => orElse(null, () => readSymbolTable(file, sections)) ?? []);
  }

  private openDebugInfo(elf: ElfFile): DebugInfo | 'none' {
    const sections = openDwarfSections(elf.file, elf.sections, this.allowance);
    if (sections === null) return 'none';
    const budget = new Budget(BUDGET_STEPS);
    return new DebugInfo(sections, this.openAlternate(elf, budget), budget);
  }

  private openAlternate(elf: ElfFile, budget: Budget): DwarfFile | null {
    return orElse(null, () => {
      const alternate = findAlternateFile(this.around, elf);
      if (alternate === null) return null;
      this.files.push(alternate.file);
      const sections = openDwarfSections(alternate.file, alternate.sections, this.allowance);
      if (sections === null) return null;
      const file: DwarfFile = {sections, units: [], alternate: null, budget};
      indexUnits(file);
      return file;
    });
  }
}
