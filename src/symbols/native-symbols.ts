import {AddressLocator} from './address-locator.js';
import {createImageOpener, type ImageFiles, type OpenImage} from './image-opener.js';
import type {ImageTables} from './image-tables.js';
import {isMacOs} from './mac-images.js';
import type {NamedCallSite, NativeName, SymbolState} from './native-frame.js';
import type {OpenedImage} from './symbol-image.js';

/** Numbers of distinct image files that were looked for. */
export interface ImageProblems {
  readonly notFound: number;
  readonly changed: number;
  /** Written after the capture's end, though they look the same. */
  readonly newer: number;
  /** Not of a kind that we read (32 bits, big-endian). */
  readonly unsupported: number;
}

export interface NativeSymbolsOptions extends ImageFiles {
  readonly tables: ImageTables;
  readonly captureEndTimeMs?: number | null;
}

export interface NativeSymbols {
  /**
   * Numbers the call site at which a return address lies, by a list of images: the same call site of the same
   * file has the same number. −1 if it lies in no image.
   */
  locate(ip: bigint, list: number): number;
  /**
   * Names each call site that was located and not named yet. Call sites come sorted by file and within it by
   * unit of its debug information, so everything is read once and one file is open at a time. Yields now and
   * then the share that is done, from 0 to 1. Neighbours with the same calls share one array of them.
   */
  nameLocated(accept: (callSite: number, named: NamedCallSite) => void): Generator<number, void>;
  readonly problems: ImageProblems;
}

const UNKNOWN = '<unknown>';
/** Call sites between two yields. */
const STEP = 64;

/** For each state in which nothing is known: one call without a name. */
const unknownCalls = (state: SymbolState): readonly NativeName[] => [
  {function: UNKNOWN, file: UNKNOWN, line: 0, state, directory: null},
];
const UNKNOWN_CALLS = {
  'no-symbol': unknownCalls('no-symbol'),
  'not-found': unknownCalls('not-found'),
  changed: unknownCalls('changed'),
  unsupported: unknownCalls('no-symbol'),
} as const;

class Symbols implements NativeSymbols {
  readonly #tables: ImageTables;
  readonly #captureEndTimeMs: number | null;
  readonly #open: OpenImage;
  readonly #locator: AddressLocator;
  readonly #isMac: boolean;
  /** How many call sites were named. */
  #namedCount = 0;
  /** Recorded paths by what is wrong with them. */
  readonly #notFound = new Set<string>();
  readonly #changed = new Set<string>();
  readonly #newer = new Set<string>();
  readonly #unsupported = new Set<string>();

  constructor(options: NativeSymbolsOptions) {
    this.#tables = options.tables;
    this.#captureEndTimeMs = options.captureEndTimeMs ?? null;
    this.#locator = new AddressLocator(options.tables);
    this.#isMac = isMacOs(options.tables.paths);
    this.#open = createImageOpener(options);
  }

  get problems(): ImageProblems {
    return {
      notFound: this.#notFound.size,
      changed: this.#changed.size,
      newer: this.#newer.size,
      unsupported: this.#unsupported.size,
    };
  }

  locate(ip: bigint, list: number): number {
    return this.#locator.locate(ip, list);
  }

  *nameLocated(accept: (callSite: number, named: NamedCallSite) => void): Generator<number, void> {
    const {callSites} = this.#locator;
    const first = this.#namedCount;
    const count = callSites.length - first;
    this.#namedCount = callSites.length;
    const order = Int32Array.from({length: count}, (_, i) => first + i);
    order.sort(
      (a, b) => callSites.firstAt(a) - callSites.firstAt(b) || callSites.secondAt(a) - callSites.secondAt(b),
    );
    for (let start = 0; start < count; ) {
      const image = callSites.firstAt(order[start]!);
      let end = start + 1;
      while (end < count && callSites.firstAt(order[end]!) === image) end++;
      for (const named of this.#nameImage(image, order.subarray(start, end), accept))
        yield (start + named) / count;
      start = end;
    }
  }

  /** Names the call sites of an image, which are sorted by offset. Yields how many are named. */
  *#nameImage(
    image: number,
    sorted: Int32Array,
    accept: (callSite: number, named: NamedCallSite) => void,
  ): Generator<number, void> {
    const {callSites} = this.#locator;
    const opened = this.#openImage(image);
    const path = this.#tables.paths[image]!;
    try {
      const offsets = Float64Array.from(sorted, callSite => callSites.secondAt(callSite));
      const order = opened.kind === 'open' ? opened.sortByUnit(offsets) : offsets.keys();
      let done = 0;
      for (const i of order) {
        const calls = opened.kind === 'open' ? opened.lookUp(offsets[i]!) : UNKNOWN_CALLS[opened.kind];
        accept(sorted[i]!, {
          calls: calls.length > 0 ? calls : UNKNOWN_CALLS['no-symbol'],
          image: path,
          offset: offsets[i]!,
        });
        if (++done % STEP === 0) yield done;
      }
    } finally {
      opened.close();
    }
  }

  /** Files of macOS are not read. */
  #openImage(image: number): OpenedImage {
    if (this.#isMac) return {kind: 'unsupported', close() {}};
    const opened = this.#open(this.#tables, image);
    const path = this.#tables.paths[image]!;
    if (opened.kind === 'open') {
      const endMs = this.#captureEndTimeMs;
      if (endMs && opened.modifiedTimeMs > endMs) this.#newer.add(path);
    } else if (opened.kind === 'not-found') this.#notFound.add(path);
    else if (opened.kind === 'changed') this.#changed.add(path);
    else this.#unsupported.add(path);
    return opened;
  }
}

/**
 * Finds the names of native frames as memray does at the time of its report, from the files on this machine.
 * Reads files synchronously, so it belongs into a worker; starts no program and uses no network.
 */
export function createNativeSymbols(options: NativeSymbolsOptions): NativeSymbols {
  return new Symbols(options);
}
