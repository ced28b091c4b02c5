import {TripleTable} from '../base/triple-table.js';
import {findSegment, type SegmentList, sortSegments} from './find-segment.js';
import type {ImageTables} from './image-tables.js';
import {isMacOs, lowestAddress} from './mac-images.js';

/** Beyond this an offset is no position in a file. */
const MAX_OFFSET = 2 ** 48;

/** Finds the image, and the offset in it, of return addresses. */
export class AddressLocator {
  /** (image, offset in it, 0) of each call site. */
  readonly callSites = new TripleTable();
  readonly #tables: ImageTables;
  readonly #isMac: boolean;
  /**
   * By image: the first one with the same path and segments, wherever it was loaded; −1 before it was asked
   * for.
   */
  readonly #firstImages: Int32Array;
  readonly #imageOfFile = new Map<string, number>();
  /** The list and the segment of the latest address: the next one nearly always is of the same list. */
  #list = Number.NaN;
  #segments: SegmentList | null = null;
  #segment = -1;

  constructor(tables: ImageTables) {
    this.#tables = tables;
    this.#isMac = isMacOs(tables.paths);
    this.#firstImages = new Int32Array(tables.paths.length).fill(-1);
  }

  /**
   * The number of a call site in `callSites`; −1 if the address lies in no image of the list, or there is no
   * such list.
   */
  locate(ip: bigint, list: number): number {
    if (list !== this.#list) {
      this.#list = list;
      this.#segments = sortSegments(this.#tables, list);
      this.#segment = -1;
    }
    const segments = this.#segments!;
    const address = Number(ip);
    // The same segment only if no later one begins before the address.
    const {starts, ends, images} = segments;
    const segment = this.#segment;
    if (
      segment < 0 ||
      !(starts[segment]! <= address && address < ends[segment]!) ||
      (segment + 1 < starts.length && starts[segment + 1]! <= address)
    )
      this.#segment = findSegment(segments, address);
    if (this.#segment < 0) return -1;
    const image = images[this.#segment]!;
    const offset = this.#getOffset(ip, address, image);
    return offset < 0 || offset > MAX_OFFSET ? -1 : this.callSites.add(this.#getFirstImage(image), offset, 0);
  }

  /** Calls are looked up one byte before the address to which they return. */
  #getOffset(ip: bigint, address: number, image: number): number {
    const load = this.#tables.loadAddresses[image]!;
    if (!this.#isMac && address <= Number.MAX_SAFE_INTEGER) {
      const loadAddress = Number(load);
      if (loadAddress <= Number.MAX_SAFE_INTEGER) return address - loadAddress - 1;
    }
    const lowest = this.#isMac ? lowestAddress(this.#tables, image) : 0n;
    return Number(BigInt.asIntN(64, ip - load - lowest)) - 1;
  }

  #getFirstImage(image: number): number {
    let first = this.#firstImages[image]!;
    if (first < 0) {
      const {paths, segmentStarts, virtualAddresses, memorySizes} = this.#tables;
      const [from, to] = [segmentStarts[image]!, segmentStarts[image + 1]!];
      const segments = [...virtualAddresses.subarray(from, to), ...memorySizes.subarray(from, to)];
      const key = `${segments.join()};${paths[image]!}`;
      first = this.#imageOfFile.get(key) ?? image;
      this.#imageOfFile.set(key, first);
      this.#firstImages[image] = first;
    }
    return first;
  }
}
