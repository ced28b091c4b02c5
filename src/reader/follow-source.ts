import type {FileHandle} from 'node:fs/promises';
import {CaptureError} from '../capture/damage.js';
import {getProcessState, type ProcessState, type RecordedProcess} from '../platform/process-state.js';
import {type CaptureSource, getUnpackNotes, SourceReplaced} from './capture-source.js';
import {type FileForm, GrowingFile} from './growing-file.js';
import type {StreamState} from './load-messages.js';
import {openRegularFile} from './regular-file.js';
import {explainUnfinished} from './unfinished.js';
import {Unpacking} from './unpack.js';
import {unpackGrowing} from './unpack-growing.js';

/** Access to the rest of the machine; tests pass their own. */
export interface FollowHost {
  /** Milliseconds since 1970. */
  now(): number;
  /** Lets the time between two looks go by. */
  pause(): Promise<void>;
  /** What is known about the process that writes. */
  getProcessState(recorded: RecordedProcess): ProcessState;
}

/** New records are found only by looking at the file: they come through mapped memory, unseen by fs.watch. */
const LOOK_MS = 100;
/** After a second without anything new it is called quiet. */
const QUIET_LOOKS = 1000 / LOOK_MS;
/**
 * A process that cannot be seen here (it ran before, or in a container) is taken for ended after half a
 * minute.
 */
const MAX_QUIET_LOOKS = 30_000 / LOOK_MS;
const NOTHING = new Uint8Array(0);
const MISSING = 'Waiting for the recording to begin: there is no such file yet, or it is empty.';
const DELETED = 'The file was deleted while it was being followed.';

const nodeHost: FollowHost = {
  now: Date.now,
  pause: () => new Promise(resolve => setTimeout(resolve, LOOK_MS)),
  getProcessState: recorded => getProcessState(recorded),
};

/**
 * A capture that is still being written, or not even there yet: its bytes as they come, until the recording
 * is over. Where its process is gone without having finished it, the bytes just end.
 */
export function followFile(path: string, host: FollowHost = nodeHost): CaptureSource {
  const follower = new Follower(path, host);
  return {
    totalBytes: null,
    chunks: follower.read(),
    waitingFor: MISSING,
    unpacking: follower.unpacking,
    expectEnd: () => follower.expectEnd(),
    abandon: () => follower.stop(),
    getStreamState: () => follower.state,
    getElapsedMs: () => follower.elapsedMs,
    getNotes: async capture => [
      ...(follower.isDeleted ? [DELETED] : []),
      ...explainUnfinished(capture),
      ...getUnpackNotes(follower.unpacking, capture),
    ],
    close: async () => {},
  };
}

class Follower {
  state: StreamState = 'missing';
  /** No file has this path any more; the process may still write to the one that had it. */
  isDeleted = false;
  readonly unpacking: Unpacking;
  readonly #path: string;
  readonly #host: FollowHost;
  #isStopped = false;
  #isEndExpected = false;
  #wasAlive = false;
  /** When the recording began, or when it was first seen where its process is not to be seen. */
  #startMs: number | null = null;
  /** Looks in a row that showed nothing new. */
  #quietLooks = 0;

  constructor(path: string, host: FollowHost) {
    this.unpacking = new Unpacking(path);
    this.#path = path;
    this.#host = host;
  }

  get elapsedMs(): number {
    return this.#startMs === null ? 0 : Math.max(0, this.#host.now() - this.#startMs);
  }

  /** Ends the bytes at the next look, whatever may still come. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Ends the bytes as soon as nothing has come for a second. */
  expectEnd(): void {
    this.#isEndExpected = true;
  }

  async *read(): AsyncGenerator<Uint8Array> {
    let file = await openIfWritten(this.#path);
    while (file === null) {
      yield NOTHING;
      await this.#host.pause();
      if (this.#isStopped) return;
      file = await openIfWritten(this.#path);
    }
    try {
      this.state = 'growing';
      this.#startMs = this.#host.now();
      const growing = new GrowingFile(this.#path, file);
      const form = yield* this.#waitForForm(growing);
      const bytes = this.#readGrowing(growing, form !== 'raw' && form !== 'unknown');
      if (form === 'packed') yield* unpackGrowing(this.unpacking, bytes, () => this.stop());
      else yield* bytes;
    } finally {
      await file.close();
    }
  }

  async *#waitForForm(growing: GrowingFile): AsyncGenerator<Uint8Array, FileForm> {
    let form = await growing.getForm();
    while (form === 'unknown' && !this.#hasEnded(null)) {
      this.#quietLooks++;
      yield NOTHING;
      await this.#host.pause();
      form = await growing.getForm();
    }
    return form;
  }

  /**
   * A compressed file is a recording that was finished and that is copied or downloaded meanwhile: the process
   * that it records has nothing to do with its end, so only silence shows that the rest will not come.
   */
  async *#readGrowing(growing: GrowingFile, isCompressed: boolean): AsyncGenerator<Uint8Array> {
    for (let isOver = false; ; ) {
      // Asked before the look, which thus sees all that was written until then.
      const isReplaced = await growing.isReplaced();
      isOver ||= isReplaced || this.#hasEnded(growing.process);
      const piece = isOver || isCompressed ? await growing.readRest() : await growing.readWritten();
      if (!(await growing.isSame())) throw new SourceReplaced();
      if (piece.length === 0 && isReplaced) throw new SourceReplaced();
      if (this.#isStopped || (piece.length === 0 && isOver)) return;
      this.#quietLooks = piece.length > 0 ? 0 : this.#quietLooks + 1;
      this.isDeleted = await growing.isDeleted();
      this.state = this.#getState(isCompressed);
      yield piece;
      if (piece.length === 0) await this.#host.pause();
    }
  }

  #getState(isCompressed: boolean): StreamState {
    if (this.isDeleted) return 'deleted';
    if (isCompressed) return 'incomplete';
    return this.#quietLooks > QUIET_LOOKS ? 'quiet' : 'growing';
  }

  #hasEnded(recorded: RecordedProcess | null): boolean {
    if (this.#isEndExpected && this.#quietLooks > QUIET_LOOKS) return true;
    const state = recorded === null ? 'gone' : this.#host.getProcessState(recorded);
    const isAlive = state !== 'gone';
    if (recorded !== null && state === 'running') this.#startMs = recorded.startTimeMs;
    this.#wasAlive ||= isAlive;
    return !isAlive && (this.#wasAlive || this.#quietLooks > MAX_QUIET_LOOKS);
  }
}

/** Null for a file that is not there, or empty: with --aggregate it stays so until the recording ends. */
async function openIfWritten(path: string): Promise<FileHandle | null> {
  try {
    const file = await openRegularFile(path);
    if ((await file.stat()).size > 0) return file;
    await file.close();
    return null;
  } catch (error) {
    if (error instanceof CaptureError && (error.cause as NodeJS.ErrnoException)?.code === 'ENOENT')
      return null;
    throw error;
  }
}
