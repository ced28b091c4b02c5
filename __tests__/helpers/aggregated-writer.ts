import {ByteWriter} from './byte-writer.js';
import {type WrittenHeader, writeHeader} from './capture-writer.js';

/** One aggregated allocation; pairs of (count, bytes). */
export interface WrittenUse {
  readonly thread?: number;
  readonly allocator?: number;
  readonly native?: number;
  readonly trace?: number;
  readonly generation?: number;
  readonly peak?: readonly [number | bigint, number | bigint];
  readonly leaked?: readonly [number | bigint, number | bigint];
}

/** Encodes the records of aggregated files. */
export const aggregatedRecords = {
  code: (id: number, name: string) =>
    new ByteWriter().u8(14).varint(id).text(name).text('app.py').signedVarint(0).varint(0),
  frame: (id: number, code: number, isInterpreterEntry = true) =>
    new ByteWriter().u8(4).varint(id).varint(code).signedVarint(0).u8(Number(isInterpreterEntry)),
  trace: (frame: number, parent: number) => new ByteWriter().u8(3).varint(frame).varint(parent),
  name: (thread: number, name: string) => new ByteWriter().u8(12).u64(thread).u8(10).text(name),
  /** Both are deltas: to the address and to the parent of the record before. */
  native: (parent: number, ip = 1) => new ByteWriter().u8(5).signedVarint(ip).signedVarint(parent),
  maps: () => new ByteWriter().u8(6),
  image: (path: string, address: number, segments: readonly (readonly [number, number])[]) => {
    const writer = new ByteWriter().u8(7).text(path).varint(segments.length).u64(address);
    for (const [start, size] of segments) writer.u8(8).u64(start).varint(size);
    return writer;
  },
  heap: (bytes: number) => new ByteWriter().u8(1).u64(5).u64(6).u64(bytes),
  use: (of: WrittenUse) => {
    const writer = new ByteWriter().u8(2).u64(of.thread ?? 1);
    writer.u8(of.allocator ?? 6).bytes([9, 9, 9, 9, 9, 9, 9]);
    writer
      .u64(of.native ?? 0)
      .u64(of.trace ?? 0)
      .u64(of.generation ?? 1);
    const [peakCount, peakBytes] = of.peak ?? [0, 0];
    const [leakedCount, leakedBytes] = of.leaked ?? [0, 0];
    return writer.u64(peakCount).u64(leakedCount).u64(peakBytes).u64(leakedBytes);
  },
  bytes: (...bytes: number[]) => new ByteWriter().bytes(bytes),
};

/** What versions 10 and 11 have instead. */
export const aggregatedRecords10 = {
  ...aggregatedRecords,
  frame: (id: number | bigint, name: string, line = 0) =>
    new ByteWriter().u8(4).u64(id).text(name).text('app.py').u32(line).u8(1),
  trace: (frame: number | bigint, parent: number) => new ByteWriter().u8(3).u64(frame).u32(parent),
  use: (of: WrittenUse) => aggregatedRecords.use({allocator: 1, ...of}),
};

/** A raw aggregated capture of these records. */
export function writeAggregated(list: readonly ByteWriter[], header: WrittenHeader = {}): Uint8Array {
  return Buffer.concat([writeHeader({fileFormat: 1, ...header}), ...list.map(writer => writer.toBytes())]);
}
