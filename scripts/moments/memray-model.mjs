// memray 1.20's temporal data, made anew from its own records, with or without each of its peculiarities
// (src/memray/_memray/snapshot.cpp there). A difference is explained where the model with some of them gives
// what memray has, and the model without any gives what a plain replay has.

/**
 * A block whose address was given out again without having been freed: in the peak it stays for ever, in what
 * has grown it never was.
 */
const OVERWRITTEN = 'overwritten block';
/**
 * A location that frees as many blocks as it allocates after the peak of a snapshot, of other sizes, keeps the
 * bytes of that peak in later snapshots, until it changes again.
 */
const STALE = 'stale location';
/** In the peak, a map of no bytes counts for ever. */
const EMPTY = 'empty map';
/** In what has grown, a map counts once, in however many pieces; not at all if its last pieces go together. */
const PIECES = 'pieces of maps';

const PECULIARITIES = {peak: [OVERWRITTEN, STALE, EMPTY], grown: [OVERWRITTEN, PIECES]};

/** All choices among the peculiarities of a kind of view, smaller ones first. */
export function listChoices(kind) {
  const choices = PECULIARITIES[kind].reduce(
    (all, each) => all.flatMap(some => [some, [...some, each]]),
    [[]],
  );
  return choices.sort((a, b) => a.length - b.length);
}

/** Feeds a heap model. What follows the last allocation record memray does not see. */
function replayInto(model, {records, recordsBefore}) {
  let next = 0;
  for (const [index, [kind, address, size, location]] of records.entries()) {
    for (; recordsBefore[next] === index; next++) model.capture();
    if (kind === 'allocate') model.allocate(address, size, location);
    else if (kind === 'free') model.free(address);
    else if (kind === 'map') model.map(address, size, location);
    else model.unmap(address, size);
  }
}

/** Live blocks and maps. */
class Memory {
  #blocks = new Map();
  #pieces = [];

  /** The block that had the address. */
  put(address, block) {
    const before = this.#blocks.get(address);
    this.#blocks.set(address, block);
    return before;
  }

  take(address) {
    const block = this.#blocks.get(address);
    this.#blocks.delete(address);
    return block;
  }

  addMap(start, size, map) {
    if (size > 0) this.#pieces.push({start, end: start + size, map});
  }

  /** What goes of which map, and how many pieces more there are of it. */
  cut(start, end) {
    const [left, gone] = [[], []];
    for (const piece of this.#pieces) {
      const [from, to] = [Math.max(start, piece.start), Math.min(end, piece.end)];
      if (to <= from) {
        left.push(piece);
        continue;
      }
      const rest = [
        {...piece, end: from},
        {...piece, start: to},
      ].filter(part => part.end > part.start);
      left.push(...rest);
      gone.push({map: piece.map, bytes: to - from, more: rest.length - 1});
    }
    this.#pieces = left;
    return gone;
  }

  listBlocks() {
    return this.#blocks.values();
  }

  listPieces() {
    return this.#pieces;
  }
}

/** What one location has at the highest moment of each snapshot (UsageHistory). */
class Usage {
  #skips;
  #snapshot = 0;
  #peak = 0;
  #atPeak = [0, 0];
  #since = [0, 0];
  /** [snapshot, [bytes, count]] where it changes. */
  #changes = [];

  constructor(skips) {
    this.#skips = skips;
  }

  add(bytes, count, peaks, peak) {
    this.#complete(peaks);
    this.#rebase(peak);
    this.#since[0] += bytes;
    this.#since[1] += count;
  }

  #rebase(peak) {
    if (peak === this.#peak) return;
    this.#atPeak = this.#atPeak.map((value, i) => value + this.#since[i]);
    this.#since = [0, 0];
    this.#peak = peak;
  }

  #complete(peaks) {
    while (this.#snapshot !== peaks.length) {
      this.#rebase(peaks[this.#snapshot]);
      this.#note(this.#snapshot, this.#atPeak);
      const [bytes, count] = this.#since;
      const isOpen = this.#skips ? count !== 0 : count !== 0 || bytes !== 0;
      this.#snapshot = isOpen ? this.#snapshot + 1 : peaks.length;
    }
  }

  #note(snapshot, value) {
    const [bytes, count] = this.#changes.at(-1)?.[1] ?? [0, 0];
    if (bytes !== value[0] || count !== value[1]) this.#changes.push([snapshot, value]);
  }

  /** (first snapshot, first one without, count, bytes). */
  list(peaks, peak) {
    this.#complete(peaks);
    this.#rebase(peak);
    this.#note(peaks.length, this.#atPeak);
    const changes = this.#changes;
    return changes.map(([from, [bytes, count]], i) => [from, changes[i + 1]?.[0] ?? null, count, bytes]);
  }
}

