import {DoubleColumn, IntColumn} from '../../base/column.js';
import {InvalidSymbolFileError} from '../errors.js';
import {type AttributeReader, kinds} from './attribute-reader.js';
import {attributes, tags} from './constants.js';
import {type DwarfFile, getString, readUnitBytes} from './dwarf-file.js';
import {EntryWalker} from './entry-walker.js';
import {EntriesOfUnit, NameChooser} from './names.js';
import {RangeCollector, type RangeTable, toRangeTable} from './range-table.js';
import {AddressAttributes} from './ranges.js';
import type {Unit} from './unit.js';

/**
 * The functions of a unit and the calls inlined into them. Owner 0 of the ranges is the unit: its functions;
 * owner f + 1 is function f: the calls inlined into it, which are functions of this table again.
 */
export interface FunctionTable {
  readonly names: Float64Array;
  /** Of inlined calls: file (an index into the unit's files, −1 none) and line of the call. */
  readonly callFiles: Int32Array;
  readonly callLines: Int32Array;
  readonly ranges: RangeTable;
}

const MAX_FUNCTIONS = 2_000_000;

/** Reads the functions of a unit, which has that many files. Throws InvalidSymbolFileError. */
export function readFunctions(file: DwarfFile, unit: Unit, fileCount: number): FunctionTable {
  return new FunctionReader(file, unit, fileCount, readUnitBytes(file, unit)).read();
}

class FunctionReader {
  readonly #names = new DoubleColumn();
  readonly #callFiles = new IntColumn();
  readonly #callLines = new IntColumn();
  readonly #collector = new RangeCollector();
  readonly #file: DwarfFile;
  readonly #unit: Unit;
  readonly #fileCount: number;
  readonly #walker: EntryWalker;
  readonly #chooser: NameChooser;
  readonly #addresses = new AddressAttributes();
  /** What range lists of entries count from: the unit's low address. */
  #base = 0;
  #callFile = -1;
  #callLine = 0;

  constructor(file: DwarfFile, unit: Unit, fileCount: number, bytes: Uint8Array) {
    this.#file = file;
    this.#unit = unit;
    this.#fileCount = fileCount;
    this.#walker = new EntryWalker(file, unit, bytes, unit.start, unit.entries);
    this.#chooser = new NameChooser(file, unit, 0, new EntriesOfUnit(file, unit, bytes));
  }

  read(): FunctionTable {
    const walker = this.#walker;
    const file = this.#file;
    // By depth: the function (+ 1) in which entries of that depth lie, 0 outside of any.
    const owners: number[] = [0];
    while (walker.next()) {
      const {tag, hasAddresses} = walker.abbreviation;
      const owner = owners[walker.depth]!;
      let inner = owner;
      if (isFunction(tag)) {
        // Declarations, and what all inlined calls of a function have in common, have no code.
        if (!hasAddresses) walker.skipTree();
        else {
          const added = this.#readFunction(tag === tags.inlinedSubroutine ? owner : 0);
          if (added >= 0) inner = added + 1;
        }
      } else if (tag === tags.compileUnit || tag === tags.skeletonUnit) this.#readBase();
      else walker.skipTree();
      owners[walker.depth + 1] = inner;
    }
    const names = this.#names.toArray();
    const compareNames = createComparison(file, names);
    return {
      names,
      callFiles: this.#callFiles.toArray(),
      callLines: this.#callLines.toArray(),
      ranges: toRangeTable(this.#collector, names.length + 1, compareNames, file.budget),
    };
  }

  #readBase(): void {
    this.#addresses.clear();
    this.#walker.readAttributes((name, attribute) => this.#addresses.accept(name, attribute));
    this.#base = this.#addresses.getBase(this.#file, this.#unit);
  }

  /** Adds the function to the owner's list; −1 if it has no name or no addresses. */
  #readFunction(owner: number): number {
    this.#chooser.clear();
    this.#addresses.clear();
    this.#callFile = -1;
    this.#callLine = 0;
    this.#walker.readAttributes(this.#accept);
    if (this.#chooser.name === 0 || !this.#addresses.hasRange) return -1;
    const index = this.#names.length;
    if (index >= MAX_FUNCTIONS) throw new InvalidSymbolFileError('Too many functions');
    this.#names.push(this.#chooser.name);
    this.#callFiles.push(this.#callFile);
    this.#callLines.push(this.#callLine);
    this.#addresses.addAll(this.#file, this.#unit, this.#base, this.#collector, owner, index);
    return index;
  }

  readonly #accept = (name: number, attribute: AttributeReader): void => {
    if (name === attributes.callFile) {
      if (attribute.kind !== kinds.unsigned) return;
      if (attribute.value >= this.#fileCount) throw new InvalidSymbolFileError('A call from an unknown file');
      this.#callFile = attribute.value;
    } else if (name === attributes.callLine) {
      if (attribute.kind === kinds.unsigned) this.#callLine = attribute.value | 0;
    } else {
      this.#chooser.accept(name, attribute);
      this.#addresses.accept(name, attribute);
    }
  };
}

function isFunction(tag: number): boolean {
  return tag === tags.subprogram || tag === tags.inlinedSubroutine || tag === tags.entryPoint;
}

/**
 * Compares functions by their names. These are kept: linkers leave many ranges alike of functions that they
 * dropped.
 */
function createComparison(file: DwarfFile, names: Float64Array): (a: number, b: number) => number {
  const texts = new Map<number, string>();
  const getText = (index: number): string => {
    let text = texts.get(index);
    if (text === undefined) {
      text = getString(file, names[index]!);
      texts.set(index, text);
    }
    return text;
  };
  return (a, b) => {
    if (names[a] === names[b]) return 0;
    file.budget.spend(5);
    const first = getText(a);
    const second = getText(b);
    if (first === second) return 0;
    return first < second ? -1 : 1;
  };
}
