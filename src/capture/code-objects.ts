import {encodeText} from '../base/bytes.js';
import type {CoreExports} from '../core/core.js';
import {type ByteReader, InvalidDataError, type Parsing} from './byte-reader.js';
import {KeptTexts} from './kept-texts.js';

const MAX_TABLE_BYTES = 1024 * 1024;
const NO_TABLE = new Uint8Array(0);

/**
 * What a capture says about a Python function; before version 12 about a frame, whose line was found while
 * recording. Names are numbers of kept texts.
 */
export interface CodeObject {
  readonly function: number;
  readonly file: number;
  /** Of a frame: its line. */
  readonly firstLine: number;
  /** Of a frame: whether C code called it, rather than Python code of the same run of the interpreter. */
  readonly isInterpreterEntry: boolean;
  /**
   * In the form of the recorded Python version: see line-table.ts. Empty for a frame. Valid until the next
   * call into the core.
   */
  readonly lineTable: Uint8Array;
}

/**
 * All code objects, or frames, of a capture so far. The core keeps their bytes and reads most of them itself;
 * here are those that it leaves aside (cut by the end of the window, too long, damaged).
 */
export class CodeObjects {
  readonly #core: CoreExports;
  readonly texts: KeptTexts;

  constructor(core: CoreExports, texts = new KeptTexts(core)) {
    this.#core = core;
    this.texts = texts;
  }

  has(id: bigint): boolean {
    return this.#core.findCode(id) !== 0;
  }

  get(id: bigint): CodeObject | undefined {
    const core = this.#core;
    const code = core.findCode(id) >>> 0;
    if (code === 0) return undefined;
    const tableBytes = core.codeTableBytes(code);
    const table = core.codeTable(code) >>> 0;
    return {
      function: core.codeName(code),
      file: core.codeFile(code),
      firstLine: core.codeLine(code),
      isInterpreterEntry: core.codeIsEntry(code) !== 0,
      lineTable: tableBytes === 0 ? NO_TABLE : new Uint8Array(core.memory.buffer, table, tableBytes),
    };
  }

  /**
   * As `parse`, for one that lies in the window as a whole and is as usual; else false, with nothing changed.
   */
  takeWhole(reader: ByteReader): boolean {
    this.#core.setParsePos(reader.pos);
    return moveTo(reader, this.#core.readCode() >>> 0);
  }

  /** As `parseFrame10`, in the same way. */
  takeWholeFrame10(reader: ByteReader): boolean {
    this.#core.setParsePos(reader.pos);
    return moveTo(reader, this.#core.readFrame() >>> 0);
  }

  /** id varint · function text · file text · delta(first line) · table length varint · table. */
  *parse(reader: ByteReader): Parsing<void> {
    const id = yield* reader.varint();
    const name = yield* reader.text();
    const file = yield* reader.text();
    const lineStep = yield* reader.varint();
    const tableBytes = yield* reader.varint();
    if (tableBytes > MAX_TABLE_BYTES)
      throw new InvalidDataError(`a line table has ${tableBytes} bytes`, true);
    const names = [encodeText(name), encodeText(file)] as const;
    const [nameBytes, fileBytes] = [names[0].length, names[1].length];
    // The table goes straight to where the core takes it from.
    const start = this.texts.putInScratch(names, Number(tableBytes));
    yield* reader.take(Number(tableBytes), (piece, at) => {
      if (start !== 0) this.texts.putAt(start + nameBytes + fileBytes + at, piece);
    });
    this.#core.moveLine(lineStep);
    if (start !== 0) this.#core.defineCode(id, nameBytes, fileBytes, Number(tableBytes), 1);
  }

  /** Form 7: step of the frame's number signed varint · names · step of the line signed varint. */
  *parseFrame7(reader: ByteReader, isInterpreterEntry: boolean): Parsing<void> {
    const step = yield* reader.varint();
    const name = yield* reader.text();
    const file = yield* reader.text();
    this.#core.moveLine(yield* reader.varint());
    this.#defineFrame(this.#core.moveFrame(step), name, file, isInterpreterEntry);
  }

  /** Form 6: number u64 · names · line i32. */
  *parseFrame6(reader: ByteReader): Parsing<void> {
    const id = yield* reader.u64();
    const name = yield* reader.text();
    const file = yield* reader.text();
    this.#core.setLine((yield* reader.u32()) | 0);
    this.#defineFrame(id, name, file, true);
  }

  /** Aggregated captures before version 12: the same · is entry frame u8. */
  *parseFrame10(reader: ByteReader): Parsing<void> {
    const id = yield* reader.u64();
    const name = yield* reader.text();
    const file = yield* reader.text();
    this.#core.setLine((yield* reader.u32()) | 0);
    this.#defineFrame(id, name, file, (yield* reader.u8()) !== 0);
  }

  #defineFrame(id: bigint, name: string, file: string, isInterpreterEntry: boolean): void {
    if (this.has(id)) throw new InvalidDataError('a frame is defined twice');
    const names = [encodeText(name), encodeText(file)] as const;
    if (this.texts.putInScratch(names) === 0) return;
    this.#core.defineCode(id, names[0].length, names[1].length, 0, Number(isInterpreterEntry));
  }
}

function moveTo(reader: ByteReader, end: number): boolean {
  if (end !== 0) reader.pos = end;
  return end !== 0;
}
