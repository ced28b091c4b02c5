export interface ModuleNamerOptions {
  /** Folders and zip files that modules are relative to, the first match first. */
  readonly searchPath: readonly string[];
}

/**
 * Creates the function that turns a file into the module that is displayed: the first search path that holds
 * the file (folders and zip files alike) is cut off, "/" becomes ".", ".py" and ".__init__" go. Other files
 * stay as they are.
 */
export function createModuleNamer({searchPath}: ModuleNamerOptions): (file: string) => string {
  const folders = searchPath.filter(entry => entry !== '').map(toFolderPrefix);
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
  const folder = folders.find(prefix => isBelow(path, prefix));
  if (folder === undefined) return file;
  // A file that is called ".py" has no suffix.
  const stem = /(^|\/)\.py$/.test(path) ? path : path.slice(0, -'.py'.length);
  return stem.slice(folder.length).replaceAll('/', '.').replaceAll('.__init__', '');
}

/** Whether an entry of a search path (a folder or a zip file) holds a file. */
export function holdsFile(entry: string, file: string): boolean {
  return entry !== '' && isBelow(normalize(file), toFolderPrefix(entry));
}

function isBelow(path: string, prefix: string): boolean {
  return path.startsWith(prefix) && getRoot(path) === getRoot(prefix);
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
