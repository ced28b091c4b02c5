import {partitionPoint} from '../../base/partition-point.js';
import {Cursor} from '../cursor.js';
import {type Budget, InvalidSymbolFileError, TruncatedError} from '../errors.js';
import {parseGrowing, type Section} from '../section.js';
import {attributes as attributeNames, forms, tagsWithoutCode} from './constants.js';
import {type Encoding, getFixedSize} from './form-sizes.js';

/** The shape of entries: which attributes follow, in which forms. */
export interface Abbreviation {
  readonly code: number;
  readonly tag: number;
  readonly hasChildren: boolean;
  /** ATTRIBUTE_FIELDS numbers for each attribute that is read; those between are put together. */
  readonly attributes: readonly number[];
  /** Bytes of all values together, −1 if they differ from entry to entry. */
  readonly size: number;
  /**
   * Where the offset of the next sibling stands among the values, for entries with children of which none is
   * code; −1 where it is not known or other entries have to be looked at.
   */
  readonly siblingAt: number;
  /** Whether entries of this shape say where their code lies. */
  readonly hasAddresses: boolean;
}

/**
 * name, 0 if it is not needed · form · value of the form implicitConst, else 0 · bytes of the value, below
 * 0 if they differ from entry to entry
 */
export const ATTRIBUTE_FIELDS = 4;

const READ_ATTRIBUTES: ReadonlySet<number> = new Set(Object.values(attributeNames));
const TAGS_WITHOUT_CODE: ReadonlySet<number> = new Set(Object.values(tagsWithoutCode));
const SIBLING = 0x01;
const DECLARATION = 0x3c;
const MAX_ABBREVIATIONS = 100_000;
const MAX_ATTRIBUTES = 1000;
/** Of all tables that are kept, each 32 bytes. */
const MAX_KEPT_ATTRIBUTES = 1_000_000;
const MAX_KEPT_TABLES = 1024;

/** What a unit says of its abbreviations. */
export interface AbbreviationsOfUnit extends Encoding {
  /** Where its table begins in `.debug_abbrev`. */
  readonly abbreviationsOffset: number;
}

/**
 * The tables of `.debug_abbrev`. The oldest ones are dropped when all together are too large, and read again
 * when asked for.
 */
export class AbbreviationCache {
  readonly #section: Section;
  readonly #budget: Budget;
  readonly #tables = new Map<number, Abbreviations>();
  #attributes = 0;

  constructor(section: Section, budget: Budget) {
    this.#section = section;
    this.#budget = budget;
  }

  get(unit: AbbreviationsOfUnit): Abbreviations {
    const key = toKey(unit);
    let table = this.#tables.get(key);
    if (table === undefined) {
      const {version, is64, addressSize, abbreviationsOffset} = unit;
      const encoding = {version, is64, addressSize};
      table = new Abbreviations(this.#section, abbreviationsOffset, encoding, this.#budget, count => {
        this.#attributes += count;
        this.#dropOldest();
      });
      this.#tables.set(key, table);
      this.#dropOldest();
    }
    return table;
  }

  /**
   * Maps keep the order of insertion, so the first is the one that is there for longest. The latest stays.
   */
  #dropOldest(): void {
    for (const [key, table] of this.#tables) {
      const isTooMuch = this.#attributes > MAX_KEPT_ATTRIBUTES || this.#tables.size > MAX_KEPT_TABLES;
      if (!isTooMuch || this.#tables.size === 1) return;
      this.#tables.delete(key);
      this.#attributes -= table.drop();
    }
  }
}

/** Version and size of addresses have up to 8 bits. */
function toKey({version, is64, addressSize, abbreviationsOffset}: AbbreviationsOfUnit): number {
  return ((abbreviationsOffset * 256 + addressSize) * 8 + version) * 2 + Number(is64);
}

/**
 * One table of `.debug_abbrev`. Read only as far as it was asked for: to index a file, the first abbreviation
 * of each of its tables is enough.
 */
export class Abbreviations {
  /**
   * In the order of the section until all are read, then by code; compilers number them from 1 without a gap.
   */
  readonly #known: Abbreviation[] = [];
  #isComplete = false;
  #attributes = 0;
  #isDropped = false;
  #next: number;
  readonly #section: Section;
  readonly #encoding: Encoding;
  readonly #budget: Budget;

