import {ChildTable} from '../base/child-table.js';
import {FloatColumn} from '../base/float-column.js';
import {IntColumn} from '../base/int-column.js';

/** Numbers places: pairs of an image and an offset in it, an integer from 0 to 2^48. */
export class PlaceTable {
  readonly #images = new IntColumn();
  readonly #offsets = new FloatColumn();
  /** (image, upper part of the offset) → block; (block, lower part) → place. */
  readonly #blocks = new ChildTable();
  #blockCount = 0;
  readonly #places = new ChildTable();

  get length(): number {
    return this.#images.length;
  }

  /** The number of a place, a new one at its first time. */
  add(image: number, offset: number): number {
    const upper = Math.floor(offset / 2 ** 31);
    const lower = offset % 2 ** 31;
    let block = this.#blocks.get(image, upper);
    if (block < 0) {
      block = this.#blockCount++;
      this.#blocks.add(image, upper, block);
    }
    let place = this.#places.get(block, lower);
    if (place < 0) {
      place = this.#images.length;
      this.#images.push(image);
      this.#offsets.push(offset);
      this.#places.add(block, lower, place);
    }
    return place;
  }

  getImage(place: number): number {
    return this.#images.at(place);
  }

  getOffset(place: number): number {
    return this.#offsets.at(place);
  }
}
