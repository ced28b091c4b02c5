import {ByteWriter} from './byte-writer.js';

export interface FrameOptions {
  /** Bytes of content in a block; default 64 KiB, the most that the frame then allows. */
  readonly blockBytes?: number;
  /** Blocks of literals only instead of stored ones. */
  readonly asLiterals?: boolean;
  readonly isIndependent?: boolean;
  readonly hasBlockChecksums?: boolean;
  readonly hasContentSize?: boolean;
  readonly hasContentChecksum?: boolean;
  /** 4 to 7: 64 KiB to 4 MiB. */
  readonly sizeCode?: number;
  readonly hasEndMark?: boolean;
}

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));
const primes = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f, 0x165667b1] as const;

/** xxHash 32 with seed 0, in the plainest way. */
export function computeXxh32(data: Uint8Array): number {
  const [p1, p2, p3, p4, p5] = primes;
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  let at = 0;
  let hash = p5 | 0;
  if (data.length >= 16) {
    const lanes = [(p1 + p2) | 0, p2 | 0, 0, -p1 | 0];
    for (; at + 16 <= data.length; at += 16) {
      lanes.forEach((lane, i) => {
        const word = view.getUint32(at + 4 * i, true);
        lanes[i] = Math.imul(rotate((lane + Math.imul(word, p2)) | 0, 13), p1);
      });
    }
    const turns = [1, 7, 12, 18];
    hash = lanes.reduce((sum, lane, i) => (sum + rotate(lane, turns[i]!)) | 0, 0);
  }
  hash = (hash + data.length) | 0;
  for (; at + 4 <= data.length; at += 4) {
    hash = Math.imul(rotate((hash + Math.imul(view.getUint32(at, true), p3)) | 0, 17), p4);
  }
  for (; at < data.length; at++) hash = Math.imul(rotate((hash + Math.imul(data[at]!, p5)) | 0, 11), p1);
  hash = Math.imul(hash ^ (hash >>> 15), p2);
  hash = Math.imul(hash ^ (hash >>> 13), p3);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** An LZ4 frame whose blocks are these, as they are in the file. */
export function wrapBlocks(
  blocks: readonly {readonly bytes: Uint8Array; readonly isStored: boolean}[],
  content: Uint8Array,
  options: FrameOptions = {},
): Uint8Array {
  const flags =
    0x40 |
    (options.isIndependent ? 0x20 : 0) |
    (options.hasBlockChecksums ? 0x10 : 0) |
    (options.hasContentSize ? 0x08 : 0) |
    (options.hasContentChecksum ? 0x04 : 0);
  const descriptor = new ByteWriter().u8(flags).u8((options.sizeCode ?? 4) << 4);
  if (options.hasContentSize) descriptor.u64(content.length);
  const writer = new ByteWriter().u32(0x184d2204).bytes(descriptor.toBytes());
  writer.u8(computeXxh32(descriptor.toBytes()) >>> 8);
  for (const {bytes, isStored} of blocks) {
    writer.u32(bytes.length + (isStored ? 0x80000000 : 0)).bytes(bytes);
    if (options.hasBlockChecksums) writer.u32(computeXxh32(bytes));
  }
  if (options.hasEndMark ?? true) {
    writer.u32(0);
    if (options.hasContentChecksum) writer.u32(computeXxh32(content));
  }
  return writer.toBytes();
}

/** Nothing gets smaller by it: the blocks are stored, or literals. */
export function writeLz4(content: Uint8Array, options: FrameOptions = {}): Uint8Array {
  const {blockBytes = 65536, asLiterals = false} = options;
  const blocks = [];
  for (let at = 0; at < content.length; at += blockBytes) {
    const piece = content.subarray(at, at + blockBytes);
    blocks.push(asLiterals ? {bytes: writeLiterals(piece), isStored: false} : {bytes: piece, isStored: true});
  }
  return wrapBlocks(blocks, content, options);
}

/** One sequence without a match. */
export function writeLiterals(bytes: Uint8Array): Uint8Array {
  const writer = new ByteWriter();
  if (bytes.length < 15)
    return writer
      .u8(bytes.length << 4)
      .bytes(bytes)
      .toBytes();
  writer.u8(0xf0);
  let rest = bytes.length - 15;
  for (; rest >= 255; rest -= 255) writer.u8(255);
  return writer.u8(rest).bytes(bytes).toBytes();
}