  readonly #count: (attributes: number) => void;

  /** @param count gets how many more attributes are kept */
  constructor(
    section: Section,
    offset: number,
    encoding: Encoding,
    budget: Budget,
    count: (attributes: number) => void,
  ) {
    this.#section = section;
    this.#next = offset;
    this.#encoding = encoding;
    this.#budget = budget;
    this.#count = count;
  }

  /** It is no longer kept, though somebody may still use it. Returns how many attributes it had. */
  drop(): number {
    this.#isDropped = true;
    return this.#attributes;
  }

  /** Throws InvalidSymbolFileError if there is no such abbreviation. */
  find(code: number): Abbreviation {
    if (code > this.#known.length) this.#readUpTo(code);
    const direct = this.#known[code - 1];
    return direct !== undefined && direct.code === code ? direct : this.#search(code);
  }

  #search(code: number): Abbreviation {
    this.#readUpTo(Number.POSITIVE_INFINITY);
    const known = this.#known;
    const found = known[partitionPoint(0, known.length, index => known[index]!.code < code)];
    if (found === undefined || found.code !== code)
      throw new InvalidSymbolFileError('An unknown abbreviation');
    return found;
  }

  /** Reads on until that many abbreviations are known, or all. */
  #readUpTo(count: number): void {
    if (this.#isComplete) return;
    while (!this.#isComplete && this.#known.length < count)
      this.#next += parseGrowing(this.#section, this.#next, this.#budget, bytes =>
        this.#readSome(new Cursor(bytes), count),
      );
    if (this.#isComplete) this.#known.sort((a, b) => a.code - b.code);
  }

  /** Reads what the bytes hold of them, one at least; returns how many bytes that took. */
  #readSome(cursor: Cursor, count: number): number {
    let done = 0;
    try {
      while (!this.#isComplete && this.#known.length < count) {
        this.#readOne(cursor);
        done = cursor.pos;
      }
    } catch (error) {
      if (done === 0 || !(error instanceof TruncatedError)) throw error;
    }
    return done;
  }

  /** code · tag · has children u8 · (name · form · [value])… 0 0, all LEB128; code 0 ends the table. */
  #readOne(cursor: Cursor): void {
    const code = cursor.uleb();
    if (code === 0) {
      this.#isComplete = true;
      return;
    }
    if (this.#known.length >= MAX_ABBREVIATIONS) throw new InvalidSymbolFileError('Too many abbreviations');
    const tag = cursor.uleb();
    const hasChildren = cursor.u8() !== 0;
    const attributes: number[] = [];
    let size = 0;
    let siblingAt = -1;
    let hasAddresses = false;
    let isDeclaration = false;
    for (let count = 0; ; count++) {
      const name = cursor.uleb();
      const form = cursor.uleb();
      if (name === 0) break;
      if (count >= MAX_ATTRIBUTES) throw new InvalidSymbolFileError('Too many attributes');
      const bytes = getFixedSize(form, this.#encoding);
      if (name === attributeNames.highPc || name === attributeNames.ranges) hasAddresses = true;
      if (name === DECLARATION) isDeclaration = true;
      if (name === SIBLING && form === forms.ref4) siblingAt = size;
      addAttribute(attributes, READ_ATTRIBUTES.has(name) ? name : 0, form, bytes, cursor);
      size = size < 0 || bytes < 0 ? -1 : size + bytes;
    }
    if (!hasChildren || !(isDeclaration || TAGS_WITHOUT_CODE.has(tag))) siblingAt = -1;
    this.#budget.spend(4 + attributes.length / 2);
    this.#known.push({code, tag, hasChildren, attributes, size, siblingAt, hasAddresses});
    this.#attributes += 1 + attributes.length / ATTRIBUTE_FIELDS;
    if (!this.#isDropped) this.#count(1 + attributes.length / ATTRIBUTE_FIELDS);
  }
}

function addAttribute(attributes: number[], name: number, form: number, bytes: number, cursor: Cursor): void {
  const implicit = form === forms.implicitConst ? cursor.sleb() : 0;
  const last = attributes.length - ATTRIBUTE_FIELDS;
  if (name === 0 && bytes >= 0 && last >= 0 && attributes[last] === 0 && attributes[last + 3]! >= 0)
    attributes[last + 3]! += bytes;
  else attributes.push(name, form, implicit, bytes);
}
