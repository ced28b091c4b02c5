// Numbered elements of one size in chunks of 4096, found through a directory: they never move, so growing
// copies nothing. Number 0 stands for none. One chunk is always in reserve, so that a record which is being
// processed when memory ends can still be finished.

import {allocateRegion, setExhausted} from './memory';

const CHUNK_BITS: u32 = 12;
const CHUNK_MASK: u32 = (1 << CHUNK_BITS) - 1;

@unmanaged
export class Pool<T> {
  directory: usize;
  /** The next number to be given out. */
  count: u32;
  /** Numbers from here on are refused. */
  limit: u32;

  init(limit: u32): void {
    this.limit = limit;
    this.directory = allocateRegion(((limit >> CHUNK_BITS) + 2) << 2);
    this.addChunk(0);
    this.addChunk(1);
    this.count = 1;
  }

  @inline
  at(id: u32): T {
    const chunk = load<u32>(this.directory + ((<usize>(id >> CHUNK_BITS)) << 2));
    return changetype<T>(chunk + (id & CHUNK_MASK) * <u32>offsetof<T>());
  }

  /** A new number; the element's content is arbitrary. */
  take(): u32 {
    const id = this.count++;
    if ((id & CHUNK_MASK) == 0) this.addChunk((id >> CHUNK_BITS) + 1);
    if (this.count >= this.limit) setExhausted();
    return id;
  }

  private addChunk(chunk: u32): void {
    const ptr = allocateRegion(<u32>offsetof<T>() << CHUNK_BITS);
    store<u32>(this.directory + ((<usize>chunk) << 2), <u32>ptr);
  }
}
