// What the capture defines frames by: code objects, and before version 12 whole frames, which have a line and
// no table. They are kept as they are recorded; only what is shown is ever decoded, outside of the core.
//
// Definitions are read here if they lie in the window as a whole and there is nothing unusual about them. All
// others are left to the caller, who reads them piece by piece and reports what is wrong with them.

import {hashPair} from './hash';
import {allocateRegion, isExhausted, releaseRegion} from './memory';
import {Slab} from './slab';
import {Table} from './table';
import {keepBytes, keepFile, keepText} from './texts';
import {longVarintValue, scanVarint, unZigZag} from './varint';
import {findZero} from './zero-byte';

/** Longer names are cut by the caller. */
const MAX_NAME_BYTES: u32 = 64 << 10;
const MAX_TABLE_BYTES: u64 = 1 << 20;
const MAX_CODES: u32 = 1 << 27;

@unmanaged
export class Code {
  id: u64;
  /** Numbers of texts. */
  name: u32;
  file: u32;
  /** The first line; of a frame its line. */
  line: i32;
  /** Of a frame: whether it is an entry frame. */
  isInterpreterEntry: bool;
  table: usize;
  tableBytes: u32;
}

const codes = changetype<Slab<Code>>(memory.data(24, 8));
const codeTable = changetype<Table>(memory.data(16, 8));
/** The register of lines: all definitions of a capture share it. */
let lastLine: i32 = 0;
/** Where the caller puts the bytes of a definition that it has read. */
let scratch: usize = 0;
let scratchBytes: u32 = 0;

// Names and the line table of the definition at hand, as `scanNames` found them.
let name: usize = 0;
let nameBytes: u32 = 0;
let file: usize = 0;
let fileBytes: u32 = 0;

export function initCodes(): void {
  codes.init(MAX_CODES);
  codeTable.init(1024);
}

/** 0 if the capture does not define it (so far). */
export function findCode(id: u64): usize {
  const hash = hashPair(id, 2);
  let offset = codeTable.home(hash);
  for (let slot = codeTable.slotAt(offset); slot != 0; slot = codeTable.slotAt(offset)) {
    const code = <usize>(slot >> 32);
    if (<u32>slot == hash && changetype<Code>(code).id == id) return code;
    offset = codeTable.next(offset);
  }
  return 0;
}

@inline
export function codeAt(code: usize): Code {
  return changetype<Code>(code);
}

/**
 * id varint · name text · file text · step of the first line signed varint · table length varint · table.
 * Returns where it ends; 0, with nothing changed, if it is left to the caller.
 */
export function readCode(start: usize, end: usize): usize {
  const names = endVarint(start, end);
  if (names == 0) return 0;
  const at = scanNames(names, end);
  if (at == 0) return 0;
  const lengthAt = endVarint(at, end);
  if (lengthAt == 0) return 0;
  const tableAt = endVarint(lengthAt, end);
  if (tableAt == 0) return 0;
  const tableBytes = longVarintValue(lengthAt);
  if (tableBytes > MAX_TABLE_BYTES || tableBytes > <u64>(end - tableAt)) return 0;
  moveLine(longVarintValue(at));
  define(longVarintValue(start), tableAt, <u32>tableBytes, true);
  return tableAt + <usize>tableBytes;
}

/** Form 7: name text · file text · step of the line signed varint. As `readCode`. */
export function readFrame7(id: u64, start: usize, end: usize, isInterpreterEntry: bool): usize {
  if (findCode(id) != 0) return 0;
  const at = scanNames(start, end);
  if (at == 0) return 0;
  const next = endVarint(at, end);
  if (next == 0) return 0;
  moveLine(longVarintValue(at));
  define(id, 0, 0, isInterpreterEntry);
  return next;
}

/**
 * Form 6: id u64 · name text · file text · line i32. Aggregated captures before version 12: the same ·
 * is entry frame u8. As `readCode`.
 */
export function readFrame6(start: usize, end: usize, hasEntry: bool): usize {
  if (end - start < 8 || findCode(load<u64>(start)) != 0) return 0;
  const at = scanNames(start + 8, end);
  const bytes: usize = hasEntry ? 5 : 4;
  if (at == 0 || end - at < bytes) return 0;
  lastLine = load<i32>(at);
  define(load<u64>(start), 0, 0, !hasEntry || load<u8>(at, 4) != 0);
  return at + bytes;
}

/** The end of a varint; 0 if it is not there as a whole or too long. */
@inline
function endVarint(at: usize, end: usize): usize {
  const next = scanVarint(at, end);
  return next != 0 && load<u8>(next - 1) < 0x80 ? next : 0;
}

function scanNames(start: usize, end: usize): usize {
  name = start;
  file = findZero(name, min(end, name + MAX_NAME_BYTES + 1)) + 1;
  if (file == 0) return 0;
  const at = findZero(file, min(end, file + MAX_NAME_BYTES + 1)) + 1;
  if (at == 0) return 0;
  nameBytes = <u32>(file - 1 - name);
  fileBytes = <u32>(at - 1 - file);
  return at;
}

/** Room for the bytes of a definition that the caller has read; 0 when memory has ended. */
export function reserveScratch(bytes: u32): usize {
  if (bytes > scratchBytes) {
    if (scratch != 0) releaseRegion(scratch, scratchBytes);
    const room = max<u32>(2 * scratchBytes, max<u32>(bytes, 4096));
    scratch = allocateRegion(room);
    scratchBytes = scratch == 0 ? 0 : room;
  }
  return scratch;
}

/** Adds the definition whose name, file and table lie one after the other in the scratch room. */
export function defineFromScratch(id: u64, nameLength: u32, fileLength: u32, tableBytes: u32, isInterpreterEntry: bool): void {
  name = scratch;
  nameBytes = nameLength;
  file = name + nameLength;
  fileBytes = fileLength;
  define(id, file + fileLength, tableBytes, isInterpreterEntry);
}

/** Moves the register of lines by a zig-zag step. */
export function moveLine(step: u64): void {
  lastLine += <i32>unZigZag(step);
}

/** Form 6 and aggregated captures before version 12 have no steps. */
export function setLine(line: i32): void {
  lastLine = line;
}

/** A code object that is defined once more is what it was defined as last. */
function define(id: u64, table: usize, tableBytes: u32, isInterpreterEntry: bool): void {
  const nameText = keepText(name, nameBytes);
  const fileText = keepFile(file, fileBytes);
  const kept: usize = tableBytes == 0 ? 0 : keepBytes(table, tableBytes);
  if (isExhausted) return;
  let ptr = findCode(id);
  if (ptr == 0) {
    ptr = changetype<usize>(codes.take());
    codeAt(ptr).id = id;
    codeTable.insert(hashPair(id, 2), <u32>ptr);
  }
  const code = codeAt(ptr);
  code.name = nameText;
  code.file = fileText;
  code.line = lastLine;
  code.isInterpreterEntry = isInterpreterEntry;
  code.table = kept;
  code.tableBytes = tableBytes;
}
