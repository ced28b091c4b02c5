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

  constructor({folders}: Renames) {
    this.#folders = folders;
  }

  /** For names that others have now: what they were called in the capture that came later. */
  readonly others = new Map<string, string>();

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

  #rename(file: string): string {
    for (const {from, to} of this.#folders) {
      const folder = from.replace(/[\\/]+$/, '');
      if (file === folder) return to;
      if (file.startsWith(folder) && /[\\/]/.test(file.charAt(folder.length))) {
        return to.replace(/[\\/]+$/, '') + file.slice(folder.length);
      }
    }
    return file;
  }
}
