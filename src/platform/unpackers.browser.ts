import type {Unpacker, UnpackStream} from './unpackers.js';

/** What opens zstd data, as the end of a sentence. */
export const OPENS_ZSTD: string = 'which a page cannot open';

/** A page unpacks gzip, by its own stream. That ends with the first part: another one after it is an error. */
export async function loadUnpacker(kind: 'gzip' | 'zstd'): Promise<Unpacker | null> {
  return kind === 'gzip' ? {kind, createGunzip: () => new GzipStream(), single: null} : null;
}

class GzipStream implements UnpackStream {
  bytesWritten = 0;
  destroyed = false;
  errored: Error | null = null;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #onClose: (() => void)[] = [];

  constructor() {
    const {readable, writable} = new DecompressionStream('gzip');
    this.#reader = readable.getReader();
    this.#writer = writable.getWriter();
    // Errors of writing are those of reading as well.
    this.#writer.closed.catch(() => {});
  }

  write(bytes: Uint8Array, onUsed: () => void): void {
    this.#writer.write(bytes).then(
      () => {
        this.bytesWritten += bytes.length;
        onUsed();
      },
      error => this.#fail(error, 'Z_DATA_ERROR'),
    );
  }

  /** Only then it is known that bytes are missing. */
  end(): void {
    this.#writer.close().catch(error => this.#fail(error, 'Z_BUF_ERROR'));
  }

  once(_event: 'close', listener: () => void): void {
    this.#onClose.push(listener);
  }

  destroy(error?: Error): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.errored ??= error ?? null;
    this.#reader.cancel().catch(() => {});
    this.#writer.abort().catch(() => {});
    for (const listener of this.#onClose) listener();
  }

  #fail(error: unknown, code: string): void {
    if (this.destroyed) return;
    const {message} = error instanceof Error ? error : new Error(String(error));
    this.destroy(Object.assign(new Error(message, {cause: error}), {code}));
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const {done, value} = await this.#reader.read().catch(error => this.#explain(error));
        if (this.errored !== null) throw this.errored;
        if (done) return;
        yield value;
      }
    } finally {
      this.destroy();
    }
  }

  /** Reading fails before writing says of what. */
  async #explain(error: unknown): Promise<{done: true; value: undefined}> {
    await this.#writer.closed.catch(() => {});
    this.#fail(error, 'Z_DATA_ERROR');
    return {done: true, value: undefined};
  }
}
