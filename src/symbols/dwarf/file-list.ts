import {DoubleColumn, IntColumn} from '../../base/column.js';
import {type DwarfFile, getString, NO_STRING, type StringOffset} from './dwarf-file.js';

/** The files of a unit's line table. Paths are put together when they are asked for: most never are. */
export class FileList {
  readonly #file: DwarfFile;
  readonly #directories = new DoubleColumn();
  readonly #names = new DoubleColumn();
  /** By file: the index of its directory, −1 for none. */
  readonly #directoryOf = new IntColumn();
  readonly #paths = new Map<number, string | null>();

  constructor(file: DwarfFile) {
    this.#file = file;
  }

  get length(): number {
    return this.#names.length;
  }

  get directoryCount(): number {
    return this.#directories.length;
  }

  addDirectory(name: StringOffset): void {
    this.#directories.push(name);
  }

  /** Adds a file; returns its index. Its path is null where the name is NO_STRING. */
  addFile(name: StringOffset, directory: number): number {
    this.#directoryOf.push(directory);
    this.#names.push(name);
    return this.#names.length - 1;
  }

  /** Adds a file whose path is empty. */
  addEmpty(): number {
    const index = this.addFile(NO_STRING, -1);
    this.#paths.set(index, '');
    return index;
  }

  /**
   * A file's path: with its directory as it is written, so a relative one stays relative. Null if there is
   * none. Throws InvalidSymbolFileError.
   */
  getPath(index: number): string | null {
    if (!(index >= 0 && index < this.length)) return null;
    let path = this.#paths.get(index);
    if (path === undefined) {
      path = this.#readPath(index);
      this.#paths.set(index, path);
    }
    return path;
  }

  #readPath(index: number): string | null {
    const name = this.#getText(this.#names.at(index));
    const directory = this.#directoryOf.at(index);
    const folder = directory < 0 ? null : this.#getText(this.#directories.at(directory));
    return folder === null || name === null ? name : `${folder}/${name}`;
  }

  #getText(packed: StringOffset): string | null {
    return packed === NO_STRING ? null : getString(this.#file, packed);
  }
}
