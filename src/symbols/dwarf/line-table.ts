import {partitionPoint} from '../../base/partition-point.js';
import {Cursor} from '../cursor.js';
import {BadSymbolFile, BYTES_PER_STEP} from '../errors.js';
import {readString, sectionOfBytes} from '../section.js';
import {extendedLineOpcodes, lineOpcodes} from './constants.js';
import type {DwarfFile, Unit} from './dwarf-file.js';
import {getDirectory, joinPath, type LineHeader, readLineHeader} from './line-header.js';

/** The line table of a unit: which line the code from an address on belongs to. Sorted by address. */
export interface LineTable {
  readonly addresses: Float64Array;
  /** Indices into `files`. */
  readonly rowFiles: Int32Array;
  readonly lines: Int32Array;
  readonly files: readonly (string | null)[];
  /** How many of the files the functions of the unit may refer to. */
  readonly headerFileCount: number;
}

const MAX_ROWS = 5_000_000;

/** Throws BadSymbolFile, also for a table without rows: it is of no use. */
export function readLineTable(file: DwarfFile, unit: Unit): LineTable {
  const {line} = file.sections;
  const head = new Cursor(line.window(unit.lineOffset));
  const short = head.u32();
  const is64 = short === 0xffff_ffff;
  const length = is64 ? head.u64() : short;
  file.budget.spend(length / BYTES_PER_STEP);
  const cursor = new Cursor(line.read(unit.lineOffset + head.pos, length));
  const header = readLineHeader(file, unit, cursor, is64);
  return new LineProgram(file, header, cursor).run();
}

/** The state machine of DWARF 5 section 6.2. Ends of sequences are no rows, as in libbacktrace. */
class LineProgram {
  private address = 0;
  private operation = 0;
  private line = 1;
  private fileIndex: number;
  private readonly firstFile: number;
  private readonly addresses: number[] = [];
  private readonly rowFiles: number[] = [];
  private readonly lines: number[] = [];
  private readonly files: (string | null)[];
  private readonly file: DwarfFile;
  private readonly header: LineHeader;
  private readonly cursor: Cursor;

  constructor(file: DwarfFile, header: LineHeader, cursor: Cursor) {
    this.file = file;
    this.header = header;
    this.cursor = new Cursor(cursor.bytes, header.programStart, cursor.end);
    this.files = [...header.files];
    // Sequences begin with file 1. Where there is none, it is one without a name.
    this.firstFile = header.files.length > 1 ? 1 : this.files.push('') - 1;
    this.fileIndex = this.firstFile;
  }

  run(): LineTable {
    const {cursor, header} = this;
    const {opcodeBase, lineBase, lineRange} = header;
    while (cursor.pos < cursor.end) {
      const opcode = cursor.u8();
      if (opcode >= opcodeBase) {
        const adjusted = opcode - opcodeBase;
        this.advance(Math.floor(adjusted / lineRange));
        this.line = (this.line + lineBase + (adjusted % lineRange)) | 0;
        this.addRow();
      } else if (opcode === lineOpcodes.extended) this.runExtended();
      else this.runStandard(opcode);
    }
    if (this.addresses.length === 0) throw new BadSymbolFile('No line numbers');
    return this.toTable();
  }

  private advance(operations: number): void {
    const {minInstructionLength, maxOperations} = this.header;
    const total = this.operation + operations;
    this.address += Math.floor((minInstructionLength * total) / maxOperations);
    this.operation = total % maxOperations;
  }

  private addRow(): void {
    if (this.addresses.length >= MAX_ROWS) throw new BadSymbolFile('Too many line numbers');
    this.file.budget.spend(2);
    this.addresses.push(this.address);
    this.rowFiles.push(this.fileIndex);
    this.lines.push(this.line);
  }

  private runStandard(opcode: number): void {
    const {cursor, header} = this;
    switch (opcode) {
      case lineOpcodes.copy:
        this.addRow();
        break;
      case lineOpcodes.advancePc:
        this.advance(cursor.uleb());
        break;
      case lineOpcodes.advanceLine:
        this.line = (this.line + cursor.sleb()) | 0;
        break;
      case lineOpcodes.setFile:
        this.fileIndex = cursor.uleb();
        if (this.fileIndex >= header.files.length) throw new BadSymbolFile('An unknown file');
        break;
      case lineOpcodes.constAddPc:
        this.advance(Math.floor((255 - header.opcodeBase) / header.lineRange));
        break;
      case lineOpcodes.fixedAdvancePc:
        this.address += cursor.u16();
        this.operation = 0;
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
  private runExtended(): void {
    const {cursor} = this;
    const length = cursor.uleb();
    const end = cursor.pos + length;
    const opcode = cursor.u8();
    switch (opcode) {
      case extendedLineOpcodes.endSequence:
        this.address = 0;
        this.operation = 0;
        this.fileIndex = this.firstFile;
        this.line = 1;
        break;
      case extendedLineOpcodes.setAddress:
        this.address = cursor.address(this.header.addressSize);
        break;
      case extendedLineOpcodes.defineFile:
        this.defineFile();
        break;
    }
    cursor.skip(end - cursor.pos);
  }

  private defineFile(): void {
    const {cursor} = this;
    const start = cursor.pos;
    cursor.skipString();
    const name = readString(sectionOfBytes(cursor.bytes.subarray(start, cursor.pos)), 0);
    const directory = getDirectory(this.header.directories, name, cursor.uleb());
    this.file.budget.spend(10);
    this.fileIndex = this.files.push(joinPath(directory, name)) - 1;
  }

  private toTable(): LineTable {
    const {addresses, rowFiles, lines, files} = this;
    const sorted = {
      addresses: new Float64Array(addresses.length),
      rowFiles: new Int32Array(addresses.length),
      lines: new Int32Array(addresses.length),
    };
    this.file.budget.spend(addresses.length);
    let to = 0;
    const copy = (from: number) => {
      sorted.addresses[to] = addresses[from]!;
      sorted.rowFiles[to] = rowFiles[from]!;
      sorted.lines[to++] = lines[from]!;
    };
    const runs = sortRuns(addresses);
    if (runs !== null) {
      for (const [start, end] of runs) for (let i = start; i < end; i++) copy(i);
    } else {
      const order = Uint32Array.from(addresses.keys());
      order.sort((a, b) => addresses[a]! - addresses[b]! || a - b).forEach(copy);
    }
    return {...sorted, files, headerFileCount: this.header.files.length};
  }
}

/**
 * Rows come in sequences, each sorted, and nearly always apart from each other: then it is enough to sort these. Null if
 * they overlap.
 */
function sortRuns(addresses: readonly number[]): [number, number][] | null {
  const runs: [number, number][] = [];
  let start = 0;
  for (let i = 1; i <= addresses.length; i++) {
    if (i < addresses.length && addresses[i]! >= addresses[i - 1]!) continue;
    runs.push([start, i]);
    start = i;
  }
  runs.sort((a, b) => addresses[a[0]]! - addresses[b[0]]! || a[0] - b[0]);
  for (let i = 1; i < runs.length; i++) {
    const last = addresses[runs[i - 1]![1] - 1]!;
    const next = addresses[runs[i]![0]]!;
    // Rows of one address stay in their order.
    if (last > next || (last === next && runs[i - 1]![0] > runs[i]![0])) return null;
  }
  return runs;
}

/** The last row that does not begin above the address; −1 if all do. */
export function findRow({addresses}: LineTable, address: number): number {
  return partitionPoint(0, addresses.length, row => addresses[row]! <= address) - 1;
}
