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
    const bits = BigInt.asUintN(64, BigInt(value));
    return this.u32(Number(bits & 0xffffffffn)).u32(Number(bits >> 32n));
  }
  varint(value: number | bigint): this {
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest > 127n; rest >>= 7n) this.#bytes.push(Number(rest & 127n) | 128);
    this.#bytes.push(Number(rest));
    return this;
  }
  signedVarint(value: number | bigint): this {
    const signed = BigInt.asIntN(64, BigInt(value));
    return this.varint(signed < 0n ? -signed * 2n - 1n : signed * 2n);
  }
  text(value: string): this {
    return this.bytes(new TextEncoder().encode(value)).u8(0);
  }
  bytes(values: Iterable<number>): this {
    for (const value of values) this.#bytes.push(value);
    return this;
  }
  toBytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}
