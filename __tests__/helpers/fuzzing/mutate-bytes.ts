import type {Random} from './random.js';

/** Tags, borders of varints, and what an attacker would try. */
const BYTES = [0, 1, 2, 5, 7, 8, 10, 12, 14, 15, 16, 31, 32, 63, 64, 127, 128, 134, 191, 254, 255];
const ENDLESS = Uint8Array.from({length: 11}, () => 255);
const MAX_PIECE_BYTES = 64;

/** A copy with one to eight defects: flipped, set, removed, doubled, cut, mixed with another file. */
export function mutateBytes(bytes: Uint8Array, others: readonly Uint8Array[], random: Random): Uint8Array {
  let mutated = Uint8Array.from(bytes);
  for (let left = 1 + random.below(8); left > 0; left--) mutated = mutateOnce(mutated, others, random);
  return mutated;
}

function mutateOnce(
  bytes: Uint8Array<ArrayBuffer>,
  others: readonly Uint8Array[],
  random: Random,
): Uint8Array<ArrayBuffer> {
  const at = random.below(bytes.length + 1);
  const pieceBytes = random.below(MAX_PIECE_BYTES);
  switch (random.below(9)) {
    case 0:
      bytes[at]! ^= 1 << random.below(8);
      return bytes;
    case 1:
      bytes[at] = random.pick(BYTES);
      return bytes;
    case 2:
      return splice(bytes, at, pieceBytes);
    case 3:
      return splice(bytes, at, 0, bytes.slice(at, at + pieceBytes));
    case 4:
      return splice(
        bytes,
        at,
        0,
        Uint8Array.from({length: 1 + random.below(8)}, () => random.pick(BYTES)),
      );
    case 5:
      return splice(bytes, at, ENDLESS.length, ENDLESS);
    case 6:
      return splice(bytes, at, 8, writeNumber(random));
    case 7: {
      const other = random.pick(others);
      const from = random.below(other.length);
      return splice(bytes, at, pieceBytes, other.subarray(from, from + random.below(4 * MAX_PIECE_BYTES)));
    }
    default:
      // Rarely, else little would be left to try.
      return random.chance(0.2) ? bytes.slice(0, at) : bytes;
  }
}

function splice(
  bytes: Uint8Array,
  at: number,
  removed: number,
  added: Uint8Array = new Uint8Array(0),
): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)]));
}

/** A power of two or one less, as u64. */
function writeNumber(random: Random): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(
    0,
    (1n << BigInt(random.below(65))) - BigInt(random.below(2)),
    true,
  );
  return bytes;
}
