import {dirname, resolve} from 'node:path';
import type {ReadingOrder} from '../src/reader/reading-order.js';
import {listPaths} from './order-paths.js';

/** The current directory; empty where it has been removed. */
export function getCurrentDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return '';
  }
}

/** Where the (first) capture lies, null for standard input and sockets. */
export function getCaptureDirectory(order: ReadingOrder): string | null {
  const [path = '-'] = listPaths(order);
  if (path === '-') return null;
  const folder = dirname(path);
  return folder.startsWith('/') || getCurrentDirectory() !== '' ? resolve(folder) : null;
}

/** Folders of this machine that may hold the user's own modules, the likeliest first. */
export function listModuleFolders(order: ReadingOrder): readonly string[] {
  return [getCurrentDirectory(), getCaptureDirectory(order) ?? ''].filter(folder => folder !== '');
}
