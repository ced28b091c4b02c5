import {Z_BUF_ERROR, Z_NO_FLUSH, Z_OK, Z_STREAM_END, ZStream, zlibInflate, zlibInflateInit2} from 'pako';
import type {Unpacker, UnpackStream} from './unpackers.js';

/** What opens zstd data, as the end of a sentence. */
export const OPENS_ZSTD: string = 'which a page cannot open';

/** The stream of browsers unpacks gzip too, but does not say where it ends. */
export async function loadUnpacker(kind: 'gzip' | 'zstd'): Promise<Unpacker | null> {
  return kind === 'gzip' ? {kind, createGunzip: () => new GzipPart(), single: null} : null;
}

const UNPACKED_BYTES = 64 << 10;

/** As zlib has it: the largest window, and gzip around the data. */
const WINDOW_BITS = 15 + 16;

class GzipPart implements UnpackStream {
  readonly endsWithPart = true;
  bytesWritten = 0;
  destroyed = false;
  errored: Error | null = null;
  readonly #zlib = new ZStream();
  #hasEnded = false;
  #unpacked: Uint8Array[] = [];
  /** Unpacks no more until what is there was read. */
  #onUsed = (): void => {};
  #wake = (): void => {};
  readonly #onClose: (() => void)[] = [];

  constructor() {
    zlibInflateInit2(this.#zlib, WINDOW_BITS);
  }

  write(bytes: Uint8Array, onUsed: () => void): void {
    this.#onUsed = onUsed;
    if (!this.#hasEnded && !this.destroyed) this.#unpack(bytes);
    this.#wake();
  }

  #unpack(bytes: Uint8Array): void {
    const zlib = this.#zlib;
    Object.assign(zlib, {input: bytes, next_in: 0, avail_in: bytes.length});
    let status: number;
    do {
      const output = new Uint8Array(UNPACKED_BYTES);
      Object.assign(zlib, {output, next_out: 0, avail_out: UNPACKED_BYTES});
      status = zlibInflate(zlib, Z_NO_FLUSH);
      if (zlib.next_out > 0) this.#unpacked.push(output.subarray(0, zlib.next_out));
    } while (status === Z_OK && zlib.avail_out === 0);
    this.bytesWritten += bytes.length - zlib.avail_in;
    if (status === Z_STREAM_END) this.#hasEnded = true;
    // Without more bytes there is nothing to do.
    else if (status !== Z_OK && status !== Z_BUF_ERROR) this.#fail('Z_DATA_ERROR', zlib.msg);
  }

  end(): void {
    if (!this.#hasEnded) this.#fail('Z_BUF_ERROR', 'unexpected end of file');
    this.#wake();
  }

  once(_event: 'close', listener: () => void): void {
    this.#onClose.push(listener);
  }

  destroy(error?: Error): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.errored ??= error ?? null;
    for (const listener of this.#onClose) listener();
    this.#wake();
  }

  #fail(code: string, message: string): void {
    this.errored ??= Object.assign(new Error(message), {code});
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        for (const piece of this.#unpacked.splice(0)) yield piece;
        if (this.errored !== null) throw this.errored;
        this.#onUsed();
        if (this.#hasEnded || this.destroyed) return;
        await new Promise<void>(resolve => {
          this.#wake = resolve;
        });
      }
    } finally {
      this.destroy();
    }
  }
}
