export interface ModuleNamerOptions {
  /** The search path of the recorded interpreter; empty where the capture has none (before header 13). */
  readonly sysPath: readonly string[];
}

/**
 * Creates the function that turns a file into the module that is displayed: the first search path that holds the file
 * (folders and zip files alike) is cut off, "/" becomes ".", ".py" and ".__init__" go. Other files stay as they are.
 */
export function createModuleNamer({sysPath}: ModuleNamerOptions): (file: string) => string {
  const folders = sysPath.filter(entry => entry !== '').map(toFolderPrefix);
  const known = new Map<string, string>();
  return file => {
    let module = known.get(file);
    if (module === undefined) {
      module = nameModule(file, folders);
      known.set(file, module);
    }
    return module;
  };
}

function nameModule(file: string, folders: readonly string[]): string {
  if (!file.endsWith('.py')) return file;
  const path = normalize(file);
  const folder = folders.find(prefix => path.startsWith(prefix) && getRoot(path) === getRoot(prefix));
  if (folder === undefined) return file;
  // A file that is called ".py" has no suffix.
  const stem = /(^|\/)\.py$/.test(path) ? path : path.slice(0, -'.py'.length);
  return stem.slice(folder.length).replaceAll('/', '.').replaceAll('.__init__', '');
}

/** What all paths in a folder begin with: "/usr/lib/", "/", or nothing for ".". */
function toFolderPrefix(folder: string): string {
  const path = normalize(folder);
  return path === '' || path.endsWith('/') ? path : `${path}/`;
}

/** As pathlib reads a POSIX path: empty and "." parts go, ".." stays. */
function normalize(path: string): string {
  const parts = path.split('/').filter(part => part !== '' && part !== '.');
  return getRoot(path) + parts.join('/');
}

/** Exactly two leading slashes are a root of their own. */
function getRoot(path: string): string {
  if (!path.startsWith('/')) return '';
  return /^\/\/(?!\/)/.test(path) ? '//' : '/';
}
