import {Column} from '../base/column.js';

/**
 * Which images (programs and shared libraries) were mapped where, at which time of the run. A capture repeats
 * the whole list at each load of a library (a "generation"), so equal images and equal lists are kept once.
 * Plain columns: safe to hand to another thread.
 */
export interface ImageTables {
  /** Of each distinct image: the recorded path. */
  readonly paths: readonly string[];
  /** Of each distinct image: what was added to its addresses in the process. */
  readonly loadAddresses: BigUint64Array;
  /** Segments of image i are segmentStarts[i] … segmentStarts[i + 1] − 1. */
  readonly segmentStarts: Uint32Array;
  /** Of each segment: address in the file and size in memory (bytes), as recorded. */
  readonly virtualAddresses: BigUint64Array;
  readonly memorySizes: BigUint64Array;
  /**
   * Images of list t are listImages[listStarts[t]] … listImages[listStarts[t + 1] − 1], in recorded order.
   */
  readonly listStarts: Uint32Array;
  readonly listImages: Int32Array;
  /** The list of generation g, counted from 1, is generationLists[g − 1]. */
  readonly generationLists: Int32Array;
}

/** Beyond any of these nothing is kept any more, and `isFull` says so. */
const MAX_GENERATIONS = 1 << 22;
const MAX_LIST_ENTRIES = 1 << 23;
const MAX_SEGMENTS = 1 << 22;
/** As many as the core keeps of one image, and more images than any process maps at once. */
const MAX_IMAGE_SEGMENTS = 4096;
const MAX_IMAGES_OF_LIST = 1 << 16;
/** Of all keys together: a few bytes of a packed capture may stand for a long path. */
const MAX_KEY_CHARACTERS = 1 << 26;
/** What keeping a key takes besides its characters, in characters. */
const KEY_OVERHEAD = 200;

const int32 = () => new Column(new Int32Array(64));
const uint32 = () => new Column(new Uint32Array(64));
const uint64 = () => new Column(new BigUint64Array(64));

/**
 * Collects image tables in the order of a capture's records: startGeneration, then for each image addImage
 * followed by its addSegment calls. `finish` may be asked at any time, also in between.
 */
export class ImageTablesBuilder {
  /** More images or generations than are kept: what came later is missing. */
  isFull = false;
  readonly #paths: string[] = [];
  readonly #loadAddresses = uint64();
  readonly #segmentStarts = uint32();
  readonly #virtualAddresses = uint64();
  readonly #memorySizes = uint64();
  readonly #listStarts = uint32();
  readonly #listImages = int32();
  readonly #generationLists = int32();
  readonly #imagesByKey = new Map<string, number>();
  readonly #listsByKey = new Map<string, number>();
  #keyCharacters = 0;
  /** Images of the generation that is being read; −1 in `generation` before the first. */
  readonly #current: number[] = [];
  #isInGeneration = false;
  #pendingPath: string | null = null;
  #pendingLoad = 0n;
  readonly #pendingSegments: bigint[] = [];

  constructor() {
    this.#segmentStarts.push(0);
    this.#listStarts.push(0);
  }

  startGeneration(): void {
    this.#endGeneration();
    this.#isInGeneration = true;
  }

  /** Starts an image of the current generation. */
  addImage(path: string, loadAddress: bigint): void {
    this.#endImage();
    this.#pendingPath = path;
    this.#pendingLoad = BigInt.asUintN(64, loadAddress);
  }

