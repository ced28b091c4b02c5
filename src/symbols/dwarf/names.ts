import {NumberMap} from '../../base/number-map.js';
import {parseGrowing} from '../section.js';
import {type AttributeReader, kinds} from './attribute-reader.js';
import {attributes} from './constants.js';
import {type DwarfFile, fromAlternate, NO_STRING, type StringOffset} from './dwarf-file.js';
import {EntryWalker} from './entry-walker.js';
import {toStringOffset} from './indexed-values.js';
import type {Unit} from './unit.js';

/** How often an entry may refer to another, which refers to another … */
const MAX_REFERENCES = 16;
/** No section is larger. */
const MAX_OFFSET = 2 ** 40;

/** Finds the names of entries. */
export interface Entries {
  /**
   * The name of the entry that an attribute refers to, reached by so many references. Throws
   * InvalidSymbolFileError.
   */
  getName(attribute: AttributeReader, references: number): StringOffset;
}

/**
 * The name of a function, chosen from its attributes in their order as libbacktrace chooses: the linkage
 * name, else the name of the entry it refers to, else its own plain name.
 */
export class NameChooser {
  name: StringOffset = NO_STRING;
  #hasLinkageName = false;
  readonly #file: DwarfFile;
  readonly #unit: Unit;
  readonly #references: number;
  readonly #others: Entries;

  /**
   * @param references how many references led to the entry
   * @param others where entries are found that this one refers to
   */
  constructor(file: DwarfFile, unit: Unit, references: number, others: Entries) {
    this.#file = file;
    this.#unit = unit;
    this.#references = references;
    this.#others = others;
  }

  clear(): void {
    this.name = NO_STRING;
    this.#hasLinkageName = false;
  }

  /** Takes an attribute's value, if it has to do with names. Throws InvalidSymbolFileError. */
  accept(name: number, attribute: AttributeReader): void {
    switch (name) {
      case attributes.linkageName:
      case attributes.mipsLinkageName: {
        const offset = this.#toStringOffset(attribute);
        if (offset === NO_STRING) return;
        this.name = offset;
        this.#hasLinkageName = true;
        return;
      }
      case attributes.abstractOrigin:
      case attributes.specification: {
        // libbacktrace follows an origin only from the function itself, and so names some destructors by
        // their symbol.
        if (this.#references > 0 && name === attributes.abstractOrigin) return;
        if (this.#hasLinkageName || this.#references >= MAX_REFERENCES) return;
        const offset = this.#others.getName(attribute, this.#references + 1);
        if (offset !== NO_STRING) this.name = offset;
        return;
      }
      case attributes.name:
        if (this.name === NO_STRING) this.name = this.#toStringOffset(attribute);
    }
  }

  #toStringOffset({kind, value}: AttributeReader): StringOffset {
    return toStringOffset(this.#file, this.#unit.is64, this.#unit.stringOffsetsBase, kind, value);
  }
}

/**
 * Entries that the functions of a unit refer to. Most are referred to again and again, by each call of a
 * function that was inlined, so their names are kept; and most lie in the unit itself, of which all bytes are
 * at hand.
 */
export class EntriesOfUnit implements Entries {
  readonly #file: DwarfFile;
  readonly #unit: Unit;
  readonly #bytes: Uint8Array;
  /** The names that were read, by file, offset in its `.debug_info` and number of references. */
  readonly #known = new NumberMap();
  /** By number of references: what reads entries of the unit. */
  readonly #readers: EntryNameReader[] = [];

  /** @param bytes all of the unit's */
  constructor(file: DwarfFile, unit: Unit, bytes: Uint8Array) {
    this.#file = file;
    this.#unit = unit;
    this.#bytes = bytes;
  }

  getName({kind, value}: AttributeReader, references: number): StringOffset {
    const isAlternate = kind === kinds.alternateReference;
    const offset = toOffset(this.#unit, kind, value);
    if (offset < 0 || offset > MAX_OFFSET) return NO_STRING;
    const key = (2 * offset + Number(isAlternate)) * (MAX_REFERENCES + 1) + references;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const name = this.#readName(isAlternate, offset, references);
    this.#known.set(key, name);
    return name;
  }

  #readName(isAlternate: boolean, offset: number, references: number): StringOffset {
    const file = this.#file;
    const unit = this.#unit;
    const bytes = this.#bytes;
    if (isAlternate || offset < unit.entries || offset >= unit.end)
      return readNameAt(file, isAlternate, offset, references);
    this.#readers[references] ??= new EntryNameReader(file, unit, bytes, unit.start, references, this);
    return this.#readers[references].read(offset);
  }
}

/** Entries that those of another unit refer to. */
class EntriesOfOthers implements Entries {
  readonly #file: DwarfFile;
  readonly #unit: Unit;

  constructor(file: DwarfFile, unit: Unit) {
    this.#file = file;
    this.#unit = unit;
  }

  getName({kind, value}: AttributeReader, references: number): StringOffset {
    const offset = toOffset(this.#unit, kind, value);
    if (offset < 0) return NO_STRING;
    return readNameAt(this.#file, kind === kinds.alternateReference, offset, references);
  }
}

/**
 * The offset in `.debug_info`, of the file or of its alternate one, that a reference leads to; −1 if it is
 * none.
 */
function toOffset(unit: Unit, kind: number, value: number): number {
  switch (kind) {
    case kinds.unsigned:
    case kinds.unitReference:
      // A unit refers to itself only.
      return value < unit.end - unit.start ? unit.start + value : -1;
    case kinds.infoReference:
    case kinds.alternateReference:
      return value;
    default:
      return -1;
  }
}

/**
 * The name of an entry in any unit, of the file or of its alternate one. A reference to nowhere is no name.
 */
function readNameAt(file: DwarfFile, isAlternate: boolean, offset: number, references: number): StringOffset {
  const target = isAlternate ? file.alternate : file;
  const unit = target === null ? null : target.units.find(target, offset);
  if (target === null || unit === null || offset < unit.entries) return NO_STRING;
  const name = parseGrowing(target.sections.info, offset, target.budget, bytes =>
    new EntryNameReader(target, unit, bytes, offset, references, new EntriesOfOthers(target, unit)).read(
      offset,
    ),
  );
  return isAlternate ? fromAlternate(name) : name;
}

/** Reads the names of entries that lie anywhere in the same bytes, which begin at `base` of `.debug_info`. */
class EntryNameReader {
  readonly #walker: EntryWalker;
  readonly #chooser: NameChooser;
  readonly #accept: (name: number, attribute: AttributeReader) => void;

  constructor(
    file: DwarfFile,
    unit: Unit,
    bytes: Uint8Array,
    base: number,
    references: number,
    others: Entries,
  ) {
    this.#walker = new EntryWalker(file, unit, bytes, base, base);
    this.#chooser = new NameChooser(file, unit, references, others);
    this.#accept = (name, attribute) => this.#chooser.accept(name, attribute);
  }

  read(offset: number): StringOffset {
    const walker = this.#walker;
    const chooser = this.#chooser;
    chooser.clear();
    walker.moveTo(offset);
    if (walker.next()) walker.readAttributes(this.#accept);
    return chooser.name;
  }
}
