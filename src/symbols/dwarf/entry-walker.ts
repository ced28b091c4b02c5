import {Cursor} from '../cursor.js';
import {InvalidSymbolFileError} from '../errors.js';
import {type Abbreviation, type Abbreviations, ATTRIBUTE_FIELDS} from './abbreviations.js';
import {AttributeReader} from './attribute-reader.js';
import {type DwarfFile, stringSections} from './dwarf-file.js';
import {skipValue} from './form-sizes.js';
import type {Unit} from './unit.js';

const MAX_DEPTH = 512;

/**
 * Goes through the entries of a unit in their order. After each `next` the caller takes all attributes by
 * `readAttributes` or leaves them by `skipAttributes` or `skipTree`.
 */
export class EntryWalker {
  abbreviation!: Abbreviation;
  /** How many entries lie around the present one. */
  depth = 0;
  #childDepth = 0;
  readonly #unit: Unit;
  readonly #file: DwarfFile;
  readonly #abbreviations: Abbreviations;
  readonly #cursor: Cursor;
  /** Where the cursor's bytes begin in `.debug_info`. */
  readonly #base: number;
  readonly #attribute: AttributeReader;

  /** `bytes` begin at offset `base` of `.debug_info`; the walk begins at offset `from`. */
  constructor(file: DwarfFile, unit: Unit, bytes: Uint8Array, base: number, from: number) {
    this.#file = file;
    this.#unit = unit;
    this.#base = base;
    this.#abbreviations = file.abbreviations.get(unit);
    this.#cursor = new Cursor(bytes, from - base, Math.min(bytes.length, unit.end - base));
    this.#attribute = new AttributeReader(file, unit, base, stringSections.info);
  }

  /** Goes on at another offset, from which only offsets below its entry may be reached. */
  moveTo(offset: number): void {
    this.#cursor.pos = offset - this.#base;
    this.#childDepth = 0;
  }

  /** Goes to the next entry; false at the end. Throws InvalidSymbolFileError. */
  next(): boolean {
    const cursor = this.#cursor;
    for (;;) {
      if (cursor.pos >= cursor.end) return false;
      const code = cursor.uleb();
      if (code !== 0) {
        this.depth = this.#childDepth;
        this.abbreviation = this.#abbreviations.find(code);
        if (this.abbreviation.hasChildren && ++this.#childDepth > MAX_DEPTH)
          throw new InvalidSymbolFileError('Entries too deep in each other');
        this.#file.budget.spend(2 + this.abbreviation.attributes.length / ATTRIBUTE_FIELDS);
        return true;
      }
      if (this.#childDepth > 0) this.#childDepth--;
    }
  }

  readAttributes(accept: (name: number, attribute: AttributeReader) => void): void {
    const {attributes} = this.abbreviation;
    for (let i = 0; i < attributes.length; i += ATTRIBUTE_FIELDS) {
      const name = attributes[i]!;
      if (name === 0) this.#skip(attributes[i + 1]!, attributes[i + 3]!);
      else {
        this.#attribute.read(this.#cursor, attributes[i + 1]!, attributes[i + 2]!);
        accept(name, this.#attribute);
      }
    }
  }

  skipAttributes(): void {
    const {attributes, size} = this.abbreviation;
    if (size >= 0) {
      this.#cursor.skip(size);
      return;
    }
    for (let i = 0; i < attributes.length; i += ATTRIBUTE_FIELDS)
      this.#skip(attributes[i + 1]!, attributes[i + 3]!);
  }

  #skip(form: number, bytes: number): void {
    if (bytes >= 0) this.#cursor.skip(bytes);
    else skipValue(this.#cursor, form, this.#unit);
  }

  /** Leaves all attributes, and the entries below where none of them is code. */
  skipTree(): void {
    const {siblingAt} = this.abbreviation;
    const cursor = this.#cursor;
    if (siblingAt >= 0) {
      const {pos} = cursor;
      cursor.skip(siblingAt);
      const sibling = this.#unit.start - this.#base + cursor.u32();
      if (sibling > cursor.pos && sibling <= cursor.end) {
        cursor.pos = sibling;
        this.#childDepth = this.depth;
        return;
      }
      cursor.pos = pos;
    }
    this.skipAttributes();
  }
}
