import {dirname, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {CaptureInput} from '../reader/capture-input.js';
import {isPath} from '../reader/check-request.js';

/** What is loaded, as far as its name does not tell it. */
export interface LoadedSource {
  /** Where the capture is, if it is in a folder: sources and modules are searched there, too. */
  readonly captureDirectory?: string | null;
  /** Whether it is another capture than the one before, though it may have the same name. */
  readonly isOther?: boolean;
}

/** The folder that a capture is in; null of bytes, streams, and what is no path. */
export function getCaptureDirectory(source: CaptureInput): string | null {
  if (!isPath(source)) return null;
  if (typeof source === 'string') return dirname(resolve(source));
  return source.protocol === 'file:' ? dirname(fileURLToPath(source)) : null;
}

/** Folders that may hold the user's own modules, the likeliest first; none where nobody knows where the capture is. */
export function listModuleFolders(captureDirectory: string | null): readonly string[] {
  return captureDirectory === null ? [] : [process.cwd(), captureDirectory];
}