/** HighWaterMarkAggregator. */
class PeakModel {
  #options;
  #memory = new Memory();
  #usages = new Map();
  #heap = 0;
  #lastPeak = 0;
  #peak = 0;
  #peaks = [];

  constructor(options) {
    this.#options = options;
  }

  #change(location, bytes, count) {
    if (this.#heap >= this.#lastPeak && bytes < 0) {
      this.#peak++;
      this.#lastPeak = this.#heap;
    }
    this.#heap += bytes;
    this.#note(location, bytes, count);
  }

  #note(location, bytes, count) {
    if (!this.#usages.has(location)) this.#usages.set(location, new Usage(this.#options.has(STALE)));
    this.#usages.get(location).add(bytes, count, this.#peaks, this.#peak);
  }

  allocate(address, size, location) {
    this.#change(location, size, 1);
    const before = this.#memory.put(address, {size, location});
    if (before && !this.#options.has(OVERWRITTEN)) this.#note(before.location, -before.size, -1);
  }

  free(address) {
    const block = this.#memory.take(address);
    if (block) this.#change(block.location, -block.size, -1);
  }

  map(address, size, location) {
    if (size > 0 || this.#options.has(EMPTY)) this.#change(location, size, 1);
    this.#memory.addMap(address, size, location);
  }

  unmap(address, size) {
    for (const {map, bytes, more} of this.#memory.cut(address, address + size))
      this.#change(map, -bytes, more);
  }

  capture() {
    this.#peaks.push(this.#heap >= this.#lastPeak ? this.#peak + 1 : this.#peak);
    this.#peak++;
    this.#lastPeak = this.#heap;
  }

  list() {
    const last = this.#heap >= this.#lastPeak ? this.#peak + 1 : this.#peak;
    return [...this.#usages].flatMap(([location, usage]) =>
      usage.list(this.#peaks, last).map(interval => [location, ...interval]),
    );
  }
}

/** AllocationLifetimeAggregator. */
class GrownModel {
  #options;
  #memory = new Memory();
  #snapshot = 0;
  #dead = [];

  constructor(options) {
    this.#options = options;
  }

  #end({location, birth}, bytes, count) {
    if (birth !== this.#snapshot) this.#dead.push([location, birth, this.#snapshot, count, bytes]);
  }

  allocate(address, size, location) {
    const before = this.#memory.put(address, {size, location, birth: this.#snapshot});
    if (before && !this.#options.has(OVERWRITTEN)) this.#end(before, before.size, 1);
  }

  free(address) {
    const block = this.#memory.take(address);
    if (block) this.#end(block, block.size, 1);
  }

  map(address, size, location) {
    this.#memory.addMap(address, size, {location, birth: this.#snapshot, pieces: 1});
  }

  unmap(address, size) {
    const gone = this.#memory.cut(address, address + size);
    const countsPieces = !this.#options.has(PIECES);
    for (const {map, bytes, more} of gone) {
      const isLast = map.pieces === 1 && more === -1;
      this.#end(map, bytes, countsPieces ? -more : Number(isLast));
    }
    // Of pieces that go together none is the last one.
    for (const {map, more} of gone) map.pieces += more;
  }

  capture() {
    this.#snapshot++;
  }

  list() {
    const seen = new Set();
    const pieces = this.#memory.listPieces().map(({start, end, map}) => {
      const count = this.#options.has(PIECES) && seen.has(map) ? 0 : 1;
      seen.add(map);
      return [map.location, map.birth, null, count, end - start];
    });
    const blocks = [...this.#memory.listBlocks()].map(({size, location, birth}) => {
      return [location, birth, null, 1, size];
    });
    return [...this.#dead, ...blocks, ...pieces];
  }
}

/** What memray's data would be with some of its peculiarities: intervals of locations. */
export function modelIntervals(kind, source, peculiarities) {
  const model = new (kind === 'peak' ? PeakModel : GrownModel)(new Set(peculiarities));
  replayInto(model, source);
  return model.list().map(([location, ...interval]) => [source.locations[location], ...interval]);
}
