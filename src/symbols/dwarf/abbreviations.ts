import {Cursor} from '../cursor.js';
import {BadSymbolFile, type Budget} from '../errors.js';
import {parseGrowing, type Section} from '../section.js';
import {type Encoding, getFixedSize} from './attribute-reader.js';
import {forms} from './constants.js';

/** The shape of entries: which attributes follow, in which forms. */
export interface Abbreviation {
  readonly code: number;
  readonly tag: number;
  readonly hasChildren: boolean;
  readonly names: readonly number[];
  readonly forms: readonly number[];
  /** Values of attributes in the form implicitConst, 0 elsewhere. */
  readonly implicits: readonly number[];
  /** Bytes of each attribute's value, −1 where they differ from entry to entry. */
  readonly sizes: readonly number[];
  /** Bytes of all of them together, −1 likewise. */
  readonly size: number;
}

/** Sorted by code; compilers number them from 1 without a gap. */
export type Abbreviations = readonly Abbreviation[];

const MAX_ABBREVIATIONS = 100_000;
const MAX_ATTRIBUTES = 1000;

/** The table at an offset, for units of an encoding. Throws BadSymbolFile. */
export function readAbbreviations(
  section: Section,
  offset: number,
  encoding: Encoding,
  budget: Budget,
): Abbreviations {
  return parseGrowing(section, offset, bytes => parseAbbreviations(new Cursor(bytes), encoding, budget));
}

/** code · tag · has children u8 · (name · form · [value])… 0 0, all LEB128; code 0 ends the table. */
function parseAbbreviations(cursor: Cursor, encoding: Encoding, budget: Budget): Abbreviations {
  const table: Abbreviation[] = [];
  let isSorted = true;
  for (;;) {
    const code = cursor.uleb();
    if (code === 0) break;
    if (table.length >= MAX_ABBREVIATIONS) throw new BadSymbolFile('Too many abbreviations');
    if (table.length > 0 && table[table.length - 1]!.code >= code) isSorted = false;
    const abbreviation = parseAbbreviation(cursor, code, encoding);
    budget.spend(4 + 2 * abbreviation.names.length);
    table.push(abbreviation);
  }
  return isSorted ? table : table.sort((a, b) => a.code - b.code);
}

function parseAbbreviation(cursor: Cursor, code: number, encoding: Encoding): Abbreviation {
  const tag = cursor.uleb();
  const hasChildren = cursor.u8() !== 0;
  const names: number[] = [];
  const formNumbers: number[] = [];
  const implicits: number[] = [];
  const sizes: number[] = [];
  let size = 0;
  for (;;) {
    const name = cursor.uleb();
    const form = cursor.uleb();
    if (name === 0) return {code, tag, hasChildren, names, forms: formNumbers, implicits, sizes, size};
    if (names.length >= MAX_ATTRIBUTES) throw new BadSymbolFile('Too many attributes');
    names.push(name);
    formNumbers.push(form);
    implicits.push(form === forms.implicitConst ? cursor.sleb() : 0);
    const bytes = getFixedSize(form, encoding);
    sizes.push(bytes);
    size = size < 0 || bytes < 0 ? -1 : size + bytes;
  }
}

export function findAbbreviation(table: Abbreviations, code: number): Abbreviation {
  const direct = table[code - 1];
  if (direct !== undefined && direct.code === code) return direct;
  let low = 0;
  let high = table.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (table[middle]!.code < code) low = middle + 1;
    else high = middle;
  }
  const found = table[low];
  if (found === undefined || found.code !== code) throw new BadSymbolFile('An unknown abbreviation');
  return found;
}
