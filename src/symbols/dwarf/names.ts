import {parseGrowing} from '../section.js';
import {type AttributeReader, kinds} from './attribute-reader.js';
import {attributes} from './constants.js';
import {type DwarfFile, fromAlternate, NO_STRING, type StringPlace} from './dwarf-file.js';
import {EntryWalker} from './entry-walker.js';
import {toStringPlace} from './indexed-values.js';
import type {Unit} from './unit.js';

/** How often an entry may refer to another, which refers to another … */
const MAX_REFERENCES = 16;

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
  readonly #known: ReferencedNames | null;

  /** @param known what is known of other entries of the unit; null below another entry */
  constructor(file: DwarfFile, unit: Unit, references: number, known: ReferencedNames | null) {
    this.#file = file;
    this.#unit = unit;
    this.#references = references;
    this.#known = known;
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
        const place = this.#readReference(attribute);
        if (place !== NO_STRING) this.place = place;
        return;
      }
      case attributes.name:
        if (this.place === NO_STRING) this.place = this.#toPlace(attribute);
    }
  }

  #readReference(attribute: AttributeReader): StringPlace {
    const file = this.#file;
    const unit = this.#unit;
    const known = this.#known;
    const references = this.#references;
    const {kind, value} = attribute;
    if (known !== null && (kind === kinds.unitReference || kind === kinds.unsigned))
      return known.get(file, unit, unit.start + value);
    return readReferencedName(file, unit, attribute, references + 1);
  }

  #toPlace({kind, value}: AttributeReader): StringPlace {
    return toStringPlace(this.#file, this.#unit.is64, this.#unit.stringOffsetsBase, kind, value);
  }
}

/** Names that functions refer to. A unit inlines the same functions again and again. */
export class ReferencedNames {
  /** By place in `.debug_info`. */
  readonly #known = new Map<number, StringPlace>();

  /** The name of the entry at a place of a unit, as it is for an entry that refers to it. Throws BadSymbolFile. */
  get(file: DwarfFile, unit: Unit, place: number): StringPlace {
    let name = this.#known.get(place);
    if (name === undefined) {
      name = readName(file, unit, place, 1);
      this.#known.set(place, name);
    }
    return name;
  }
}

function readReferencedName(
  file: DwarfFile,
  unit: Unit,
  {kind, value}: AttributeReader,
  references: number,
): StringPlace {
  switch (kind) {
    case kinds.unsigned:
    case kinds.unitReference:
      return readName(file, unit, unit.start + value, references);
    case kinds.infoReference: {
      const target = file.units.find(file, value);
      return target === null ? NO_STRING : readName(file, target, value, references);
    }
    case kinds.alternateReference: {
      const {alternate} = file;
      const target = alternate === null ? null : alternate.units.find(alternate, value);
      if (alternate === null || target === null) return NO_STRING;
      return fromAlternate(readName(alternate, target, value, references));
    }
    default:
      return NO_STRING;
  }
}

/** The name that the entry at a place of `.debug_info` leads to. A reference to nowhere is no name. */
function readName(file: DwarfFile, unit: Unit, place: number, references: number): StringPlace {
  if (place < unit.entries || place >= unit.end) return NO_STRING;
  return parseGrowing(file.sections.info, place, file.budget, bytes => {
    const walker = new EntryWalker(file, unit, bytes, place, place);
    const chooser = new NameChooser(file, unit, references, null);
    if (walker.next()) walker.readAttributes((name, attribute) => chooser.take(name, attribute));
    return chooser.place;
  });
}
