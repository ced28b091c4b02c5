import {Cursor} from '../cursor.js';
import {InvalidSymbolFileError} from '../errors.js';
import {parseGrowing} from '../section.js';
import {type AttributeReader, kinds} from './attribute-reader.js';
import {attributes, rangeListEntries} from './constants.js';
import type {DwarfFile} from './dwarf-file.js';
import {getAddress} from './indexed-values.js';
import type {RangeCollector} from './range-table.js';
import type {Unit} from './unit.js';

const MAX_RANGES = 1_000_000;

/** The addresses of one entry, as its attributes give them. */
export class AddressAttributes {
  #low = 0;
  #lowKind = 0;
  #high = 0;
  #highKind = 0;
  #ranges = 0;
  #rangesKind = 0;

  clear(): void {
    this.#lowKind = 0;
    this.#highKind = 0;
    this.#rangesKind = 0;
    this.#low = 0;
  }

  get hasRange(): boolean {
    return this.#rangesKind !== 0 || (this.#lowKind !== 0 && this.#highKind !== 0);
  }

  /** Takes an attribute's value, if it is one of these. */
  accept(name: number, {kind, value}: AttributeReader): void {
    if (name === attributes.lowPc) {
      if (kind !== kinds.address && kind !== kinds.addressIndex) return;
      this.#low = value;
      this.#lowKind = kind;
    } else if (name === attributes.highPc) {
      if (kind !== kinds.address && kind !== kinds.addressIndex && kind !== kinds.unsigned) return;
      this.#high = value;
      this.#highKind = kind;
    } else if (name === attributes.ranges) {
      if (kind !== kinds.unsigned && kind !== kinds.sectionOffset && kind !== kinds.rangeListIndex) return;
      this.#ranges = value;
      this.#rangesKind = kind;
    }
  }

  /** The low address alone: what the ranges of a unit's entries count from. */
  getBase(file: DwarfFile, unit: Unit): number {
    return this.#lowKind === kinds.addressIndex
      ? getAddress(file, unit.addressBase, unit.addressSize, this.#low)
      : this.#low;
  }

  /**
   * Adds all ranges to a collector: the one from low to high, without it those of the list.
   * @param base what range lists count from
   * @throws InvalidSymbolFileError
   */
  addAll(file: DwarfFile, unit: Unit, base: number, to: RangeCollector, owner: number, value: number): void {
    if (this.#lowKind !== 0 && this.#highKind !== 0) {
      const low = this.getBase(file, unit);
      let high = this.#high;
      if (this.#highKind === kinds.addressIndex)
        high = getAddress(file, unit.addressBase, unit.addressSize, high);
      if (this.#highKind === kinds.unsigned) high += low;
      to.add(owner, value, low, high);
    } else if (this.#rangesKind !== 0) {
      const ranges =
        unit.version < 5
          ? readOldRanges(file, unit, base, this.#ranges)
          : readRangeList(file, unit, base, this.#ranges, this.#rangesKind === kinds.rangeListIndex);
      for (let i = 0; i < ranges.length; i += 2) to.add(owner, value, ranges[i]!, ranges[i + 1]!);
    }
  }
}

/** `.debug_ranges`: pairs of addresses; the greatest address as the first one sets the base, 0 0 ends. */
function readOldRanges(file: DwarfFile, unit: Unit, startBase: number, offset: number): number[] {
  const size = unit.addressSize;
  const greatest = 256 ** size - 1;
  return parseGrowing(file.sections.ranges, offset, file.budget, bytes => {
    const cursor = new Cursor(bytes);
    const ranges: number[] = [];
    let base = startBase;
    for (;;) {
      const low = cursor.address(size);
      const high = cursor.address(size);
      if (low === 0 && high === 0) return ranges;
      if (low >= greatest) base = high;
      else pushRange(file, ranges, low + base, high + base);
    }
  });
}

function pushRange(file: DwarfFile, ranges: number[], low: number, high: number): void {
  if (ranges.length >= 2 * MAX_RANGES) throw new InvalidSymbolFileError('Too many ranges');
  file.budget.spend(2);
  ranges.push(low, high);
}

/** `.debug_rnglists`: entries of a kind each. */
function readRangeList(
  file: DwarfFile,
  unit: Unit,
  base: number,
  offset: number,
  isIndex: boolean,
): number[] {
  const {rnglists} = file.sections;
  const start = isIndex ? findRangeList(file, unit, offset) : offset;
  return parseGrowing(rnglists, start, file.budget, bytes =>
    parseRangeList(file, unit, base, new Cursor(bytes)),
  );
}

function findRangeList(file: DwarfFile, unit: Unit, index: number): number {
  const bytes = file.sections.rnglists.window(unit.rangeListsBase + index * (unit.is64 ? 8 : 4));
  return new Cursor(bytes).offset(unit.is64) + unit.rangeListsBase;
}

function parseRangeList(file: DwarfFile, unit: Unit, startBase: number, cursor: Cursor): number[] {
  const {addressSize, addressBase} = unit;
  const ranges: number[] = [];
  const indexed = () => getAddress(file, addressBase, addressSize, cursor.uleb());
  const addLength = (low: number, length: number) => pushRange(file, ranges, low, low + length);
  let base = startBase;
  for (;;) {
    switch (cursor.u8()) {
      case rangeListEntries.endOfList:
        return ranges;
      case rangeListEntries.baseAddressx:
        base = indexed();
        break;
      case rangeListEntries.startxEndx:
        pushRange(file, ranges, indexed(), indexed());
        break;
      case rangeListEntries.startxLength:
        addLength(indexed(), cursor.uleb());
        break;
      case rangeListEntries.offsetPair:
        pushRange(file, ranges, base + cursor.uleb(), base + cursor.uleb());
        break;
      case rangeListEntries.baseAddress:
        base = cursor.address(addressSize);
        break;
      case rangeListEntries.startEnd:
        pushRange(file, ranges, cursor.address(addressSize), cursor.address(addressSize));
        break;
      case rangeListEntries.startLength:
        addLength(cursor.address(addressSize), cursor.uleb());
        break;
      default:
        throw new InvalidSymbolFileError('An unknown kind of range');
    }
  }
}
