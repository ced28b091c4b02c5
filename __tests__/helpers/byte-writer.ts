const encoder = new TextEncoder();

/** Where numbers need no BigInt, which takes ten times as long. */
const isShort = (value: number | bigint): value is number =>
  typeof value === 'number' && value >= 0 && value < 2 ** 31;

/** A growing list of bytes with the encodings of the format. */
export class ByteWriter {
  readonly #bytes: number[] = [];

  u8(value: number): this {
    this.#bytes.push(value & 255);
    return this;
  }
  u32(value: number): this {
    for (let shift = 0; shift < 32; shift += 8) this.#bytes.push((value >>> shift) & 255);
    return this;
  }
  u64(value: number | bigint): this {
    if (isShort(value)) return this.u32(value).u32(0);
    const bits = BigInt.asUintN(64, BigInt(value));
    return this.u32(Number(bits & 0xffffffffn)).u32(Number(bits >> 32n));
  }
  varint(value: number | bigint): this {
    if (isShort(value)) {
      let short = value;
      for (; short > 127; short >>= 7) this.#bytes.push((short & 127) | 128);
      return this.u8(short);
    }
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest > 127n; rest >>= 7n) this.#bytes.push(Number(rest & 127n) | 128);
    this.#bytes.push(Number(rest));
    return this;
  }
  signedVarint(value: number | bigint): this {
    if (isShort(value) && value < 2 ** 30) return this.varint(2 * value);
    const signed = BigInt.asIntN(64, BigInt(value));
    return this.varint(signed < 0n ? -signed * 2n - 1n : signed * 2n);
  }
  text(value: string): this {
    return this.bytes(encoder.encode(value)).u8(0);
  }
  bytes(values: Iterable<number>): this {
    for (const value of values) this.#bytes.push(value);
    return this;
  }
  toBytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}