  /** Adds a segment to the latest image. */
  addSegment(virtualAddress: bigint, memorySize: bigint): void {
    if (this.#pendingSegments.length < 2 * MAX_IMAGE_SEGMENTS)
      this.#pendingSegments.push(BigInt.asUintN(64, virtualAddress), BigInt.asUintN(64, memorySize));
  }

  finish(): ImageTables {
    this.#endGeneration();
    return {
      paths: this.#paths.slice(),
      loadAddresses: this.#loadAddresses.toArray(),
      segmentStarts: this.#segmentStarts.toArray(),
      virtualAddresses: this.#virtualAddresses.toArray(),
      memorySizes: this.#memorySizes.toArray(),
      listStarts: this.#listStarts.toArray(),
      listImages: this.#listImages.toArray(),
      generationLists: this.#generationLists.toArray(),
    };
  }

  #endImage(): void {
    const path = this.#pendingPath;
    if (path === null) return;
    this.#pendingPath = null;
    const segments = this.#pendingSegments;
    const image = this.#isSameAsBefore(path) ? this.#previousImage() : this.#internImage(path);
    segments.length = 0;
    if (image >= 0) this.#current.push(image);
    if (this.#current.length > MAX_IMAGES_OF_LIST) this.isFull = true;
  }

  /** The image that stood at this index in the previous list: nearly always the same one again. −1: none. */
  #previousImage(): number {
    const generations = this.#generationLists.length;
    if (generations === 0) return -1;
    const list = this.#generationLists.at(generations - 1);
    const index = this.#listStarts.at(list) + this.#current.length;
    return index < this.#listStarts.at(list + 1) ? this.#listImages.at(index) : -1;
  }

  #isSameAsBefore(path: string): boolean {
    const image = this.#previousImage();
    if (image < 0 || this.#paths[image] !== path || this.#loadAddresses.at(image) !== this.#pendingLoad)
      return false;
    const start = this.#segmentStarts.at(image);
    const segments = this.#pendingSegments;
    if (this.#segmentStarts.at(image + 1) - start !== segments.length / 2) return false;
    for (let i = 0; i < segments.length; i += 2) {
      if (this.#virtualAddresses.at(start + i / 2) !== segments[i]) return false;
      if (this.#memorySizes.at(start + i / 2) !== segments[i + 1]) return false;
    }
    return true;
  }

  #internImage(path: string): number {
    const segments = this.#pendingSegments;
    const key = `${this.#pendingLoad};${segments.join()};${path}`;
    const known = this.#imagesByKey.get(key);
    if (known !== undefined) return known;
    if (
      this.#virtualAddresses.length + segments.length / 2 > MAX_SEGMENTS ||
      this.#paths.length >= MAX_SEGMENTS ||
      !this.#hasRoomFor(key)
    ) {
      this.isFull = true;
      return -1;
    }
    const image = this.#paths.push(path) - 1;
    this.#loadAddresses.push(this.#pendingLoad);
    for (let i = 0; i < segments.length; i += 2) {
      this.#virtualAddresses.push(segments[i]!);
      this.#memorySizes.push(segments[i + 1]!);
    }
    this.#segmentStarts.push(this.#virtualAddresses.length);
    this.#imagesByKey.set(key, image);
    return image;
  }

  /** Counts a key that is going to be kept. */
  #hasRoomFor(key: string): boolean {
    this.#keyCharacters += key.length + KEY_OVERHEAD;
    return this.#keyCharacters <= MAX_KEY_CHARACTERS;
  }

  #endGeneration(): void {
    this.#endImage();
    if (!this.#isInGeneration) {
      this.#current.length = 0;
      return;
    }
    this.#isInGeneration = false;
    const key = `:${this.#current.join()}`;
    let list = this.#listsByKey.get(key);
    if (
      this.#generationLists.length >= MAX_GENERATIONS ||
      (list === undefined &&
        (this.#listImages.length + this.#current.length > MAX_LIST_ENTRIES || !this.#hasRoomFor(key)))
    ) {
      this.isFull = true;
      this.#current.length = 0;
      return;
    }
    if (list === undefined) {
      list = this.#listStarts.length - 1;
      for (const image of this.#current) this.#listImages.push(image);
      this.#listStarts.push(this.#listImages.length);
      this.#listsByKey.set(key, list);
    }
    this.#generationLists.push(list);
    this.#current.length = 0;
  }
}
