import type {Readable} from 'node:stream';
import {CaptureError} from '../capture/damage.js';
import type {CaptureInfo} from '../heap/snapshot.js';
import type {CaptureSource} from './capture-source.js';
import {type LiveHost, nodeLiveHost} from './live-connection.js';
import {LiveHeader} from './live-header.js';
import type {StreamState} from './load-messages.js';

/** After so long without new data the stream is called quiet. */
const QUIET_MS = 1000;
const NOTHING = new Uint8Array(0);

/** Gets the bytes as they come. More are received once it resolves; they are valid until then. */
export type OnReceived = (bytes: Uint8Array) => Promise<void>;

/**
 * A program that was started with `memray run --live-remote --live-port PORT`, or that is going to be. It
 * waits until somebody connects, then runs and sends its records in the form of an uncompressed capture whose
 * totals are 0. It accepts one connection only, so a lost one cannot be resumed.
 */
export function openLive(
  port: number,
  onReceived: OnReceived = async () => {},
  host: LiveHost = nodeLiveHost,
): CaptureSource {
  const receiver = new Receiver(port, host, onReceived);
  return {
    totalBytes: null,
    chunks: receiver.read(),
    waitingFor:
      `Waiting for a program on port ${port}. Start it with: memray run --live-remote --live-port ${port} … ` +
      '(If it was started already: it has ended, or another viewer is connected to it.)',
    getStreamState: () => receiver.state,
    getElapsedMs: () => receiver.elapsedMs,
    getNotes: async capture => receiver.explainEnd(capture),
    close: async () => receiver.close(),
  };
}

class Receiver {
  state: StreamState = 'missing';
  readonly #port: number;
  readonly #host: LiveHost;
  readonly #onReceived: OnReceived;
  #stream: Readable | null = null;
  /** Why the connection broke; null while it did not. */
  #lossCode: string | null = null;
  #connectedMs = 0;
  readonly #header = new LiveHeader();

  constructor(port: number, host: LiveHost, onReceived: OnReceived) {
    this.#port = port;
    this.#host = host;
    this.#onReceived = onReceived;
  }

  /** memray runs the program once somebody is connected. */
  get elapsedMs(): number {
    return this.state === 'missing' ? 0 : this.#host.now() - this.#connectedMs;
  }

  async *read(): AsyncGenerator<Uint8Array> {
    let stream = await this.#host.connect(this.#port);
    while (stream === null) {
      yield NOTHING;
      await this.#host.pause();
      stream = await this.#host.connect(this.#port);
    }
    this.#stream = stream;
    this.#connectedMs = this.#host.now();
    this.state = 'connected';
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.#lossCode = error.code ?? error.message;
    });
    yield* this.#receive(stream);
  }

  close(): void {
    this.#stream?.destroy();
  }

  explainEnd({finished, damage}: Pick<CaptureInfo, 'finished' | 'damage'>): readonly string[] {
    if (finished || damage !== null) return [];
    if (this.#lossCode === null) {
      return ['No end mark: the connection was closed before the recording ended.'];
    }
    return [`Connection lost (${this.#lossCode}) before the recording ended. This is what was received.`];
  }

  async *#receive(stream: Readable): AsyncGenerator<Uint8Array> {
    let lastMs = this.#connectedMs;
    for (;;) {
      const piece: Uint8Array | null = stream.read();
      if (piece !== null) {
        lastMs = this.#host.now();
        this.#header.add(piece);
        if (this.#header.isComplete) this.state = 'growing';
        await this.#onReceived(piece);
        yield piece;
      } else if (stream.readableEnded || stream.destroyed) {
        this.#checkEnd();
        return;
      } else if (!(await this.#host.waitForNews(stream))) {
        if (this.#header.isComplete && this.#host.now() - lastMs > QUIET_MS) this.state = 'quiet';
        yield NOTHING;
      }
      const nowMs = this.#host.now();
      this.#header.checkTime(nowMs - lastMs, nowMs - this.#connectedMs);
    }
  }

  /** What has a header is shown, however it ended. */
  #checkEnd(): void {
    if (this.#header.isComplete) return;
    if (this.#lossCode !== null) {
      const message = `the connection was lost before the recording began (${this.#lossCode})`;
      throw new CaptureError('header-cut', message);
    }
    if (this.#header.byteCount === 0) {
      throw new CaptureError('empty', 'closed the connection without having sent anything');
    }
  }
}
