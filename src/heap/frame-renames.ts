import {quoteArgument} from '../format/quote-argument.js';

/** What was renamed or moved between two captures. */
export interface Renames {
  /** Folders or files: what is below `from` in one capture is below `to` in another. */
  readonly folders: readonly Rename[];
  /** Functions of the base, and what they are called in what is compared with it. */
  readonly functions: readonly Rename[];
}

export interface Rename {
  readonly from: string;
  readonly to: string;
}

export const NO_RENAMES: Renames = {folders: [], functions: []};

/** Gives equal files of several captures one name: that of the capture that came first. */
export class FileNames {
  readonly #folders: readonly Rename[];
  /** By what the file is called with its folder renamed. */
  readonly #known = new Map<string, string>();

  constructor({folders}: Pick<Renames, 'folders'>) {
    this.#folders = folders;
  }

  /** For names that others have now: what they were called in the capture that came later. */
  readonly others = new Map<string, string>();
  /** The renames that name a file, or a folder of one. */
  readonly used = new Set<Rename>();

  toKnown(file: string): string {
    if (this.#folders.length === 0) return file;
    const renamed = this.#rename(file);
    const known = this.#known.get(renamed);
    if (known === undefined) {
      this.#known.set(renamed, file);
      return file;
    }
    if (known !== file) this.others.set(known, file);
    return known;
  }

  /** The first rename counts, but all that name the file are used. */
  #rename(file: string): string {
    let renamed: string | null = null;
    for (const folder of this.#folders) {
      const name = renameFile(file, folder);
      if (name === null) continue;
      this.used.add(folder);
      renamed ??= name;
    }
    return renamed ?? file;
  }
}

/** Null where the rename does not name the file, or a folder of it. */
function renameFile(file: string, {from, to}: Rename): string | null {
  const folder = from.replace(/[\\/]+$/, '');
  if (file === folder) return to;
  if (!file.startsWith(folder) || !/[\\/]/.test(file.charAt(folder.length))) return null;
  return to.replace(/[\\/]+$/, '') + file.slice(folder.length);
}

/** Gives functions of a base the names that they have now. */
export class FunctionNames {
  readonly #renames: ReadonlyMap<string, Rename>;
  /** The renames that name a function. */
  readonly used = new Set<Rename>();

  constructor({functions}: Pick<Renames, 'functions'>) {
    this.#renames = new Map(functions.map(rename => [rename.from, rename]));
  }

  toNew(name: string): string {
    const rename = this.#renames.get(name);
    if (rename === undefined) return name;
    this.used.add(rename);
    return rename.to;
  }
}

/** `--path-map /old=/new`, as it can be typed. */
export function formatRename(option: '--path-map' | '--map-function', {from, to}: Rename): string {
  return `${option} ${quoteArgument(`${from}=${to}`)}`;
}
