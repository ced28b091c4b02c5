/** Bytes of a live run on their way from the worker to the thread that keeps them. */
export interface ReceivedBytes {
  readonly type: 'received';
  readonly bytes: Uint8Array;
}

/** So much may be on its way: a slow disk slows the receiving down, instead of filling the memory. */
const MAX_PENDING_BYTES = 4 << 20;

/** Sends received bytes to another thread, which confirms what it has dealt with. */
export class ReceivedSender {
  #pendingBytes = 0;
  #resume = (): void => {};
  readonly #post: (message: ReceivedBytes, transfer: readonly ArrayBuffer[]) => void;

  constructor(post: (message: ReceivedBytes, transfer: readonly ArrayBuffer[]) => void) {
    this.#post = post;
  }

  /** Resolves once more may be sent. To be called by one sender at a time. */
  send(bytes: Uint8Array): Promise<void> {
    const copy = Uint8Array.from(bytes);
    this.#pendingBytes += copy.length;
    this.#post({type: 'received', bytes: copy}, [copy.buffer]);
    if (this.#pendingBytes <= MAX_PENDING_BYTES) return Promise.resolve();
    return new Promise(resolve => {
      this.#resume = resolve;
    });
  }

  confirm(byteCount: number): void {
    this.#pendingBytes -= byteCount;
    if (this.#pendingBytes <= MAX_PENDING_BYTES) this.#resume();
  }
}
