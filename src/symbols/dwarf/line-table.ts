import {Cursor} from '../cursor.js';
import {InvalidSymbolFileError} from '../errors.js';
import {extendedLineOpcodes, lineOpcodes} from './constants.js';
import type {DwarfFile} from './dwarf-file.js';
import type {FileList} from './file-list.js';
import {type LineHeader, readLineHeader, readOldFile} from './line-header.js';
import {LineRowCollector, type LineRows} from './line-rows.js';
import type {Unit} from './unit.js';

/** The line table of a unit: which line the code from an address on belongs to. */
export interface LineTable extends LineRows {
  readonly files: FileList;
  /** How many of the files the functions of the unit may refer to. */
  readonly headerFileCount: number;
}

const PROGRAM_BYTES_PER_STEP = 4;
/** Most programs take two to four. */
const BYTES_PER_ROW = 2.5;

/** Throws InvalidSymbolFileError, also for a table without rows: it is of no use. */
export function readLineTable(file: DwarfFile, unit: Unit): LineTable {
  const {line} = file.sections;
  const head = new Cursor(line.window(unit.lineOffset));
  const short = head.u32();
  const is64 = short === 0xffff_ffff;
  const length = is64 ? head.u64() : short;
  file.budget.spend(length / PROGRAM_BYTES_PER_STEP);
  const base = unit.lineOffset + head.pos;
  const cursor = new Cursor(line.read(base, length));
  const header = readLineHeader(file, unit, cursor, base, is64);
  const headerFileCount = header.files.length;
  const rows = new LineProgram(file, unit, header, cursor, base).run();
  return {...rows, files: header.files, headerFileCount};
}

/** The state machine of DWARF 5 section 6.2. Ends of sequences are no rows, as in libbacktrace. */
class LineProgram {
  #address = 0;
  #operation = 0;
  #line = 1;
  #fileIndex: number;
  readonly #firstFile: number;
  /** How many files a program may set; it may define more for itself. */
  readonly #fileCount: number;
  readonly #rows: LineRowCollector;
  readonly #file: DwarfFile;
  readonly #unit: Unit;
  readonly #header: LineHeader;
  readonly #cursor: Cursor;
  readonly #base: number;

  constructor(file: DwarfFile, unit: Unit, header: LineHeader, cursor: Cursor, base: number) {
    this.#file = file;
    this.#unit = unit;
    this.#header = header;
    this.#cursor = new Cursor(cursor.bytes, header.programStart, cursor.end);
    this.#base = base;
    this.#rows = new LineRowCollector((cursor.end - header.programStart) / BYTES_PER_ROW);
    this.#fileCount = header.files.length;
    // Sequences begin with file 1. Where there is none, it is one without a name.
    this.#firstFile = this.#fileCount > 1 ? 1 : header.files.addEmpty();
    this.#fileIndex = this.#firstFile;
  }

  run(): LineRows {
    const cursor = this.#cursor;
    const header = this.#header;
    const rows = this.#rows;
    const {opcodeBase, lineBase, lineRange} = header;
    const {bytes, end} = cursor;
    while (cursor.pos < end) {
      const opcode = bytes[cursor.pos++]!;
      if (opcode >= opcodeBase) {
        const adjusted = opcode - opcodeBase;
        this.#advance(Math.floor(adjusted / lineRange));
        this.#line = (this.#line + lineBase + (adjusted % lineRange)) | 0;
        rows.add(this.#address, this.#fileIndex, this.#line);
      } else if (opcode === lineOpcodes.extended) this.#runExtended();
      else this.#runStandard(opcode);
    }
    this.#file.budget.spend(2 * rows.length);
    return rows.finish();
  }

  #advance(operations: number): void {
    const {minInstructionLength, maxOperations} = this.#header;
    if (maxOperations === 1) {
      this.#address += minInstructionLength * operations;
      return;
    }
    const total = this.#operation + operations;
    this.#address += Math.floor((minInstructionLength * total) / maxOperations);
    this.#operation = total % maxOperations;
  }

  #runStandard(opcode: number): void {
    const cursor = this.#cursor;
    const header = this.#header;
    switch (opcode) {
      case lineOpcodes.copy:
        this.#rows.add(this.#address, this.#fileIndex, this.#line);
        break;
      case lineOpcodes.advancePc:
        this.#advance(cursor.uleb());
        break;
      case lineOpcodes.advanceLine:
        this.#line = (this.#line + cursor.sleb()) | 0;
        break;
      case lineOpcodes.setFile:
        this.#fileIndex = cursor.uleb();
        if (this.#fileIndex >= this.#fileCount) throw new InvalidSymbolFileError('An unknown file');
        break;
      case lineOpcodes.constAddPc:
        this.#advance(Math.floor((255 - header.opcodeBase) / header.lineRange));
        break;
      case lineOpcodes.fixedAdvancePc:
        this.#address += cursor.u16();
        this.#operation = 0;
        break;
      case lineOpcodes.setColumn:
      case lineOpcodes.setIsa:
        cursor.skipLeb();
        break;
      case lineOpcodes.negateStatement:
      case lineOpcodes.setBasicBlock:
      case lineOpcodes.setPrologueEnd:
      case lineOpcodes.setEpilogueBegin:
        break;
      default:
        for (let i = header.opcodeLengths[opcode - 1]!; i > 0; i--) cursor.skipLeb();
    }
  }

  /** length · opcode u8 · arguments */
  #runExtended(): void {
    const cursor = this.#cursor;
    const length = cursor.uleb();
    const end = cursor.pos + length;
    const opcode = cursor.u8();
    switch (opcode) {
      case extendedLineOpcodes.endSequence:
        this.#rows.endRun();
        this.#address = 0;
        this.#operation = 0;
        this.#fileIndex = this.#firstFile;
        this.#line = 1;
        break;
      case extendedLineOpcodes.setAddress:
        this.#address = cursor.address(this.#header.addressSize);
        break;
      case extendedLineOpcodes.defineFile:
        this.#defineFile();
        break;
    }
    cursor.skip(end - cursor.pos);
  }

  #defineFile(): void {
    const file = this.#file;
    const unit = this.#unit;
    const cursor = this.#cursor;
    const base = this.#base;
    const header = this.#header;
    file.budget.spend(10);
    const added = readOldFile({file, unit, cursor, base, files: header.files});
    this.#fileIndex = added >= 0 ? added : header.files.addEmpty();
  }
}
