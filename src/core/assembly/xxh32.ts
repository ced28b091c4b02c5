// xxHash 32, the checksum of LZ4 frames (seed 0), fed in pieces.
//
// State: four accumulators, total length, up to 15 bytes that wait for a whole stripe of 16.

const P1: u32 = 0x9e3779b1;
const P2: u32 = 0x85ebca77;
const P3: u32 = 0xc2b2ae3d;
const P4: u32 = 0x27d4eb2f;
const P5: u32 = 0x165667b1;

@unmanaged
export class Xxh32 {
  a: u32;
  b: u32;
  c: u32;
  d: u32;
  total: u64;
  pending: u32;
  /** 16 bytes of memory. */
  buffer: usize;

  reset(buffer: usize): void {
    this.a = P1 + P2;
    this.b = P2;
    this.c = 0;
    this.d = 0 - P1;
    this.total = 0;
    this.pending = 0;
    this.buffer = buffer;
  }

  private stripe(at: usize): void {
    this.a = rotl<u32>(this.a + load<u32>(at) * P2, 13) * P1;
    this.b = rotl<u32>(this.b + load<u32>(at, 4) * P2, 13) * P1;
    this.c = rotl<u32>(this.c + load<u32>(at, 8) * P2, 13) * P1;
    this.d = rotl<u32>(this.d + load<u32>(at, 12) * P2, 13) * P1;
  }

  update(at: usize, bytes: u32): void {
    this.total += bytes;
    const end = at + bytes;
    if (this.pending > 0) {
      const taken = min<u32>(16 - this.pending, bytes);
      memory.copy(this.buffer + this.pending, at, taken);
      this.pending += taken;
      at += taken;
      if (this.pending < 16) return;
      this.stripe(this.buffer);
      this.pending = 0;
    }
    for (; at + 16 <= end; at += 16) this.stripe(at);
    this.pending = <u32>(end - at);
    memory.copy(this.buffer, at, this.pending);
  }

  digest(): u32 {
    let h: u32 =
      this.total >= 16
        ? rotl<u32>(this.a, 1) + rotl<u32>(this.b, 7) + rotl<u32>(this.c, 12) + rotl<u32>(this.d, 18)
        : P5;
    h += <u32>this.total;
    let at = this.buffer;
    const end = at + this.pending;
    for (; at + 4 <= end; at += 4) h = rotl<u32>(h + load<u32>(at) * P3, 17) * P4;
    for (; at < end; at++) h = rotl<u32>(h + <u32>load<u8>(at) * P5, 11) * P1;
    h = (h ^ (h >> 15)) * P2;
    h = (h ^ (h >> 13)) * P3;
    return h ^ (h >> 16);
  }
}
