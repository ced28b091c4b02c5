// What the core exports. Numbers that may exceed 32 bits leave it as f64 (exact to 2^53) unless they are ids.

import {initHash} from './hash';
import * as codes from './codes';
import * as collect from './collect';
import * as heap from './heap';
import {initIntervals} from './intervals';
import {initLocations, locationAt} from './locations';
import {decodeBlock as decodeLz4, lz4ErrorAt as lz4Error} from './lz4';
import {allocateRegion, isExhausted as hasEnded, initMemory, memoryInUse as inUse} from './memory';
import * as native from './native';
import {initRecords12, readRecords12} from './records-12';
import {readRecords6} from './records-6';
import {initRecords7, moveFrame7, readRecords7} from './records-7';
import * as records from './records-common';
import * as select from './select';
import * as stacks from './stacks';
import {
  threadCount as countThreads,
  frameAt,
  initStacks,
  nodeAt,
  currentThread as thread,
  threadAt,
} from './stacks';
import {passedGroups} from './address-table';
import {probeCount} from './table';
import {initTemporary as initTemporaryView} from './temporary';
import * as texts from './texts';
import * as window from './window';
import {Xxh32} from './xxh32';

export function init(seedA: u64, seedB: u64, memoryLimit: f64, windowBytes: u32): void {
  initMemory(<u64>memoryLimit);
  initHash(seedA, seedB);
  window.initWindow(windowBytes);
  texts.initTexts();
  codes.initCodes();
  initStacks();
  initLocations();
  initIntervals();
  heap.initHeap();
}
export function initTemporary(threshold: u64): void {
  initTemporaryView(threshold);
}

/** Which loop reads the records: 6, 7 or 12, the first header version with their encoding. */
let recordEncoding: u32 = 0;

export function initRecords(encoding: u32, hasNative: bool, hasTrailer: bool): void {
  recordEncoding = encoding;
  if (encoding == 12) initRecords12(hasNative);
  if (encoding == 7) initRecords7(hasTrailer);
}
export function isExhausted(): bool {
  return hasEnded;
}
export function memoryInUse(): f64 {
  return inUse();
}
export function probes(): f64 {
  return <f64>(probeCount + passedGroups);
}

// The window.
export function reserveWindow(bytes: u32): u32 {
  return <u32>window.reserveWindow(bytes);
}
export function commitWindow(bytes: u32): void {
  window.commitWindow(bytes);
}
export function keepHistory(): void {
  window.setKeepHistory();
}
export function parsePos(): u32 {
  return <u32>window.parsePos;
}
export function setParsePos(pos: u32): void {
  window.setParsePos(pos);
}
export function writePos(): u32 {
  return <u32>window.writePos;
}
export function streamOffset(): f64 {
  return <f64>window.streamOffsetOf(window.parsePos);
}

// LZ4.
export function allocateBuffer(bytes: u32): u32 {
  return <u32>allocateRegion(bytes);
}
/** `linkedBytes`: how much of what was decoded before may be referred to. */
export function decodeBlock(source: u32, end: u32, linkedBytes: u32, limit: u32): bool {
  const start = window.historyStart();
  const linked = window.writePos - linkedBytes;
  return decodeLz4(source, end, max(start, linked), limit);
}
export function lz4ErrorAt(): u32 {
  return lz4Error;
}

const hash = changetype<Xxh32>(memory.data(32, 8));
const hashBuffer: usize = memory.data(16, 8);
const content = changetype<Xxh32>(memory.data(32, 8));
const contentBuffer: usize = memory.data(16, 8);

export function hashBytes(at: u32, bytes: u32): u32 {
  hash.reset(hashBuffer);
  hash.update(at, bytes);
  return hash.digest();
}
export function startContentHash(): void {
  content.reset(contentBuffer);
}
export function addContentHash(at: u32, bytes: u32): void {
  content.update(at, bytes);
}
export function contentHash(): u32 {
  return content.digest();
}

// Records.
export function readRecords(): i32 {
  if (recordEncoding == 12) return readRecords12();
  return recordEncoding == 7 ? readRecords7() : readRecords6();
}
export function addRecord(): void {
  records.addRecord();
}
export function expectSegments(count: u64): void {
  records.expectSegments(count);
}

// Code objects and frames. Those that the record loops leave to the caller come by way of the scratch room.
/**
 * Reads a code object of form 12 at parsePos, after its tag. Returns where it ends, 0 if it is left to the
 * caller.
 */
