import {type Budget, BYTES_PER_STEP, InvalidSymbolFileError} from '../errors.js';
import {readString, type Section, sectionOfBytes} from '../section.js';
import {AbbreviationCache} from './abbreviations.js';
import type {Unit} from './unit.js';
import {UnitTable} from './unit-table.js';

/** The sections that are read; those that a file lacks are empty. */
export interface DwarfSections {
  readonly info: Section;
  readonly abbrev: Section;
  readonly line: Section;
  readonly str: Section;
  readonly lineStr: Section;
  readonly ranges: Section;
  readonly rnglists: Section;
  readonly addr: Section;
  readonly strOffsets: Section;
}

export const emptySection: Section = sectionOfBytes(new Uint8Array(0));

/** One file's debug information. */
export interface DwarfFile {
  readonly sections: DwarfSections;
  readonly units: UnitTable;
  readonly abbreviations: AbbreviationCache;
  /** The file that holds what several files have in common (`dwz`). */
  readonly alternate: DwarfFile | null;
  readonly budget: Budget;
}

/** Its table of units is empty until they are indexed. */
export function openDwarfFile(
  sections: DwarfSections,
  alternate: DwarfFile | null,
  budget: Budget,
): DwarfFile {
  const abbreviations = new AbbreviationCache(sections.abbrev, budget);
  return {sections, units: new UnitTable(), abbreviations, alternate, budget};
}

/**
 * A string of the debug information as one number: its offset × 8 + the section. 0 is none. Most of them are
 * never looked at.
 */
export type StringOffset = number;
export const NO_STRING: StringOffset = 0;
export const stringSections = {
  info: 1,
  str: 2,
  lineStr: 3,
  alternateStr: 4,
  alternateInfo: 5,
  line: 6,
} as const;

export function packStringOffset(section: number, offset: number): StringOffset {
  return offset * 8 + section;
}

/** An offset in a section of strings of that size. Throws InvalidSymbolFileError for an offset beyond. */
export function checkString(offset: number, size: number): number {
  if (offset >= size) throw new InvalidSymbolFileError('A string beyond its section');
  return offset;
}

/** A name of the alternate file, seen from the file that refers to it. */
export function fromAlternate(packed: StringOffset): StringOffset {
  const section = packed % 8;
  const offset = Math.floor(packed / 8);
  if (section === stringSections.str) return packStringOffset(stringSections.alternateStr, offset);
  if (section === stringSections.info) return packStringOffset(stringSections.alternateInfo, offset);
  return NO_STRING;
}

/** Fewer than bytes of other kinds: strings are kept. */
const CHARACTERS_PER_STEP = 4;

/** Throws InvalidSymbolFileError. */
export function getString(file: DwarfFile, packed: StringOffset): string {
  const text = readString(getSection(file, packed % 8), Math.floor(packed / 8));
  file.budget.spend(4 + text.length / CHARACTERS_PER_STEP);
  return text;
}

function getSection({sections, alternate}: DwarfFile, section: number): Section {
  switch (section) {
    case stringSections.info:
      return sections.info;
    case stringSections.str:
      return sections.str;
    case stringSections.lineStr:
      return sections.lineStr;
    case stringSections.line:
      return sections.line;
    case stringSections.alternateStr:
      return (alternate?.sections ?? sections).str;
    case stringSections.alternateInfo:
      return (alternate?.sections ?? sections).info;
    default:
      throw new InvalidSymbolFileError('No such string');
  }
}

/** All bytes of a unit. Throws InvalidSymbolFileError. */
export function readUnitBytes(file: DwarfFile, unit: Unit): Uint8Array {
  const length = unit.end - unit.start;
  file.budget.spend(length / BYTES_PER_STEP);
  return file.sections.info.read(unit.start, length);
}
