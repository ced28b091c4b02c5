import type {PlatformPath} from 'node:path';
import {getPseudoFile} from './pseudo-file.js';
import type {SourceSearchOptions} from './search-options.js';

/** A hostile capture may name thousands of search paths or a path of thousands of parts. */
const MAX_SEARCH_PATHS = 64;
const MAX_SUFFIXES = 32;

/** Names that stand for themselves in many folders: alone they do not say which file is meant. */
const AMBIGUOUS_NAMES: ReadonlySet<string> = new Set([
  '__init__.py',
  '__main__.py',
  'setup.py',
  'conftest.py',
]);

const isWindowsName = (file: string): boolean => /^[A-Za-z]:[\\/]/.test(file) || file.startsWith('\\\\');
const isAbsoluteName = (file: string): boolean => file.startsWith('/') || isWindowsName(file);

/** Parts of a recorded path, whichever system recorded it: `C:\app\x.py` → `C:`, `app`, `x.py`. */
function splitParts(file: string): string[] {
  return file.split(isWindowsName(file) ? /[\\/]+/ : /\/+/).filter(part => part !== '' && part !== '.');
}

/** The parts of `file` below `folder`, or null if it is not below it. */
function getPartsBelow(file: string, folder: string): readonly string[] | null {
  if (isAbsoluteName(file) !== isAbsoluteName(folder)) return null;
  const parts = splitParts(file);
  const outer = splitParts(folder);
  if (outer.length >= parts.length || outer.some((part, index) => part !== parts[index])) return null;
  return parts.slice(outer.length);
}

/**
 * The ends of `file` to look for below the source root, longest first. Where the recorded search path shows
 * the file's module, an end shorter than that would name another module, so it is left out.
 */
function getSuffixes(file: string, searchPaths: readonly string[]): readonly (readonly string[])[] {
  const parts = splitParts(file);
  const modules = searchPaths
    .map(path => getPartsBelow(file, path)?.length ?? 0)
    .filter(length => length > 0);
  let shortest = modules.length > 0 ? Math.min(...modules) : 1;
  if (shortest === 1 && AMBIGUOUS_NAMES.has(parts.at(-1) ?? '')) shortest = Math.min(2, parts.length);
  const longest = Math.min(parts.length, shortest + MAX_SUFFIXES - 1);
  const suffixes: (readonly string[])[] = [];
  for (let length = longest; length >= shortest; length--) suffixes.push(parts.slice(parts.length - length));
  return suffixes;
}

/** `<frozen importlib._bootstrap>` was frozen from libdest/importlib/_bootstrap.py. */
function listFrozenCandidates(name: string, libdest: string, path: PlatformPath): readonly string[] {
  const module = /^<frozen ([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)>$/.exec(name)?.[1];
  if (module === undefined || libdest === '') return [];
  const parts = module.split('.');
  return [`${path.join(libdest, ...parts)}.py`, path.join(libdest, ...parts, '__init__.py')];
}

/**
 * Where a recorded file may be on this machine, best first and each once: path map, source root, as recorded,
 * below the current directory, below the capture's directory, below the capture's search paths.
 * Pure; nothing is looked up. `path` is node:path, given so that the other system's rules can be tested.
 */
export function listCandidates(
  file: string,
  search: SourceSearchOptions,
  path: PlatformPath,
): readonly string[] {
  const found = new Set<string>();
  const resolve = (folder: string, parts: readonly string[]): void => {
    found.add(path.resolve(search.currentDirectory, folder, ...parts));
  };
  if (getPseudoFile(file) !== null) {
    for (const candidate of listFrozenCandidates(file, search.libdest, path)) found.add(candidate);
    return [...found];
  }
  const searchPaths = search.searchPaths.filter(folder => folder !== '').slice(0, MAX_SEARCH_PATHS);
  for (const mapping of search.pathMap) {
    if (mapping.from === file) resolve(mapping.to, []);
    const below = getPartsBelow(file, mapping.from);
    if (below !== null) resolve(mapping.to, below);
  }
  if (search.sourceRoot !== null) {
    for (const suffix of getSuffixes(file, searchPaths)) resolve(search.sourceRoot, suffix);
  }
  if (path.isAbsolute(file)) {
    found.add(path.normalize(file));
  } else if (!isAbsoluteName(file)) {
    resolve('.', [file]);
    if (search.captureDirectory !== null) resolve(search.captureDirectory, [file]);
    for (const folder of searchPaths) resolve(folder, [file]);
  }
  return [...found];
}
