import {closeSync, fstatSync, openSync, readSync, realpathSync, statfsSync} from 'node:fs';
import {READ_AT_ONCE} from '../platform/open-flags.js';
import {getPlatform, type Platform} from '../platform/platform.js';

/** Sizes in bytes, times in milliseconds. */
export interface ImageStat {
  readonly size: number;
  readonly mtimeMs: number;
  isFile(): boolean;
}

/**
 * Access to the file system, synchronous because symbols are looked up in a worker. Tests pass their own.
 * Calls throw node's errors; a file is a number, as node has it.
 */
export interface ImageFs {
  /** The system that the files are on. */
  readonly platform: Platform;
  realpath(path: string): string;
  /** The file system's type as statfs(2) numbers it. */
  statfsType(path: string): number;
  /** Opens for reading in a way that neither waits (for a pipe's writer) nor takes over a terminal. */
  open(path: string): number;
  stat(file: number): ImageStat;
  /** Returns how many bytes were read; 0 at the end. */
  read(file: number, buffer: Uint8Array, offset: number, length: number, position: number): number;
  close(file: number): void;
}

export const nodeImageFs: ImageFs = {
  platform: getPlatform(),
  realpath: path => realpathSync(path),
  statfsType: path => statfsSync(path).type,
  open: path => openSync(path, READ_AT_ONCE),
  stat: file => fstatSync(file),
  read: (file, buffer, offset, length, position) => readSync(file, buffer, offset, length, position),
  close: file => closeSync(file),
};
