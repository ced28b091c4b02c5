// Elements of one size in chunks of 4096 that never move: a pointer to an element is its number, growing
// copies nothing. 0 stands for none. One chunk is always in reserve, so that a record which is being
// processed when memory ends can still be finished.

import {allocateRegion, raiseBudget, setExhausted} from './memory';

const CHUNK_ELEMENTS: u32 = 4096;

@unmanaged
export class Slab<T> {
  /** Where the next element goes, and the end of its chunk. */
  private at: usize;
  private end: usize;
  private reserve: usize;
  private allowance: u32;
  /** How many elements there are. */
  count: u32;
  private limit: u32;

  /**
   * More than `limit` elements are refused. `allowance`: bytes by which each element raises the memory's
   * budget.
   */
  init(limit: u32, allowance: u32 = 0): void {
    this.limit = limit;
    this.allowance = allowance;
    this.count = 0;
    this.reserve = allocateRegion(<usize>offsetof<T>() * CHUNK_ELEMENTS);
    this.nextChunk();
  }

  /** A new element; its content is arbitrary. */
  @inline
  take(): T {
    const element = this.at;
    this.at = element + offsetof<T>();
    if (this.at == this.end) this.nextChunk();
    this.count++;
    return changetype<T>(element);
  }

  private nextChunk(): void {
    const bytes = <usize>offsetof<T>() * CHUNK_ELEMENTS;
    this.at = this.reserve;
    this.end = this.at + bytes;
    raiseBudget(<u64>this.allowance * CHUNK_ELEMENTS);
    this.reserve = allocateRegion(bytes);
    if (this.count + 2 * CHUNK_ELEMENTS >= this.limit) setExhausted();
  }
}
