import {ByteWriter} from '../byte-writer.js';
import {decodeFrames} from '../decode-lz4.js';
import {type FrameOptions, wrapBlocks, writeLiterals} from '../lz4-writer.js';
import {mutateBytes} from './mutate-bytes.js';
import type {Random} from './random.js';

const TEXT = Buffer.from(
  'memray\0 the quick brown fox jumps over the lazy dog, and over what it has jumped over before',
);
const SKIPPABLE = Uint8Array.from([0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9, 9, 9]);

/** Frames of LZ4 with matches, mostly with a defect. */
export function createFrames(random: Random): Uint8Array {
  const frames = Array.from({length: random.pick([1, 1, 1, 2])}, () =>
    random.chance(0.1) ? SKIPPABLE : createFrame(random),
  );
  const bytes = Buffer.concat(frames);
  return random.chance(0.8) ? mutateBytes(bytes, frames, random) : bytes;
}

function createFrame(random: Random): Uint8Array {
  const blocks = Array.from({length: random.below(4)}, () =>
    random.chance(0.2)
      ? {bytes: pickText(random), isStored: true}
      : {bytes: createBlock(random), isStored: false},
  );
  const options: FrameOptions = {
    isIndependent: random.chance(0.3),
    hasBlockChecksums: random.chance(0.2),
    hasContentSize: random.chance(0.2),
    hasContentChecksum: random.chance(0.2),
    hasEndMark: random.chance(0.9),
    sizeCode: random.chance(0.02) ? 7 : 4,
  };
  return wrapBlocks(blocks, TEXT, options);
}

const pickText = (random: Random): Uint8Array => TEXT.subarray(random.below(20), 20 + random.below(70));

/** Sequences of literals and matches; the last one is of literals alone. */
function createBlock(random: Random): Uint8Array {
  const writer = new ByteWriter();
  let written = 0;
  for (let left = random.below(6); left > 0; left--) {
    const literals = pickText(random);
    const length = random.pick([4, 5, 18, 19, 20, 273, 274, 275, 1000]);
    writer.u8((Math.min(15, literals.length) << 4) | Math.min(15, length - 4));
    if (literals.length >= 15) writer.u8(literals.length - 15);
    writer.bytes(literals);
    written += literals.length;
    const distance = random.chance(0.05) ? random.below(65_536) : 1 + random.below(written);
    writer.u8(distance).u8(distance >> 8);
    for (let extra = length - 19; extra >= 0; extra -= 255) writer.u8(Math.min(extra, 255));
    written += length;
  }
  return writer.bytes(writeLiterals(pickText(random))).toBytes();
}

/** Unpacks frames at once and in pieces. Throws unless both give the same. */
export function checkFrames(bytes: Uint8Array, random: Random): void {
  const whole = decodeFrames(bytes, bytes.length + 1);
  const pieces = decodeFrames(bytes, 1 + random.below(random.pick([3, 100])));
  if (!whole.content.equals(pieces.content)) throw new Error('in pieces the content is another one');
  const [expected, error] = [whole, pieces].map(decoded => JSON.stringify(decoded.error));
  if (error !== expected || whole.isOver !== pieces.isOver) {
    throw new Error(`in pieces it ends by "${error}" instead of "${expected}"`);
  }
}
