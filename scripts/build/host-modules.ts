// Two copies of what uses React: the command line brings its own React and Ink, the library uses those of its
// host. Everything else is in the package once.
import {readFileSync} from 'node:fs';
import {extname} from 'node:path';
import type {Plugin} from 'rolldown';
import {BuildError} from './build-error.js';

/** Marks the module ids of the copy for hosts. */
const SUFFIX = '?host';

/** What a host has; the library imports it by name. */
const HOST_PACKAGES = /^(?:ink|react)(?:\/|$)/;

/** All modules that use React, themselves or through others; `checkHostModules` finds one that is missing. */
const USES_REACT =
  /\/(?:components|hooks)\/[^?]*\.tsx?$|\/node_modules\/(?:ink-syntax-highlight\/|zustand\/esm\/(?:index|react)\.mjs$)/;

/** The input of the bundler for an entry whose React is the host's. */
export function toHostEntry(path: string): string {
  return path + SUFFIX;
}

/** The path of the file of a module. */
export function toFilePath(id: string): string {
  return id.endsWith(SUFFIX) ? id.slice(0, -SUFFIX.length) : id;
}

/** Must stand before the plugins that replace modules: these know files only. */
export function createHostPlugin(): Plugin {
  return {
    name: 'host-modules',
    async resolveId(source, importer) {
      const isForHost = [source, importer].some(id => id?.endsWith(SUFFIX));
      if (!isForHost) return null;
      if (HOST_PACKAGES.test(source)) return {id: source, external: true};
      const options = {skipSelf: true, isEntry: importer === undefined};
      const resolved = await this.resolve(toFilePath(source), importer && toFilePath(importer), options);
      if (resolved === null || resolved.external) return resolved;
      const isCopied = source.endsWith(SUFFIX) || USES_REACT.test(resolved.id);
      return isCopied ? {...resolved, id: resolved.id + SUFFIX} : resolved;
    },
    load: {
      filter: {id: new RegExp(`${SUFFIX.replace('?', '\\?')}$`)},
      handler(id) {
        const path = toFilePath(id);
        const moduleType = {'.ts': 'ts', '.tsx': 'tsx'}[extname(path)] ?? 'js';
        return {code: readFileSync(path, 'utf8'), moduleType};
      },
    },
  };
}

/** Throws if the library would bring a React or an Ink of its own. */
export function checkHostModules(libraryModules: Iterable<string>): void {
  for (const id of libraryModules) {
    if (/\/node_modules\/(?:ink|react)\//.test(id))
      throw new BuildError(`the library contains ${id}: a module that uses React is not in USES_REACT`);
  }
}
