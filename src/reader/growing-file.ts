import {type FileHandle, stat} from 'node:fs/promises';
import {isLz4Magic} from '../capture/lz4-frame.js';
import type {RecordedProcess} from '../platform/process-state.js';
import {CHUNK_BYTES} from './capture-source.js';
import {recognizeContainer} from './container.js';
import {readRecording} from './recording-start.js';

/** A header's beginning, as far as it distinguishes recordings. */
const HEAD_BYTES = 64 * 1024;

/** Enough to recognize an LZ4 frame. */
const MAGIC_BYTES = 4;

export type FileForm = 'unknown' | 'raw' | 'compressed' | 'packed';

/**
 * A raw capture that a process may be writing to. memray makes the file grow by steps of zeros and writes its
 * records over them:
 *
 *   | header | records ……………… | 0 0 0 0 0 0 … |
 *                              ^ here the process writes at this very moment
 *
 * So zeros after the last other byte are not data yet: they wait until something follows them.
 */
export class GrowingFile {
  readonly #path: string;
  readonly #file: FileHandle;
  /** All before it was handed out. */
  #offset = 0;
  /** Null until the header is there. */
  #recording: RecordedProcess | null = null;

  constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /** The process that writes; null while it is not known. */
  get process(): RecordedProcess | null {
    return this.#recording;
  }

  /**
   * What the first bytes show. "unknown" where there are too few of them; "packed" for a capture that was
   * compressed once more or put into an archive, neither of which memray writes.
   */
  async getForm(): Promise<FileForm> {
    const start = await this.#read(0, 512);
    if (start.length < MAGIC_BYTES) return 'unknown';
    if (isLz4Magic(new DataView(start.buffer).getUint32(0, true))) return 'compressed';
    return (recognizeContainer(start) ?? null) === null ? 'raw' : 'packed';
  }

  /** Whether the path leads to another file now. One that was only removed may still be written to. */
  async isReplaced(): Promise<boolean> {
    const own = await this.#file.stat();
    const present = await stat(this.#path).catch(() => own);
    return present.ino !== own.ino || present.dev !== own.dev;
  }

  /** Whether no file has this path now. */
  async isDeleted(): Promise<boolean> {
    return stat(this.#path).then(
      () => false,
      (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
    );
  }

  /** Whether what was handed out is still true: the file was not emptied for another recording. */
  async isSame(): Promise<boolean> {
    const {size} = await this.#file.stat();
    const recording = readRecording(await this.#read(0, HEAD_BYTES));
    const known = this.#recording;
    this.#recording ??= recording;
    if (known === null) return size >= this.#offset;
    return (
      size >= this.#offset && known.startTimeMs === recording?.startTimeMs && known.pid === recording.pid
    );
  }

  /** What has been written and not been handed out, up to 1 MiB of it; empty if there is nothing. */
  async readWritten(): Promise<Uint8Array> {
    // The first look shows how far the records reach, the second one reads them: whatever stands before a
    // byte that was seen has been written by then, even where the first look came too early for it.
    const seen = countWritten(await this.#read(this.#offset, CHUNK_BYTES));
    return this.#readNext(seen);
  }

  /**
   * The same where zeros are data: no program writes any more, or the file is compressed and grows only at
   * its end.
   */
  readRest(): Promise<Uint8Array> {
    return this.#readNext(CHUNK_BYTES);
  }

  async #readNext(count: number): Promise<Uint8Array> {
    const bytes = await this.#read(this.#offset, count);
    this.#offset += bytes.length;
    return bytes;
  }

  async #read(offset: number, count: number): Promise<Uint8Array> {
    if (count === 0) return new Uint8Array(0);
    const bytes = new Uint8Array(count);
    const {bytesRead} = await this.#file.read(bytes, 0, count, offset);
    return bytes.subarray(0, bytesRead);
  }
}

/** The bytes up to the last one that is not zero. */
function countWritten(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return end;
}
