import {open, realpath, stat, statfs} from 'node:fs/promises';
import {READ_AT_ONCE} from '../platform/open-flags.js';
import {getPlatform, type Platform} from '../platform/platform.js';

/** What the reader needs to know of an open file. Sizes in bytes. */
export interface SourceStat {
  readonly size: number;
  readonly mode: number;
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

/**
 * The edge to the file system; tests give their own. Calls reject with node's errors (`code`: "ENOENT", …).
 */
export interface SourceFs {
  /** The system that the files are on. */
  readonly platform: Platform;
  realpath(path: string): Promise<string>;
  /** Opens for reading in a way that neither waits (for a pipe's writer) nor takes over a terminal. */
  open(path: string): Promise<SourceHandle>;
  /** Of a folder: its mode, as stat(2) has it. */
  getMode(folder: string): Promise<number>;
  /** The file system's type as statfs(2) numbers it. */
  statfs(path: string): Promise<{readonly type: number}>;
}

export const nodeSourceFs: SourceFs = {
  platform: getPlatform(),
  realpath: path => realpath(path),
  open: path => open(path, READ_AT_ONCE),
  getMode: async folder => (await stat(folder)).mode,
  statfs: path => statfs(path),
};
