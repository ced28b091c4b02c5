import {DoubleColumn} from '../../base/column.js';
import {partitionPoint} from '../../base/partition-point.js';
import {Cursor} from '../cursor.js';
import {InvalidSymbolFileError} from '../errors.js';
import type {DwarfFile} from './dwarf-file.js';
import {readUnit, type Unit, UnitHeader} from './unit.js';

const MAX_UNITS = 1_000_000;
const MAX_KEPT = 256;

/**
 * The units of a file, in their order. Of each only its offset is kept; it is read again when it is asked
 * for.
 */
export class UnitTable {
  readonly #starts = new DoubleColumn();
  readonly #lineOffsets = new DoubleColumn();
  readonly #kept = new Map<number, Unit>();

  get length(): number {
    return this.#starts.length;
  }

  /**
   * Adds a unit that lies after all others; returns its index. Throws InvalidSymbolFileError if there are too
   * many.
   */
  add(start: number, lineOffset: number): number {
    if (this.#starts.length >= MAX_UNITS) throw new InvalidSymbolFileError('Too many units');
    this.#lineOffsets.push(lineOffset);
    this.#starts.push(start);
    return this.#starts.length - 1;
  }

  getLineOffset(index: number): number {
    return this.#lineOffsets.at(index);
  }

  /** Throws InvalidSymbolFileError. */
  get(file: DwarfFile, index: number): Unit {
    const known = this.#kept.get(index);
    if (known !== undefined) return known;
    const {info} = file.sections;
    const start = this.#starts.at(index);
    const header = new UnitHeader();
    header.read(new Cursor(info.window(start)), start, info.size);
    const {unit} = readUnit(file, header);
    // Maps keep the order of insertion, so the first is the one that is there for longest.
    if (this.#kept.size >= MAX_KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    this.#kept.set(index, unit);
    return unit;
  }

  /** The unit that contains an offset in `.debug_info`; null if none does. Throws InvalidSymbolFileError. */
  find(file: DwarfFile, offset: number): Unit | null {
    const index = partitionPoint(0, this.length, index => this.#starts.at(index) <= offset) - 1;
    if (index < 0) return null;
    const unit = this.get(file, index);
    return offset < unit.end ? unit : null;
  }
}
