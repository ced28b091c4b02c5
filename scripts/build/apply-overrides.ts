// Replaces modules by those of src/ink-overrides, and stops the build where an original is no longer as
// expected.
import {existsSync, readFileSync, realpathSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import type {Plugin} from 'rolldown';
import type {ModuleOverride, Overrides} from '../../src/ink-overrides/overrides.ts';
import {BuildError} from './build-error.js';

export interface OverrideFolders {
  /** Of the installed packages. */
  readonly packages: string;
  /** Of the replacements. */
  readonly replacements: string;
}

/** The module of a replacements folder that gets the originals: the replacements import them from there. */
const ORIGINALS = 'originals.ts';

/** Throws BuildError if a package does not have what the overrides replace. */
export async function checkOverrides(folders: OverrideFolders, overrides: Overrides): Promise<void> {
  for (const override of overrides.modules) await checkModule(folders, override);
  for (const {module, before} of overrides.patches) checkCode(folders, module, before, 'the build patches');
  for (const {module, use, global} of overrides.globals)
    checkCode(folders, module, use, `the build replaces ${global} for`);
}

async function checkModule(folders: OverrideFolders, override: ModuleOverride): Promise<void> {
  const {original, replacement, exports, reliesOn = [], isAbsent = false} = override;
  if (!existsSync(join(folders.replacements, replacement)))
    throw new BuildError(`${replacement}, which should replace ${original}, does not exist`);
  if (isAbsent) return;
  const path = findModule(folders, original, `${replacement} replaces`);
  for (const code of reliesOn) checkCode(folders, original, code, `${replacement} relies on`);
  const names = Object.keys(await import(pathToFileURL(path).href));
  const missing = exports.filter(name => !names.includes(name));
  if (missing.length > 0)
    throw new BuildError(
      `${original} no longer exports ${missing.join(', ')}, which ${replacement} replaces`,
    );
}

function checkCode(folders: OverrideFolders, module: string, code: string, reason: string): void {
  if (!readFileSync(findModule(folders, module, reason), 'utf8').includes(code))
    throw new BuildError(`${module} no longer contains what ${reason}: ${JSON.stringify(code.trim())}`);
}

function findModule(folders: OverrideFolders, module: string, reason: string): string {
  const path = join(folders.packages, module);
  if (!existsSync(path)) throw new BuildError(`${module}, which ${reason}, does not exist`);
  return path;
}

export interface OverridePlugin {
  readonly plugin: Plugin;
  /** To be called after the build. Throws BuildError if the build had no use for one of the overrides. */
  checkUse(): void;
}

/**
 * Replaces modules and patches code while a bundle is built. Rejects with BuildError as `checkOverrides`
 * does.
 */
export async function createOverridePlugin(
  folders: OverrideFolders,
  overrides: Overrides,
): Promise<OverridePlugin> {
  await checkOverrides(folders, overrides);
  const unused = new Set([...overrides.modules, ...overrides.patches]);
  const originals = join(folders.replacements, ORIGINALS);
  const byPath = new Map(overrides.modules.map(override => [toPath(folders, override), override]));
  const plugin: Plugin = {
    name: 'overrides',
    resolveId: {
      filter: {id: toFilter(overrides.modules)},
      /** By the file that is meant: some packages contain an older string-width of their own. */
      async handler(source, importer) {
        if (importer === originals) return null;
        const resolved = await this.resolve(source, importer, {skipSelf: true});
        const override = byPath.get(resolved?.id ?? source);
        if (override === undefined) return null;
        unused.delete(override);
        return join(folders.replacements, override.replacement);
      },
    },
    transform(code, id) {
      const patches = overrides.patches.filter(({module}) => id === toRealPath(folders, module));
      for (const patch of patches) unused.delete(patch);
      if (patches.length === 0) return null;
      // Without a map: of packages there is none anyway.
      return {
        code: patches.reduce((text, {before, after}) => text.replace(before, () => after), code),
        map: null,
      };
    },
  };
  return {
    plugin,
    checkUse() {
      for (const override of unused) {
        const module = 'module' in override ? override.module : override.original;
        throw new BuildError(`nothing imports ${module} any more, which src/ink-overrides replaces`);
      }
    },
  };
}

function toPath(folders: OverrideFolders, {original, isAbsent}: ModuleOverride): string {
  return isAbsent ? original : toRealPath(folders, original);
}

function toRealPath(folders: OverrideFolders, module: string): string {
  return realpathSync(join(folders.packages, module));
}

/** Specifiers that may mean an original: a package by its name, a module of a package by its file name. */
function toFilter(modules: readonly ModuleOverride[]): RegExp {
  const names = modules.flatMap(({original}) => [
    `^${escapePattern(original.split('/')[0]!)}$`,
    `(?:^|/)${escapePattern(original.split('/').at(-1)!)}$`,
  ]);
  return new RegExp(names.join('|'));
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
