import type {Readable} from 'node:stream';
import {CaptureError} from '../capture/damage.js';
import {MAGIC} from '../capture/header.js';
import type {CaptureInfo} from '../heap/snapshot.js';
import type {CaptureSource} from './capture-source.js';
import {type LiveEdge, nodeLiveEdge, TURN_MS} from './live-connection.js';
import type {StreamState} from './load-messages.js';
import {readRecording} from './recording-start.js';

/** memray sends its whole header at once. */
const HEADER_TURNS = 10_000 / TURN_MS;
/** More than any header has; from there on the parser decides. */
const MAX_HEADER_BYTES = 2 ** 20;
/** After so long without new data the stream is called quiet. */
const QUIET_TURNS = 1000 / TURN_MS;
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
  edge: LiveEdge = nodeLiveEdge,
): CaptureSource {
  const receiver = new Receiver(port, edge, onReceived);
  return {
    totalBytes: null,
    chunks: receiver.read(),
    waitingFor:
      `Waiting for a program on port ${port}. Start it with: memray run --live-remote --live-port ${port} … ` +
      '(If it was started already: it has ended, or another viewer is connected to it.)',
    getStreamState: () => receiver.state,
    getNotes: async capture => receiver.explainEnd(capture),
    close: async () => receiver.close(),
  };
}

class Receiver {
  state: StreamState = 'missing';
  readonly #port: number;
  readonly #edge: LiveEdge;
  readonly #onReceived: OnReceived;
  #stream: Readable | null = null;
  /** Why the connection broke; null while it did not. */
  #lossCode: string | null = null;
  /** The bytes so far until the header is complete, then null. */
  #header: Uint8Array | null = NOTHING;

  constructor(port: number, edge: LiveEdge, onReceived: OnReceived) {
    this.#port = port;
    this.#edge = edge;
    this.#onReceived = onReceived;
  }

  async *read(): AsyncGenerator<Uint8Array> {
    let stream = await this.#edge.connect(this.#port);
    while (stream === null) {
      yield NOTHING;
      await this.#edge.pause();
      stream = await this.#edge.connect(this.#port);
    }
    this.#stream = stream;
    this.state = 'growing';
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
    let quietTurns = 0;
    for (;;) {
      const piece: Uint8Array | null = stream.read();
      if (piece !== null) {
        quietTurns = 0;
        this.state = 'growing';
        this.#checkHeader(piece);
        await this.#onReceived(piece);
        yield piece;
      } else if (stream.readableEnded || stream.destroyed) {
        this.#checkEnd();
        return;
      } else if (!(await this.#edge.waitForNews(stream))) {
        quietTurns++;
        if (quietTurns > QUIET_TURNS) this.state = 'quiet';
        if (quietTurns >= HEADER_TURNS) this.#refuseSilence();
        yield NOTHING;
      }
    }
  }

  #checkHeader(piece: Uint8Array): void {
    if (this.#header === null) return;
    const bytes = Buffer.concat([this.#header, piece]);
    if (MAGIC.subarray(0, bytes.length).some((byte, index) => byte !== bytes[index])) {
      throw new CaptureError('not-a-capture', 'a program that is not memray answers there; check the port');
    }
    this.#header = readRecording(bytes) === null && bytes.length < MAX_HEADER_BYTES ? bytes : null;
  }

  /** What has a header is shown, however it ended. */
  #checkEnd(): void {
    if (this.#header === null) return;
    if (this.#lossCode !== null) {
      const message = `the connection was lost before the recording began (${this.#lossCode})`;
      throw new CaptureError('header-cut', message);
    }
    if (this.#header.length === 0) {
      throw new CaptureError('empty', 'closed the connection without having sent anything');
    }
  }

  #refuseSilence(): void {
    if (this.#header === null) return;
    if (this.#header.length > 0) {
      throw new CaptureError('header-cut', 'has sent nothing for 10 seconds after a part of its header');
    }
    const message =
      'is open, but has sent nothing for 10 seconds; is it memray run --live-remote that listens there?';
    throw new CaptureError('not-a-capture', message);
  }
}
