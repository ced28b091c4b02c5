import {gzipSync} from 'node:zlib';
import {type WrittenHeader, writeHeader} from './capture-writer.js';

/**
 * A capture with more of one kind of object than anybody has memory for, none of which holds memory itself.
 */
export interface Flood {
  readonly header: WrittenHeader;
  /** What comes before the records of the flood. */
  readonly start?: readonly number[];
  /** Bytes that come again and again; or the record number `i`, if all have to differ. */
  readonly record: readonly number[] | ((i: number) => readonly number[]);
  readonly count: number;
}

const MEMBER_BYTES = 4e6;

/**
 * The capture in gzip: a member for the beginning, then one for so many records. Equal ones are packed once.
 */
export function packFlood({header, start = [], record, count}: Flood): Uint8Array {
  const first = gzipSync(Buffer.concat([writeHeader(header), Uint8Array.from(start)]));
  if (typeof record === 'function') {
    const bytes = Array.from({length: count}, (_, i) => Uint8Array.from(record(i)));
    return Buffer.concat([first, gzipSync(Buffer.concat(bytes), {level: 1})]);
  }
  const perMember = Math.ceil(MEMBER_BYTES / record.length);
  const member = gzipSync(Buffer.alloc(record.length * perMember, Buffer.from(record)));
  return Buffer.concat([first, ...Array.from({length: Math.ceil(count / perMember)}, () => member)]);
}

/** The same bytes without compression, without end, in pieces of some megabytes. */
export function* streamFlood({header, start = [], record}: Flood): Generator<Uint8Array> {
  yield Buffer.concat([writeHeader(header), Uint8Array.from(start)]);
  const create = typeof record === 'function' ? record : () => record;
  const perPiece = Math.ceil(MEMBER_BYTES / create(0).length);
  const isSame = typeof record !== 'function';
  let piece: Uint8Array | null = null;
  for (let from = 0; ; from += perPiece) {
    if (piece === null || !isSame) {
      piece = Uint8Array.from(Array.from({length: perPiece}, (_, i) => create(from + i)).flat());
    }
    yield piece;
  }
}

const v13: WrittenHeader = {};
const v11: WrittenHeader = {version: 11};
const hex = (value: number): number[] => [...Buffer.from(value.toString(16))];
const thread1 = [12, 1, 0, 0, 0, 0, 0, 0, 0];
const code1 = [14, 1, 0x66, 0, 0x61, 0, 0, 0];
const u32 = (value: number): number[] => [...new Uint8Array(Uint32Array.of(value).buffer)];
const u64 = (value: number): number[] => [...u32(value), 0, 0, 0, 0];
const table = Array.from({length: 65_536}, () => 7);
const aggregated: WrittenHeader = {fileFormat: 1};
/** Of version 11: the frame after the one before; malloc of the same address, its free; a pop. */
const [next, malloc, free, pop] = [[4, 2], [0x11, 0, 1], [0x21, 0], [9]] as const;

/** Floods by what they are made of. */
export const floods: Readonly<Record<string, Flood>> = {
  'stack nodes': {header: v13, start: [...thread1, ...code1], record: [0x41, 1, 0], count: 20_000_000},
  frames: {header: v11, record: next, count: 20_000_000},
  'frames with names': {header: v11, record: [3, 2, 0x66, 0, 0x61, 0, 0, ...next, ...pop], count: 10_000_000},
  locations: {header: v11, record: [...next, ...malloc, ...free, ...pop], count: 10_000_000},
  'line tables': {
    header: v13,
    start: thread1,
    record: [14, 1, 0x66, 0, 0x61, 0, 0, 0x80, 0x80, 4, ...table],
    count: 10_000,
  },
  threads: {header: v13, record: i => [12, ...u64(i)], count: 1_200_000},
  'native frames': {header: {nativeTraces: true}, record: [5, 2, 2], count: 50_000_000},
  'lists of libraries': {header: v13, record: [6], count: 5_000_000},
  libraries: {header: v13, start: [6], record: i => [7, ...hex(i), 0, 0, ...u64(0)], count: 100_000},
  'frames of an aggregated capture': {header: aggregated, record: [4, 0, 0, 0, 1], count: 30_000_000},
  'stacks of an aggregated capture': {header: aggregated, record: [3, 0, 0], count: 30_000_000},
};
