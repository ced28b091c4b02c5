import type {Cursor} from '../cursor.js';
import {BadSymbolFile} from '../errors.js';
import {readString, sectionOfBytes} from '../section.js';
import {AttributeReader, kinds} from './attribute-reader.js';
import {lineContents} from './constants.js';
import {type DwarfFile, getString, NO_STRING, type Unit} from './dwarf-file.js';
import type {Encoding} from './form-sizes.js';
import {toStringPlace} from './indexed-values.js';

/** What the program of a line table depends on. */
export interface LineHeader {
  readonly addressSize: number;
  readonly minInstructionLength: number;
  readonly maxOperations: number;
  readonly lineBase: number;
  readonly lineRange: number;
  readonly opcodeBase: number;
  /** Of each opcode from 1: its number of arguments. */
  readonly opcodeLengths: Uint8Array;
  readonly directories: readonly (string | null)[];
  /** By the numbers that the program uses. */
  readonly files: readonly (string | null)[];
  /** Where the program begins and ends in the cursor's bytes. */
  readonly programStart: number;
}

const MAX_FILES = 1_000_000;

/** `cursor` stands behind the length of the table. Throws BadSymbolFile. */
export function readLineHeader(file: DwarfFile, unit: Unit, cursor: Cursor, is64: boolean): LineHeader {
  const version = cursor.u16();
  if (version < 2 || version > 5) throw new BadSymbolFile('An unknown version of line numbers');
  let {addressSize} = unit;
  if (version >= 5) {
    addressSize = cursor.u8();
    if (cursor.u8() !== 0) throw new BadSymbolFile('Line numbers with segments');
  }
  const length = cursor.offset(is64);
  const programStart = cursor.pos + length;
  const minInstructionLength = cursor.u8();
  const maxOperations = version < 4 ? 1 : cursor.u8();
  cursor.skip(1);
  const lineBase = cursor.i8();
  const lineRange = cursor.u8();
  const opcodeBase = cursor.u8();
  if (maxOperations === 0 || lineRange === 0 || opcodeBase === 0)
    throw new BadSymbolFile('A division by zero');
  const opcodeLengths = cursor.bytes.subarray(cursor.pos, cursor.pos + opcodeBase - 1);
  cursor.skip(opcodeBase - 1);
  const paths = version < 5 ? readOldPaths(file, unit, cursor) : readPaths(file, unit, cursor, addressSize);
  return {
    addressSize,
    minInstructionLength,
    maxOperations,
    lineBase,
    lineRange,
    opcodeBase,
    opcodeLengths,
    ...paths,
    programStart,
  };
}

interface Paths {
  readonly directories: readonly (string | null)[];
  readonly files: readonly (string | null)[];
}

/** A directory as it is written, so a relative one stays relative; directory 0 is that of the compiler. */
export function joinPath(directory: string | null, name: string): string {
  return directory === null || name.startsWith('/') ? name : `${directory}/${name}`;
}

function takeString(cursor: Cursor): string {
  const start = cursor.pos;
  cursor.skipString();
  return readString(sectionOfBytes(cursor.bytes.subarray(start, cursor.pos)), 0);
}

/** Before version 5: directories from 1, each a string; files from 1: string · directory · time · size. An empty string ends each. */
function readOldPaths(file: DwarfFile, unit: Unit, cursor: Cursor): Paths {
  const directories: (string | null)[] = [unit.directory];
  for (let text = takeString(cursor); text !== ''; text = takeString(cursor)) {
    file.budget.spend(5);
    directories.push(text);
  }
  const files: (string | null)[] = [unit.name];
  for (let text = takeString(cursor); text !== ''; text = takeString(cursor)) {
    file.budget.spend(5);
    files.push(joinPath(getDirectory(directories, text, cursor.uleb()), text));
    cursor.skipLeb();
    cursor.skipLeb();
  }
  return {directories, files};
}

export function getDirectory(
  directories: readonly (string | null)[],
  name: string,
  index: number,
): string | null {
  if (name.startsWith('/')) return null;
  const directory = directories[index];
  if (directory === undefined) throw new BadSymbolFile('An unknown directory');
  return directory;
}

/** Version 5: both lists describe their own form, and directory 0 is the compiler's by itself. */
function readPaths(file: DwarfFile, unit: Unit, cursor: Cursor, addressSize: number): Paths {
  const encoding = {version: unit.version, is64: unit.is64, addressSize};
  const directories = readPathList(file, unit, cursor, encoding, []);
  return {directories, files: readPathList(file, unit, cursor, encoding, directories)};
}

function readPathList(
  file: DwarfFile,
  unit: Unit,
  cursor: Cursor,
  encoding: Encoding,
  directories: readonly string[],
): string[] {
  const formats = Array.from({length: cursor.u8()}, () => ({content: cursor.uleb(), form: cursor.uleb()}));
  const count = cursor.uleb();
  if (count > MAX_FILES) throw new BadSymbolFile('Too many files');
  const paths: string[] = [];
  const attribute = new AttributeReader(file, encoding, -1);
  for (let i = 0; i < count; i++) {
    file.budget.spend(5 + formats.length);
    let path: string | null = null;
    let directory: string | null = null;
    for (const {content, form} of formats) {
      const start = cursor.pos;
      attribute.read(cursor, form, 0);
      if (content === lineContents.path) path = toPath(file, unit, cursor, start, attribute);
      else if (content === lineContents.directoryIndex && attribute.kind === kinds.unsigned)
        directory = getDirectory(directories, '', attribute.value);
    }
    if (path === null) throw new BadSymbolFile('A file without a name');
    paths.push(directory === null ? path : `${directory}/${path}`);
  }
  return paths;
}

/** Strings may stand in the table itself, of which `start` is the place. */
function toPath(
  file: DwarfFile,
  unit: Unit,
  cursor: Cursor,
  start: number,
  {kind, value}: AttributeReader,
): string | null {
  if (kind === kinds.string && value === NO_STRING)
    return readString(sectionOfBytes(cursor.bytes.subarray(start, cursor.pos)), 0);
  const place = toStringPlace(file, unit.is64, unit.stringOffsetsBase, kind, value);
  return place === NO_STRING ? null : getString(file, place);
}
