import {dirname, isAbsolute, relative, resolve, sep} from 'node:path';
import type {InputSpec} from '../src/reader/input-spec.js';
import type {PathMapping, SourceSearchOptions} from '../src/source/search-options.js';
import type {CliOptions} from './cli-values.js';
import {listPaths} from './input-paths.js';

/** Where the (first) capture lies, null for standard input and sockets. */
function getCaptureDirectory(input: InputSpec): string | null {
  const [path = '-'] = listPaths(input);
  return path === '-' ? null : dirname(resolve(path));
}

/** Where source files are on this machine, besides what the capture says. */
export function getSourcePlaces({
  input,
  pathMap,
  sourceRoot,
}: Pick<CliOptions, 'input' | 'pathMap' | 'sourceRoot'>): Omit<
  SourceSearchOptions,
  'searchPaths' | 'libdest'
> {
  const captureDirectory = getCaptureDirectory(input);
  return {pathMap, sourceRoot, currentDirectory: process.cwd(), captureDirectory};
}

/**
 * Folders that may hold the user's own modules, the likeliest first: the current one and that of the capture,
 * and what they were called where the program was recorded.
 */
export function listModuleFolders(input: InputSpec, pathMap: readonly PathMapping[] = []): readonly string[] {
  const captureDirectory = getCaptureDirectory(input);
  const here = [process.cwd(), ...(captureDirectory === null ? [] : [captureDirectory])];
  return [...here, ...here.flatMap(folder => pathMap.flatMap(mapping => mapBack(folder, mapping)))];
}

/** The recorded folder that a folder of this machine stands for; empty where it is not below `to`. */
function mapBack(folder: string, {from, to}: PathMapping): string[] {
  const below = relative(resolve(to), folder);
  if (below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below)) return [];
  return [
    [from.replace(/\/+$/, ''), ...below.split(sep)]
      .filter((part, index) => index === 0 || part !== '')
      .join('/'),
  ];
}
