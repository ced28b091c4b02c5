import {partitionPoint} from '../../base/partition-point.js';
import {BadSymbolFile, type Budget, BYTES_PER_STEP} from '../errors.js';
import {readString, type Section, sectionOfBytes} from '../section.js';
import type {Abbreviations} from './abbreviations.js';

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

export interface Unit {
  /** Where it lies in `.debug_info`, its header included. */
  readonly start: number;
  readonly end: number;
  /** Where its first entry is. */
  readonly entries: number;
  readonly version: number;
  readonly is64: boolean;
  readonly addressSize: number;
  readonly abbreviations: Abbreviations;
  /** From its first entry: */
  name: string | null;
  directory: string | null;
  lineOffset: number;
  stringOffsetsBase: number;
  addressBase: number;
  rangeListsBase: number;
}

/** One file's debug information. Units are sorted by place. */
export interface DwarfFile {
  readonly sections: DwarfSections;
  readonly units: Unit[];
  /** The file that holds what several files have in common (`dwz`). */
  readonly alternate: DwarfFile | null;
  readonly budget: Budget;
}

/**
 * A string of the debug information as one number: its place × 8 + the section. 0 is none. Most of them are never
 * looked at.
 */
export type StringPlace = number;
export const NO_STRING: StringPlace = 0;
export const stringSections = {info: 1, str: 2, lineStr: 3, alternateStr: 4, alternateInfo: 5} as const;

export function placeString(section: number, offset: number): StringPlace {
  return offset * 8 + section;
}

/** A place in a section of strings of that size. Throws BadSymbolFile for a place beyond. */
export function checkString(offset: number, size: number): number {
  if (offset >= size) throw new BadSymbolFile('A string beyond its section');
  return offset;
}

/** A name of the alternate file, seen from the file that refers to it. */
export function fromAlternate(place: StringPlace): StringPlace {
  const section = place % 8;
  const offset = Math.floor(place / 8);
  if (section === stringSections.str) return placeString(stringSections.alternateStr, offset);
  if (section === stringSections.info) return placeString(stringSections.alternateInfo, offset);
  return NO_STRING;
}

/** Throws BadSymbolFile. */
export function getString(file: DwarfFile, place: StringPlace): string {
  const offset = Math.floor(place / 8);
  switch (place % 8) {
    case stringSections.info:
      return readString(file.sections.info, offset);
    case stringSections.str:
      return readString(file.sections.str, offset);
    case stringSections.lineStr:
      return readString(file.sections.lineStr, offset);
    case stringSections.alternateStr:
      return readString((file.alternate ?? file).sections.str, offset);
    case stringSections.alternateInfo:
      return readString((file.alternate ?? file).sections.info, offset);
    default:
      throw new BadSymbolFile('No such string');
  }
}

/** All bytes of a unit. Throws BadSymbolFile. */
export function readUnit(file: DwarfFile, unit: Unit): Uint8Array {
  const length = unit.end - unit.start;
  file.budget.spend(length / BYTES_PER_STEP);
  return file.sections.info.read(unit.start, length);
}

/** The unit that contains a place in `.debug_info`; null if none does. */
export function findUnit(units: readonly Unit[], offset: number): Unit | null {
  const unit = units[partitionPoint(0, units.length, place => units[place]!.end <= offset)];
  return unit !== undefined && unit.start <= offset ? unit : null;
}
