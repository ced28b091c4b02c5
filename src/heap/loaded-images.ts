import {InvalidDataError} from '../capture/byte-reader.js';
import {type ImageTables, ImageTablesBuilder} from '../symbols/image-tables.js';

/**
 * The images of each generation, as the records of either kind of file describe them. Methods throw
 * InvalidDataError if there are too many.
 */
export class LoadedImages {
  readonly #builder = new ImageTablesBuilder();
  #isInImage = false;

  startGeneration(): void {
    this.#builder.startGeneration();
    this.#isInImage = false;
    this.#checkLimit();
  }

  addImage(path: string, loadAddress: bigint): void {
    this.#builder.addImage(path, loadAddress);
    this.#isInImage = true;
    this.#checkLimit();
  }

  /** A segment of the image added last; before the first image of a generation it is ignored. */
  addSegment(address: bigint, bytes: bigint): void {
    if (this.#isInImage) this.#builder.addSegment(address, bytes);
  }

  finish(): ImageTables {
    return this.#builder.finish();
  }

  #checkLimit(): void {
    if (this.#builder.isFull) throw new InvalidDataError('there are too many loaded libraries', true);
  }
}
