import {dirname, resolve} from 'node:path';
import type {ReadingOrder} from '../src/reader/reading-order.js';
import {listPaths} from './order-paths.js';

/** Where the (first) capture lies, null for standard input and sockets. */
export function getCaptureDirectory(order: ReadingOrder): string | null {
  const [path = '-'] = listPaths(order);
  return path === '-' ? null : dirname(resolve(path));
}

/** Folders of this machine that may hold the user's own modules, the likeliest first. */
export function listModuleFolders(order: ReadingOrder): readonly string[] {
  const captureDirectory = getCaptureDirectory(order);
  return [process.cwd(), ...(captureDirectory === null ? [] : [captureDirectory])];
}
