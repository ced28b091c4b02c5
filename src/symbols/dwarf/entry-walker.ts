import {Cursor} from '../cursor.js';
import {BadSymbolFile} from '../errors.js';
import {type Abbreviation, type Abbreviations, ATTRIBUTE_FIELDS} from './abbreviations.js';
import {AttributeReader} from './attribute-reader.js';
import {type DwarfFile, stringSections} from './dwarf-file.js';
import {skipValue} from './form-sizes.js';
import type {Unit} from './unit.js';

const MAX_DEPTH = 512;

/**
 * Goes through the entries of a unit in their order. After each `next` the caller takes all attributes by `readAttributes` or
 * leaves them all by `skipAttributes`.
 */
export class EntryWalker {
  abbreviation!: Abbreviation;
  /** How many entries lie around the present one. */
  depth = 0;
  private childDepth = 0;
  private readonly unit: Unit;
  private readonly file: DwarfFile;
  private readonly abbreviations: Abbreviations;
  private readonly cursor: Cursor;
  private readonly attribute: AttributeReader;

  /** `bytes` begin at place `base` of `.debug_info`; the walk begins at place `from`. */
  constructor(file: DwarfFile, unit: Unit, bytes: Uint8Array, base: number, from: number) {
    this.file = file;
    this.unit = unit;
    this.abbreviations = file.abbreviations.get(unit);
    this.cursor = new Cursor(bytes, from - base, Math.min(bytes.length, unit.end - base));
    this.attribute = new AttributeReader(file, unit, base, stringSections.info);
  }

  /** Goes to the next entry; false at the end. Throws BadSymbolFile. */
  next(): boolean {
    const {cursor} = this;
    for (;;) {
      if (cursor.pos >= cursor.end) return false;
      const code = cursor.uleb();
      if (code !== 0) {
        this.depth = this.childDepth;
        this.abbreviation = this.abbreviations.find(code);
        if (this.abbreviation.hasChildren && ++this.childDepth > MAX_DEPTH)
          throw new BadSymbolFile('Entries too deep in each other');
        this.file.budget.spend(2 + this.abbreviation.attributes.length / ATTRIBUTE_FIELDS);
        return true;
      }
      if (this.childDepth > 0) this.childDepth--;
    }
  }

  readAttributes(take: (name: number, attribute: AttributeReader) => void): void {
    const {attributes} = this.abbreviation;
    for (let i = 0; i < attributes.length; i += ATTRIBUTE_FIELDS) {
      this.attribute.read(this.cursor, attributes[i + 1]!, attributes[i + 2]!);
      take(attributes[i]!, this.attribute);
    }
  }

  skipAttributes(): void {
    const {attributes, size} = this.abbreviation;
    if (size >= 0) {
      this.cursor.skip(size);
      return;
    }
    for (let i = 0; i < attributes.length; i += ATTRIBUTE_FIELDS) {
      if (attributes[i + 3]! >= 0) this.cursor.skip(attributes[i + 3]!);
      else skipValue(this.cursor, attributes[i + 1]!, this.unit);
    }
  }
}