export function readCode(): u32 {
  return <u32>codes.readCode(window.parsePos, window.writePos);
}
/** The same for a frame of an aggregated capture before version 12. */
export function readFrame(): u32 {
  return <u32>codes.readFrame6(window.parsePos, window.writePos, true);
}
export function reserveScratch(bytes: u32): u32 {
  return <u32>codes.reserveScratch(bytes);
}
/** Name, file and line table lie in the scratch room one after the other. */
export function defineCode(id: u64, nameBytes: u32, fileBytes: u32, tableBytes: u32, isInterpreterEntry: bool): void {
  codes.defineFromScratch(id, nameBytes, fileBytes, tableBytes, isInterpreterEntry);
}
/** Moves the register of lines by a zig-zag step; the next definition has that line. */
export function moveLine(step: u64): void {
  codes.moveLine(step);
}
export function setLine(line: i32): void {
  codes.setLine(line);
}
/** Form 7: moves the register of frames by a zig-zag step. Returns the number of the frame. */
export function moveFrame(step: u64): u64 {
  return moveFrame7(step);
}
/** 0 if the capture does not define it (so far). */
export function findCode(id: u64): u32 {
  return <u32>codes.findCode(id);
}
export function codeName(code: u32): u32 {
  return codes.codeAt(code).name;
}
export function codeFile(code: u32): u32 {
  return codes.codeAt(code).file;
}
export function codeLine(code: u32): i32 {
  return codes.codeAt(code).line;
}
export function codeIsEntry(code: u32): bool {
  return codes.codeAt(code).isInterpreterEntry;
}
export function codeTable(code: u32): u32 {
  return <u32>codes.codeAt(code).table;
}
export function codeTableBytes(code: u32): u32 {
  return codes.codeAt(code).tableBytes;
}
/** The number of a text in the scratch room; 0 when memory has ended. */
export function keepText(bytes: u32): u32 {
  return texts.keepText(codes.reserveScratch(0), bytes);
}
export function textAt(id: u32): u32 {
  return <u32>texts.textAt(id).at;
}
export function textBytes(id: u32): u32 {
  return texts.textAt(id).bytes;
}

export function switchThread(id: u64): void {
  stacks.switchThread(id);
}
/** 0 before the first context switch. */
export function currentThread(): u32 {
  return thread;
}
export function recordCount(): f64 {
  return <f64>records.recordCount;
}
export function badReferences(): f64 {
  return <f64>records.badReferences;
}
export function firstBadOffset(): f64 {
  return <f64>records.firstBadOffset;
}
export function firstBadRecord(): f64 {
  return <f64>records.firstBadRecord;
}

// The heap.
export function allocationRecords(): f64 {
  return <f64>heap.allocationRecords;
}
/** How many allocation records the peak needs. */
export function peakRecords(): f64 {
  return <f64>(heap.heapBytes >= heap.bestBytes ? heap.allocationRecords : heap.peakRecords);
}
export function peakBytes(): f64 {
  return <f64>max(heap.heapBytes, heap.bestBytes);
}
/** What is allocated now. */
export function heapBytes(): f64 {
  return <f64>heap.heapBytes;
}
export function frees(): f64 {
  return <f64>heap.frees;
}
export function unknownFrees(): f64 {
  return <f64>heap.unknownFrees;
}
export function largestSize(): f64 {
  return <f64>heap.largestSize;
}
/** When the peak was reached, NaN where there is no memory record until then; below zero where the clock was set back to before the start. */
export function peakMs(): f64 {
  const ms = records.peakMs();
  return ms == records.NO_TIME ? NaN : <f64>ms;
}
export function memoryRecords(): f64 {
  return <f64>records.memoryRecords;
}
export function highestRss(): f64 {
  return <f64>records.highestRss;
}
export function highestRssMs(): f64 {
  return <f64>(<i64>records.highestRssMs);
}
export function clockSteps(): f64 {
  return <f64>records.clockSteps;
}
export function implausibleRss(): f64 {
  return <f64>records.implausibleRss;
}

// The result.
export function selectLocations(view: i32, limit: u32): i32 {
  return select.select(view, limit);
}
export function totalLocations(): u32 {
  return select.totalLocations;
}
export function totalAllocations(): f64 {
  return <f64>select.totalCount;
}
export function totalBytes(): f64 {
  return <f64>select.totalBytes;
}
export function chosenLocation(index: u32): u32 {
  return select.chosenLocation(index);
}
export function locationBytes(id: u32): f64 {
  return select.locationBytes(id);
}
export function locationAllocations(id: u32): f64 {
  return select.locationAllocations(id);
}
export function locationNode(id: u32): u32 {
  return <u32>locationAt(id).node;
}
/** Its native stack, 0 = none. */
export function locationNative(id: u32): u32 {
  return locationAt(id).native;
}
/** Index of the first allocation record that the view counts. */
export function locationFirst(id: u32): f64 {
  return select.locationFirst(id);
}
export function nativeIp(id: u32): u64 {
  return native.nativeAt(id).ip;
}
/** 0 = none. */
export function nativeParent(id: u32): u32 {
  return native.nativeAt(id).parent;
}
/** Pairs of (address u64, bytes u64) of the image read last. */
export function segments(): u32 {
  return <u32>native.segments;
}
export function segmentCount(): u32 {
  return native.segmentCount;
}
export function locationThread(id: u32): u32 {
  return locationAt(id).thread;
}
export function threadCount(): u32 {
  return countThreads();
}
export function threadId(id: u32): u64 {
  return threadAt(id).id;
}
export function collectStack(node: usize, hiddenDepth: u32, maxRows: u32): i32 {
  return collect.collectStack(node, hiddenDepth, maxRows);
}
/** Pairs of (prefix i32, frame u32); see collect.ts. */
export function isStackCut(): bool {
  return collect.isCut;
}

export function collectedRows(): u32 {
  return <u32>collect.rows;
}
export function finishCollecting(): u32 {
  return collect.finishCollecting();
}
export function frameCode(id: u32): u64 {
  return frameAt(id).code;
}
/** Whether a new run of the interpreter's loop began with this frame. */
export function frameIsEntry(id: u32): bool {
  return (frameAt(id).position & 1) != 0;
}
export function frameOffset(id: u32): i32 {
  return <i32>(frameAt(id).position >> 1);
}
