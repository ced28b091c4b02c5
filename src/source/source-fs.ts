import {constants} from 'node:fs';
import {open, realpath, statfs} from 'node:fs/promises';

/** What the reader needs to know of an open file. Times in milliseconds, sizes in bytes. */
export interface SourceStat {
  readonly size: number;
  readonly mode: number;
  readonly mtimeMs: number;
  isFile(): boolean;
}

export interface SourceHandle {
  stat(): Promise<SourceStat>;
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{readonly bytesRead: number}>;
  close(): Promise<void>;
}

/** The edge to the file system; tests give their own. Calls reject with node's errors (`code`: "ENOENT", …). */
export interface SourceFs {
  realpath(path: string): Promise<string>;
  /** Opens for reading in a way that neither waits (for a pipe's writer) nor takes over a terminal. */
  open(path: string): Promise<SourceHandle>;
  /** The file system's type as statfs(2) numbers it. */
  statfs(path: string): Promise<{readonly type: number}>;
}

export const nodeSourceFs: SourceFs = {
  realpath: path => realpath(path),
  // Windows has neither flag; undefined counts as 0 there.
  open: path => open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0)),
  statfs: path => statfs(path),
};
