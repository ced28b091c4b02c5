import {dirname, resolve} from 'node:path';
import type {InputSpec} from '../src/reader/input-spec.js';
import {listPaths} from './input-paths.js';

/** Where the (first) capture lies, null for standard input and sockets. */
export function getCaptureDirectory(input: InputSpec): string | null {
  const [path = '-'] = listPaths(input);
  return path === '-' ? null : dirname(resolve(path));
}

/** Folders of this machine that may hold the user's own modules, the likeliest first. */
export function listModuleFolders(input: InputSpec): readonly string[] {
  const captureDirectory = getCaptureDirectory(input);
  return [process.cwd(), ...(captureDirectory === null ? [] : [captureDirectory])];
}
