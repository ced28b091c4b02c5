import {createModuleNamer, holdsFile} from '../format/module-namer.js';
import type {CaptureInfo, Snapshot} from '../heap/snapshot.js';
import {getModuleSearchPath} from '../tree/module-search-path.js';

/** How files are named in terms and levels. */
export interface Naming {
  /** The module as it is displayed; the file itself where no search path holds it. */
  moduleOf(file: string): string;
  /**
   * The first part of the module; "<stdlib>", "<unknown>" for frames without a file, and the file itself where no
   * search path holds it.
   */
  packageOf(file: string): string;
}

const STANDARD_LIBRARY = '<stdlib>';
const UNKNOWN = '<unknown>';

/**
 * Nothing is computed before the first name is asked for: plain JSON asks for none.
 * @param folders of this machine that modules are relative to where nothing recorded holds the file
 */
export function createNaming(snapshot: Snapshot, folders: readonly string[] = []): Naming {
  let naming: Naming | null = null;
  const get = (): Naming => {
    naming ??= computeNaming(snapshot, folders);
    return naming;
  };
  return {moduleOf: file => get().moduleOf(file), packageOf: file => get().packageOf(file)};
}

function computeNaming(snapshot: Snapshot, folders: readonly string[]): Naming {
  const searchPath = getModuleSearchPath(snapshot.capture, snapshot, folders);
  const moduleOf = createModuleNamer({searchPath});
  const sites = listSites(snapshot.capture);
  // Often a library folder that stands before its site-packages in the search path holds them as well.
  const moduleInSite = createModuleNamer({searchPath: [...sites, ...searchPath]});
  const isStandard = createStandardLibraryTest(snapshot.capture, sites);
  const known = new Map<string, string>();
  const namePackage = (file: string): string => {
    if (file === '' || file === UNKNOWN) return UNKNOWN;
    if (isStandard(file)) return STANDARD_LIBRARY;
    const module = moduleInSite(file);
    return module === file ? file : module.split('.', 1)[0]!;
  };
  return {
    moduleOf,
    packageOf(file) {
      let name = known.get(file);
      if (name === undefined) {
        name = namePackage(file);
        known.set(file, name);
      }
      return name;
    },
  };
}

/** The folders of installed packages: those that are recorded as such, and those in the search path by their name. */
function listSites(capture: CaptureInfo): readonly string[] {
  const searched = capture.sysPath.filter(folder => /\/(?:site|dist)-packages\/?$/.test(folder));
  return [...listParts(capture).flatMap(part => part.sitePackages), ...searched];
}

/** Below the recorded library folder and not below site-packages, or frozen into the interpreter. */
function createStandardLibraryTest(
  capture: CaptureInfo,
  sites: readonly string[],
): (file: string) => boolean {
  const libraries = listParts(capture).map(part => part.libdest);
  return file =>
    file.startsWith('<frozen ') ||
    (libraries.some(folder => holdsFile(folder, file)) &&
      !/\/(?:site|dist)-packages\//.test(file) &&
      !sites.some(folder => holdsFile(folder, file)));
}

function listParts(capture: CaptureInfo): readonly CaptureInfo[] {
  return capture.parts?.flatMap(part => part.capture ?? []) ?? [capture];
}
