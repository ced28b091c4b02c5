import type {Cursor} from '../cursor.js';
import {InvalidSymbolFileError} from '../errors.js';
import {AttributeReader, kinds} from './attribute-reader.js';
import {lineContents} from './constants.js';
import {
  type DwarfFile,
  NO_STRING,
  packStringOffset,
  type StringOffset,
  stringSections,
} from './dwarf-file.js';
import {FileList} from './file-list.js';
import type {Encoding} from './form-sizes.js';
import {toStringOffset} from './indexed-values.js';
import type {Unit} from './unit.js';

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
  /** By the numbers that the program uses. */
  readonly files: FileList;
  /** Where the program begins and ends in the cursor's bytes. */
  readonly programStart: number;
}

const MAX_FILES = 1_000_000;

/**
 * Reads the header of a line table.
 * @param cursor stands after the length of the table
 * @param base where its bytes begin in `.debug_line`
 * @throws InvalidSymbolFileError
 */
export function readLineHeader(
  file: DwarfFile,
  unit: Unit,
  cursor: Cursor,
  base: number,
  is64: boolean,
): LineHeader {
  const version = cursor.u16();
  if (version < 2 || version > 5) throw new InvalidSymbolFileError('An unknown version of line numbers');
  let {addressSize} = unit;
  if (version >= 5) {
    addressSize = cursor.u8();
    if (cursor.u8() !== 0) throw new InvalidSymbolFileError('Line numbers with segments');
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
    throw new InvalidSymbolFileError('A division by zero');
  const opcodeLengths = cursor.bytes.subarray(cursor.pos, cursor.pos + opcodeBase - 1);
  cursor.skip(opcodeBase - 1);
  const context = {file, unit, cursor, base, files: new FileList(file)};
  if (version < 5) readOldPaths(context);
  else readPaths(context, {version: unit.version, is64: unit.is64, addressSize});
  return {
    addressSize,
    minInstructionLength,
    maxOperations,
    lineBase,
    lineRange,
    opcodeBase,
    opcodeLengths,
    files: context.files,
    programStart,
  };
}

export interface PathContext {
  readonly file: DwarfFile;
  readonly unit: Unit;
  readonly cursor: Cursor;
  readonly base: number;
  /** To which what is read is added. */
  readonly files: FileList;
}

/** Goes past a string in the table itself; NO_STRING if it is empty. */
function takeString({cursor, base}: PathContext): StringOffset {
  const start = cursor.pos;
  cursor.skipString();
  return cursor.pos === start + 1 ? NO_STRING : packStringOffset(stringSections.line, base + start);
}

/**
 * Before version 5: directories from 1, each a string; files from 1: string · directory · time · size. An
 * empty string ends each.
 */
function readOldPaths(context: PathContext): void {
  const {file, unit, files} = context;
  files.addDirectory(unit.directory);
  for (let name = takeString(context); name !== NO_STRING; name = takeString(context)) {
    file.budget.spend(5);
    files.addDirectory(name);
  }
  files.addFile(unit.name, -1);
  while (readOldFile(context) >= 0) file.budget.spend(5);
}

const SLASH = 0x2f;

/**
 * A file as it is described before version 5. Adds it and returns its index; −1 for the empty string that
 * ends the list.
 */
export function readOldFile(context: PathContext): number {
  const {cursor, files} = context;
  const isAbsolute = cursor.bytes[cursor.pos] === SLASH;
  const name = takeString(context);
  if (name === NO_STRING) return -1;
  const directory = cursor.uleb();
  cursor.skipLeb();
  cursor.skipLeb();
  if (!isAbsolute && directory >= files.directoryCount)
    throw new InvalidSymbolFileError('An unknown directory');
  return files.addFile(name, isAbsolute ? -1 : directory);
}

/** Version 5: both lists describe their own form, and directory 0 is the compiler's by itself. */
function readPaths(context: PathContext, encoding: Encoding): void {
  const {files} = context;
  readPathList(context, encoding, name => files.addDirectory(name));
  readPathList(context, encoding, (name, directory) => files.addFile(name, directory));
}

function readPathList(
  {file, unit, cursor, base, files}: PathContext,
  encoding: Encoding,
  add: (name: StringOffset, directory: number) => void,
): void {
  const formats = Array.from({length: cursor.u8()}, () => ({content: cursor.uleb(), form: cursor.uleb()}));
  const count = cursor.uleb();
  if (count > MAX_FILES) throw new InvalidSymbolFileError('Too many files');
  // Directories name no directories.
  const directoryCount = files.directoryCount;
  const attribute = new AttributeReader(file, encoding, base, stringSections.line);
  for (let i = 0; i < count; i++) {
    file.budget.spend(5 + formats.length);
    let name = NO_STRING;
    let directory = -1;
    for (const {content, form} of formats) {
      attribute.read(cursor, form, 0);
      if (content === lineContents.path)
        name = toStringOffset(file, unit.is64, unit.stringOffsetsBase, attribute.kind, attribute.value);
      else if (content === lineContents.directoryIndex && attribute.kind === kinds.unsigned) {
        if (attribute.value >= directoryCount) throw new InvalidSymbolFileError('An unknown directory');
        directory = attribute.value;
      }
    }
    if (name === NO_STRING) throw new InvalidSymbolFileError('A file without a name');
    add(name, directory);
  }
}
