import {NumberMap} from '../../base/number-map.js';
import {parseGrowing} from '../section.js';
import {type AttributeReader, kinds} from './attribute-reader.js';
import {attributes} from './constants.js';
import {type DwarfFile, fromAlternate, NO_STRING, type StringPlace} from './dwarf-file.js';
import {EntryWalker} from './entry-walker.js';
import {toStringPlace} from './indexed-values.js';
import type {Unit} from './unit.js';

/** How often an entry may refer to another, which refers to another … */
const MAX_REFERENCES = 16;
/** No section is larger. */
const MAX_PLACE = 2 ** 40;

/** Finds the names of entries. */
export interface Entries {
  /** The name of the entry that an attribute refers to, reached by so many references. Throws BadSymbolFile. */
  getName(attribute: AttributeReader, references: number): StringPlace;
}

/**
 * The name of a function, chosen from its attributes in their order as libbacktrace chooses: the linkage name, else the name of
 * the entry it refers to, else its own plain name.
 */
export class NameChooser {
  place: StringPlace = NO_STRING;
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
    this.place = NO_STRING;
    this.#hasLinkageName = false;
  }

  /** Takes an attribute's value, if it has to do with names. Throws BadSymbolFile. */
  take(name: number, attribute: AttributeReader): void {
    switch (name) {
      case attributes.linkageName:
      case attributes.mipsLinkageName: {
        const place = this.#toPlace(attribute);
        if (place === NO_STRING) return;
        this.place = place;
        this.#hasLinkageName = true;
        return;
      }
      case attributes.abstractOrigin:
      case attributes.specification: {
        // libbacktrace follows an origin only from the function itself, and so names some destructors by their symbol.
        if (this.#references > 0 && name === attributes.abstractOrigin) return;
        if (this.#hasLinkageName || this.#references >= MAX_REFERENCES) return;
        const place = this.#others.getName(attribute, this.#references + 1);
        if (place !== NO_STRING) this.place = place;
        return;
      }
      case attributes.name:
        if (this.place === NO_STRING) this.place = this.#toPlace(attribute);
    }
  }

  #toPlace({kind, value}: AttributeReader): StringPlace {
    return toStringPlace(this.#file, this.#unit.is64, this.#unit.stringOffsetsBase, kind, value);
  }
}

/**
 * Entries that the functions of a unit refer to. Most are referred to again and again, by each call of a function that was
 * inlined, so their names are kept; and most lie in the unit itself, of which all bytes are at hand.
 */
export class EntriesOfUnit implements Entries {
  readonly #file: DwarfFile;
  readonly #unit: Unit;
  readonly #bytes: Uint8Array;
  /** The names that were read, by file, place in its `.debug_info` and number of references. */
  readonly #known = new NumberMap();
  /** By number of references: what reads entries of the unit. */
  readonly #readers: EntryNameReader[] = [];

  /** @param bytes all of the unit's */
  constructor(file: DwarfFile, unit: Unit, bytes: Uint8Array) {
    this.#file = file;
    this.#unit = unit;
    this.#bytes = bytes;
  }

  getName({kind, value}: AttributeReader, references: number): StringPlace {
    const isAlternate = kind === kinds.alternateReference;
    const place = toPlace(this.#unit, kind, value);
    if (place < 0 || place > MAX_PLACE) return NO_STRING;
    const key = (2 * place + Number(isAlternate)) * (MAX_REFERENCES + 1) + references;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const name = this.#readName(isAlternate, place, references);
    this.#known.set(key, name);
    return name;
  }

  #readName(isAlternate: boolean, place: number, references: number): StringPlace {
    const file = this.#file;
    const unit = this.#unit;
    const bytes = this.#bytes;
    if (isAlternate || place < unit.entries || place >= unit.end)
      return readNameAt(file, isAlternate, place, references);
    this.#readers[references] ??= new EntryNameReader(file, unit, bytes, unit.start, references, this);
    return this.#readers[references].read(place);
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

  getName({kind, value}: AttributeReader, references: number): StringPlace {
    const place = toPlace(this.#unit, kind, value);
    if (place < 0) return NO_STRING;
    return readNameAt(this.#file, kind === kinds.alternateReference, place, references);
  }
}

/** The place in `.debug_info`, of the file or of its alternate one, that a reference leads to; −1 if it is none. */
function toPlace(unit: Unit, kind: number, value: number): number {
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

/** The name of an entry in any unit, of the file or of its alternate one. A reference to nowhere is no name. */
function readNameAt(file: DwarfFile, isAlternate: boolean, place: number, references: number): StringPlace {
  const target = isAlternate ? file.alternate : file;
  const unit = target === null ? null : target.units.find(target, place);
  if (target === null || unit === null || place < unit.entries) return NO_STRING;
  const name = parseGrowing(target.sections.info, place, target.budget, bytes =>
    new EntryNameReader(target, unit, bytes, place, references, new EntriesOfOthers(target, unit)).read(
      place,
    ),
  );
  return isAlternate ? fromAlternate(name) : name;
}

/** Reads the names of entries that lie anywhere in the same bytes, which begin at `base` of `.debug_info`. */
class EntryNameReader {
  readonly #walker: EntryWalker;
  readonly #chooser: NameChooser;
  readonly #take: (name: number, attribute: AttributeReader) => void;

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
    this.#take = (name, attribute) => this.#chooser.take(name, attribute);
  }

  read(place: number): StringPlace {
    const walker = this.#walker;
    const chooser = this.#chooser;
    chooser.clear();
    walker.moveTo(place);
    if (walker.next()) walker.readAttributes(this.#take);
    return chooser.place;
  }
}
