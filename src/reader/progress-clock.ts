import type {CaptureParser} from '../heap/capture-parser.js';
import type {CaptureSource} from './capture-source.js';
import {GrowthMeter} from './growth-meter.js';
import type {LoadProgress, RecordingProgress} from './load-messages.js';

/** How often progress is reported. */
const PROGRESS_INTERVAL_MS = 100;

type ParserFacts = Pick<CaptureParser, 'records' | 'allocationRecords' | 'heapBytes'>;

/** Measures how far a load is. */
export class ProgressClock {
  readonly #source: CaptureSource;
  readonly #parser: ParserFacts;
  readonly #getNow: () => number;
  readonly #startMs: number;
  readonly #growth = new GrowthMeter();
  #lastMs: number;
  #bytesRead = 0;

  /** `getNow`: milliseconds that never decrease. */
  constructor(source: CaptureSource, parser: ParserFacts, getNow = () => performance.now()) {
    this.#source = source;
    this.#parser = parser;
    this.#getNow = getNow;
    this.#startMs = getNow();
    this.#lastMs = this.#startMs;
  }

  /** Takes note of bytes that were read. Returns the progress where it is time to report it, else null. */
  advance(byteCount: number): LoadProgress | null {
    this.#bytesRead += byteCount;
    const nowMs = this.#getNow();
    if (nowMs - this.#lastMs < PROGRESS_INTERVAL_MS) return null;
    this.#lastMs = nowMs;
    return this.now();
  }

  now(): LoadProgress {
    const source = this.#source;
    return {
      // What is compressed is measured as it is stored, as its size is.
      bytesRead: source.unpacking?.packedBytes ?? this.#bytesRead,
      totalBytes: source.totalBytes,
      records: this.#parser.records,
      elapsedMs: this.#getNow() - this.#startMs,
      ...this.#getStream(),
    };
  }

  #getStream(): Pick<LoadProgress, 'stream' | 'waitingFor' | 'recording'> | null {
    const source = this.#source;
    if (source.getStreamState === undefined) return null;
    const {waitingFor} = source;
    const stream = source.getStreamState();
    if (stream !== 'missing') return {stream, recording: this.#getRecording()};
    return waitingFor === undefined ? {stream} : {stream, waitingFor};
  }

  #getRecording(): RecordingProgress {
    const {allocationRecords, heapBytes} = this.#parser;
    return {
      elapsedMs: this.#source.getElapsedMs?.() ?? 0,
      allocationRecords,
      heapBytes,
      growthPerSecond: heapBytes === null ? null : this.#growth.measure(this.#getNow(), heapBytes),
    };
  }
}
