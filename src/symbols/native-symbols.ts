import {resolve} from 'node:path';
import type {Surroundings} from './elf/debug-files.js';
import {findSegment, type SegmentList, sortSegments} from './find-segment.js';
import {type ImageFs, nodeImageFs} from './image-fs.js';
import type {ImageTables} from './image-tables.js';
import {isMacOs, lowestAddress} from './mac-images.js';
import type {NativeFrame} from './native-frame.js';
import {type DebugPlaces, getDebugPlaces} from './places.js';
import {type OpenedImage, openSymbolImage} from './symbol-image.js';

/** Numbers of distinct image files met by `resolve`. */
export interface ImageProblems {
  readonly notFound: number;
  readonly changed: number;
  /** Written after the capture's end, though they look the same. */
  readonly newer: number;
  /** Not of a kind that we read (32 bits, big-endian). */
  readonly unsupported: number;
}

export interface NativeSymbolsOptions {
  readonly tables: ImageTables;
  /** A folder that holds the image files of another machine: as in its root, or all in one folder. */
  readonly symbolsDirectory?: string | null;
  readonly captureEndTimeMs?: number | null;
  readonly fs?: ImageFs;
  readonly places?: DebugPlaces;
}

export interface NativeSymbols {
  /**
   * The frames at a return address in a generation (counted from 1), innermost first: one for each inlined call and
   * one for the function itself. Empty if the address lies in no image. Never throws.
   */
  resolve(ip: bigint, generation: number): readonly NativeFrame[];
  readonly problems: ImageProblems;
  /** Closes all files. `resolve` may be called again and opens them anew. */
  close(): void;
}

const MAX_OPEN_IMAGES = 32;
/** Of all open images; one alone may have more. */
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024;
const MAX_SORTED_LISTS = 64;
const MAX_CACHED_ADDRESSES = 200_000;
/** Beyond this an offset is no place in a file. */
const MAX_OFFSET = 2 ** 48;
const UNKNOWN = '<unknown>';

class Symbols implements NativeSymbols {
  private readonly tables: ImageTables;
  private readonly options: NativeSymbolsOptions;
  private readonly around: Surroundings;
  private readonly isMac: boolean;
  private readonly sortedLists = new Map<number, SegmentList>();
  private readonly openImages = new Map<number, OpenedImage>();
  private readonly frames = new Map<string, readonly NativeFrame[]>();
  /** Recorded paths by what is wrong with them. */
  private readonly notFound = new Set<string>();
  private readonly changed = new Set<string>();
  private readonly newer = new Set<string>();
  private readonly unsupported = new Set<string>();

  constructor(options: NativeSymbolsOptions) {
    this.options = options;
    this.tables = options.tables;
    this.around = {
      fs: options.fs ?? nodeImageFs,
      places: options.places ?? getDebugPlaces(process.env),
      symbolsDirectory: options.symbolsDirectory ? resolve(options.symbolsDirectory) : null,
    };
    this.isMac = isMacOs(options.tables.paths);
  }

  get problems(): ImageProblems {
    return {
      notFound: this.notFound.size,
      changed: this.changed.size,
      newer: this.newer.size,
      unsupported: this.unsupported.size,
    };
  }

  resolve(ip: bigint, generation: number): readonly NativeFrame[] {
    const list = this.tables.generationLists[generation - 1];
    if (list === undefined) return [];
    const address = BigInt.asUintN(64, ip);
    const image = findSegment(this.getSegments(list), Number(address));
    if (image < 0) return [];
    const offset = this.getOffset(address, image);
    if (offset < 0 || offset > MAX_OFFSET) return [];
    // Not a number as the key: chosen numbers can make a Map slow.
    const key = `${image}:${offset}`;
    let frames = this.frames.get(key);
    if (frames === undefined) {
      frames = this.resolveOffset(image, offset);
      if (this.frames.size >= MAX_CACHED_ADDRESSES) this.frames.clear();
      this.frames.set(key, frames);
    }
    return frames;
  }

  close(): void {
    for (const image of this.openImages.values()) image.close();
    this.openImages.clear();
  }

  /** Calls are looked up one byte before the address to which they return. */
  private getOffset(address: bigint, image: number): number {
    const load = this.tables.loadAddresses[image]!;
    const lowest = this.isMac ? lowestAddress(this.tables, image) : 0n;
    return Number(BigInt.asIntN(64, address - load - lowest)) - 1;
  }

  private getSegments(list: number): SegmentList {
    let segments = this.sortedLists.get(list);
    if (segments === undefined) {
      segments = sortSegments(this.tables, list);
      if (this.sortedLists.size >= MAX_SORTED_LISTS) this.sortedLists.clear();
      this.sortedLists.set(list, segments);
    }
    return segments;
  }

  private getImage(image: number): OpenedImage {
    let opened = this.openImages.get(image);
    if (opened === undefined) {
      opened = openSymbolImage(this.around, this.tables, image);
      this.note(this.tables.paths[image]!, opened);
    } else this.openImages.delete(image);
    this.openImages.set(image, opened);
    this.closeOldest(image);
    return opened;
  }

  /** Maps keep the order of insertion, so the first is the one that was not used for longest. */
  private closeOldest(keep: number): void {
    let unpacked = 0;
    for (const opened of this.openImages.values())
      if (opened.kind === 'open') unpacked += opened.unpackedBytes;
    for (const [image, opened] of this.openImages) {
      if (image === keep || (this.openImages.size <= MAX_OPEN_IMAGES && unpacked <= MAX_UNPACKED_BYTES))
        return;
      this.openImages.delete(image);
      if (opened.kind === 'open') unpacked -= opened.unpackedBytes;
      opened.close();
    }
  }

  private note(path: string, opened: OpenedImage): void {
    const {captureEndTimeMs} = this.options;
    if (opened.kind === 'open') {
      if (captureEndTimeMs && opened.modifiedTimeMs > captureEndTimeMs) this.newer.add(path);
    } else if (opened.kind === 'not-found') this.notFound.add(path);
    else if (opened.kind === 'changed') this.changed.add(path);
    else this.unsupported.add(path);
  }

  private resolveOffset(image: number, offset: number): readonly NativeFrame[] {
    const path = this.tables.paths[image]!;
    const unknown = {function: UNKNOWN, file: UNKNOWN, line: 0, image: path, offset, directory: null};
    if (this.isMac) return [{...unknown, state: 'no-symbol'}];
    const opened = this.getImage(image);
    if (opened.kind !== 'open')
      return [{...unknown, state: opened.kind === 'unsupported' ? 'no-symbol' : opened.kind}];
    const places = opened.lookUp(offset);
    if (places.length === 0) return [{...unknown, state: 'no-symbol'}];
    return places.map(place => ({
      function: place.name,
      file: place.file ?? UNKNOWN,
      line: place.line,
      image: path,
      offset,
      state: place.file === null ? 'name-only' : 'full',
      directory: place.directory,
    }));
  }
}

/**
 * Finds the names of native frames as memray does at the time of its report, from the files on this machine. Reads files
 * synchronously and lazily, so it belongs into a worker; starts no program and uses no network.
 */
export function createNativeSymbols(options: NativeSymbolsOptions): NativeSymbols {
  return new Symbols(options);
}
