import {ALLOCATORS} from '../../heap/allocators.js';
import {countProcesses, type RunFacts, type View} from '../../heap/snapshot.js';
import {NATIVE} from '../../tree/call-tree.js';
import {forEachBlock, getBlocks} from '../blocks.js';
import {removeFrames, type StackSet} from '../stack-set.js';
import {type Bin, computeHistogram, findRange} from './histogram.js';
import {createModuleLookup} from './top-modules.js';

interface Sums {
  readonly bytes: number;
  readonly allocations: number;
}

/** An innermost frame. */
export interface TopPlace extends Sums {
  readonly function: string;
  readonly file: string;
  readonly line: number;
}

export interface TopModule extends Sums {
  readonly module: string;
}

/** A run in figures. Lists are whole; equals in them come in the order in which locations reach them. */
export interface RunStats extends Pick<RunFacts, 'peakTimeMs' | 'highestRss' | 'highestRssTimeMs'> {
  /** What was counted. */
  readonly view: View['kind'];
  readonly startTimeMs: number;
  readonly durationMs: number;
  /** In all, freed or not; null of an aggregated capture, which has the sums at the peak only. */
  readonly allocations: number | null;
  readonly bytesAllocated: number | null;
  /** What the places and modules are shares of: all that was allocated, of an aggregated capture the peak. */
  readonly whole: Sums;
  /** Of the whole run, whatever is kept of it. */
  readonly peakBytes: number;
  /** Bytes of the smallest and of the largest block; null where there is none. */
  readonly smallest: number | null;
  readonly largest: number | null;
  readonly histogram: readonly Bin[];
  /** The most used first. */
  readonly allocators: readonly AllocatorUse[];
  readonly bySize: readonly TopPlace[];
  readonly byCount: readonly TopPlace[];
  readonly modulesBySize: readonly TopModule[];
  readonly modulesByCount: readonly TopModule[];
}

export interface AllocatorUse extends Sums {
  readonly allocator: string;
}

/** What memray writes where there is no Python frame. */
const UNKNOWN = {function: '<unknown>', file: '<unknown>', line: 0};

/** What memray's `stats` counts, of the blocks that are left of a run: by Python frames, native ones do not count. */
export function computeRunStats(given: StackSet): RunStats {
  const processes = countProcesses(given.snapshot.capture);
  const stacks = removeFrames(given, frame => frame < processes || (given.flags[frame]! & NATIVE) !== 0);
  const {capture} = stacks.snapshot;
  const isCounted = stacks.snapshot.blocks !== undefined;
  const {sizes, allocators} = isCounted ? countBlocks(stacks) : NO_BLOCKS;
  const {places, modules} = sumLocations(stacks);
  const whole = sumAll(modules);
  const range = findRange(sizes);
  return {
    view: stacks.snapshot.view.kind,
    startTimeMs: capture.startTimeMs,
    durationMs: capture.endTimeMs - capture.startTimeMs,
    allocations: isCounted ? whole.allocations : null,
    bytesAllocated: isCounted ? whole.bytes : null,
    whole,
    peakBytes: capture.peakBytes,
    peakTimeMs: capture.run?.peakTimeMs ?? null,
    highestRss: capture.run?.highestRss ?? null,
    highestRssTimeMs: capture.run?.highestRssTimeMs ?? null,
    smallest: range?.smallest ?? null,
    largest: range?.largest ?? null,
    histogram: computeHistogram(sizes),
    allocators: byCount(allocators),
    bySize: bySize(places),
    byCount: byCount(places),
    modulesBySize: bySize(modules),
    modulesByCount: byCount(modules),
  };
}

const NO_BLOCKS: ReturnType<typeof countBlocks> = {sizes: new Map(), allocators: []};

const bySize = <T extends Sums>(list: readonly T[]): readonly T[] =>
  list.toSorted((a, b) => b.bytes - a.bytes);
const byCount = <T extends Sums>(list: readonly T[]): readonly T[] =>
  list.toSorted((a, b) => b.allocations - a.allocations);

function sumAll(parts: readonly Sums[]): Sums {
  return parts.reduce(
    (sum, {bytes, allocations}) => ({
      bytes: sum.bytes + bytes,
      allocations: sum.allocations + allocations,
    }),
    {bytes: 0, allocations: 0},
  );
}

/** How many blocks there are of each size, and what each allocator gave. */
export function countBlocks({snapshot, locations}: Pick<StackSet, 'snapshot' | 'locations'>): {
  readonly sizes: ReadonlyMap<number, number>;
  readonly allocators: readonly AllocatorUse[];
} {
  const {allocator, size, count} = getBlocks(snapshot);
  const sizes = new Map<number, number>();
  const uses = ALLOCATORS.map(name => ({allocator: name, bytes: 0, allocations: 0}));
  forEachBlock(snapshot, locations, (_, block) => {
    sizes.set(size[block]!, (sizes.get(size[block]!) ?? 0) + count[block]!);
    const use = uses[allocator[block]!]!;
    use.bytes += size[block]! * count[block]!;
    use.allocations += count[block]!;
  });
  return {sizes, allocators: uses.filter(({allocations}) => allocations > 0)};
}

/** The sums of all innermost frames, and those of all modules. */
function sumLocations(stacks: StackSet) {
  const {snapshot, locations, ends, frame, frames, strings} = stacks;
  const moduleOf = createModuleLookup(stacks);
  const places = new SumTable<number, TopPlace>(key =>
    key < 0
      ? UNKNOWN
      : {
          function: strings[frames.function[key]!]!,
          file: strings[frames.file[key]!]!,
          line: frames.line[key]!,
        },
  );
  const modules = new SumTable<string, TopModule>(module => ({module}));
  locations.forEach((location, index) => {
    const end = ends[index]!;
    const bytes = snapshot.locations.bytes[location]!;
    const allocations = snapshot.locations.allocations[location]!;
    places.add(end < 0 ? -1 : frame[end]!, bytes, allocations);
    modules.add(moduleOf(end), bytes, allocations);
  });
  return {places: places.list(), modules: modules.list()};
}

class SumTable<Key, Row extends Sums> {
  readonly #name: (key: Key) => Omit<Row, keyof Sums>;
  readonly #sums = new Map<Key, {bytes: number; allocations: number}>();

  constructor(name: (key: Key) => Omit<Row, keyof Sums>) {
    this.#name = name;
  }

  add(key: Key, bytes: number, allocations: number): void {
    const sum = this.#sums.get(key);
    if (sum === undefined) this.#sums.set(key, {bytes, allocations});
    else {
      sum.bytes += bytes;
      sum.allocations += allocations;
    }
  }

  list(): readonly Row[] {
    return [...this.#sums].map(([key, sums]) => ({...this.#name(key), ...sums}) as unknown as Row);
  }
}
