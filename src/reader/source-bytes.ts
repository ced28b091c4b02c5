import {describeError, isObject, wrongType} from '../base/check.js';

/** Why a source gave no more bytes. */
export interface SourceFailure {
  readonly error: unknown;
  /** How many bytes it had given before. */
  readonly byteOffset: number;
  /** In one line. */
  readonly reason: string;
}

const MAX_REASON_CHARACTERS = 200;

/**
 * The bytes of a source that may fail. Where it does its bytes just end, so that what came before can be
 * shown; `failure` says why.
 */
export class SourceBytes {
  failure: SourceFailure | null = null;
  readonly #chunks: AsyncIterable<unknown>;
  #iterator: AsyncIterator<unknown> | null = null;
  #byteCount = 0;

  constructor(chunks: AsyncIterable<unknown>) {
    this.#chunks = chunks;
  }

  /** To be called once. @throws TypeError where the source gives anything else than bytes */
  async *read(): AsyncGenerator<Uint8Array> {
    try {
      const iterator = this.#chunks[Symbol.asyncIterator]();
      if (!isObject(iterator)) throw wrongType('source[Symbol.asyncIterator]()', 'an iterator', iterator);
      this.#iterator = iterator;
      for (let next = await this.#next(iterator); next !== null; next = await this.#next(iterator)) {
        checkChunk(next.value);
        this.#byteCount += next.value.length;
        yield next.value;
      }
    } finally {
      await this.#iterator?.return?.();
    }
  }

  /** Null at the end. */
  async #next(iterator: AsyncIterator<unknown>): Promise<IteratorResult<unknown> | null> {
    try {
      const next = await iterator.next();
      if (next.done !== true) return next;
    } catch (error) {
      this.failure = {error, byteOffset: this.#byteCount, reason: toReason(error)};
    }
    this.#iterator = null;
    return null;
  }

  /** Ends the source, although it may never give the bytes that it was asked for. Does not wait for it. */
  abandon(): void {
    const stream = this.#chunks as {destroy?: unknown};
    const iterator = this.#iterator;
    if (typeof stream.destroy === 'function') stream.destroy();
    else
      void Promise.resolve()
        .then(() => iterator?.return?.())
        .catch(() => {});
  }
}

function checkChunk(chunk: unknown): asserts chunk is Uint8Array {
  if (!(chunk instanceof Uint8Array)) throw wrongType('each chunk of the stream', 'a Uint8Array', chunk);
}

function toReason(error: unknown): string {
  const {code, syscall} = isObject(error) ? error : {};
  if (typeof code === 'string' && syscall !== undefined) return code;
  return describeError(error).replace(/\s+/g, ' ').slice(0, MAX_REASON_CHARACTERS);
}
