// A growing array of elements of one size. Elements move when it grows, so pointers to them are short-lived.

import {allocateRegion, releaseRegion, setExhausted} from './memory';

const FIRST_CAPACITY: u32 = 1024;

@unmanaged
export class List<T> {
  private items: usize;
  private capacity: u32;
  count: u32;
  private limit: u32;

  /** Room for more than `limit` elements is refused. */
  init(limit: u32): void {
    this.items = 0;
    this.capacity = 0;
    this.count = 0;
    this.limit = limit;
    this.reserve(1);
  }

  /** Whole words, so that the u64s of an element are aligned. */
  @inline
  get elementBytes(): usize {
    return (offsetof<T>() + 7) & ~7;
  }

  /** How many elements there is room for. */
  @inline
  get room(): u32 {
    return this.capacity;
  }

  @inline
  at(index: u32): T {
    return changetype<T>(this.items + <usize>index * this.elementBytes);
  }

  /** A new element at the end; its content is arbitrary. There must be room for it. */
  @inline
  add(): T {
    return this.at(this.count++);
  }

  /** Makes room for `more` elements after the last one, or ends the load. */
  reserve(more: u32): void {
    const needed = this.count + more;
    if (needed <= this.capacity) return;
    const capacity = max<u32>(max<u32>(2 * this.capacity, needed), FIRST_CAPACITY);
    const grown: usize = capacity > this.limit ? 0 : allocateRegion(<usize>capacity * this.elementBytes);
    if (grown == 0) {
      setExhausted();
      return;
    }
    if (this.capacity != 0) {
      memory.copy(grown, this.items, <usize>this.count * this.elementBytes);
      releaseRegion(this.items, <usize>this.capacity * this.elementBytes);
    }
    this.items = grown;
    this.capacity = capacity;
  }

  /** Makes `count` elements of zeros. There must be room for them. */
  clear(count: u32): void {
    this.count = count;
    memory.fill(this.items, 0, <usize>count * this.elementBytes);
  }

  /** Copies an element over another one. */
  copy(from: u32, to: u32): void {
    memory.copy(changetype<usize>(this.at(to)), changetype<usize>(this.at(from)), this.elementBytes);
  }

  /** Sorts by the u64 that each element begins with. */
  sort(): void {
    sortByKey(this.items, this.count, this.elementBytes);
  }
}

/**
 * Sorts elements of `bytes` bytes, a multiple of 8, by the u64 that each begins with: a heap sort in place.
 */
export function sortByKey(items: usize, count: u32, bytes: usize): void {
  for (let root = count >> 1; root > 0; root--) siftDown(items, root - 1, count, bytes);
  for (let left = count; left > 1; left--) {
    swap(items, items + <usize>(left - 1) * bytes, bytes);
    siftDown(items, 0, left - 1, bytes);
  }
}

function siftDown(items: usize, root: u32, count: u32, bytes: usize): void {
  let at = root;
  while (true) {
    let child: u32 = 2 * at + 1;
    if (child >= count) return;
    let place = items + <usize>child * bytes;
    if (child + 1 < count && load<u64>(place + bytes) > load<u64>(place)) {
      child++;
      place += bytes;
    }
    const above = items + <usize>at * bytes;
    if (load<u64>(above) >= load<u64>(place)) return;
    swap(above, place, bytes);
    at = child;
  }
}

@inline
function swap(a: usize, b: usize, bytes: usize): void {
  for (let word: usize = 0; word < bytes; word += 8) {
    const kept = load<u64>(a + word);
    store<u64>(a + word, load<u64>(b + word));
    store<u64>(b + word, kept);
  }
}
