// Replays allocation records as memray gives them, one by one and without any cleverness: it decides who is
// right.
import {add} from './tables.mjs';

/** What is alive after some records. */
class PlainHeap {
  /** With blocks whose address was given out again: by the rules of the format they are not subtracted. */
  bytes = 0;
  #records = 0;
  #blocks = new Map();
  #pieces = [];

  apply([kind, address, size, location]) {
    const added = {start: address, end: address + size, location, birth: this.#records++};
    if (kind === 'unmap') this.#unmap(address, address + size);
    else if (kind === 'free') this.#free(address);
    else {
      this.bytes += size;
      if (kind === 'allocate') this.#blocks.set(address, added);
      else if (size > 0) this.#pieces.push(added);
    }
  }

  #free(address) {
    const block = this.#blocks.get(address);
    if (block === undefined) return;
    this.bytes -= block.end - block.start;
    this.#blocks.delete(address);
  }

  #unmap(start, end) {
    const left = [];
    for (const piece of this.#pieces) {
      if (start >= end || piece.end <= start || piece.start >= end) {
        left.push(piece);
        continue;
      }
      this.bytes -= Math.min(end, piece.end) - Math.max(start, piece.start);
      if (piece.start < start) left.push({...piece, end: start});
      if (piece.end > end) left.push({...piece, start: end});
    }
    this.#pieces = left;
  }

  /** What was allocated after so many records. */
  list(after, nameOf) {
    const table = new Map();
    for (const {start, end, location, birth} of [...this.#blocks.values(), ...this.#pieces])
      if (birth >= after) add(table, nameOf(location), end - start, 1);
    return table;
  }
}

export class Replay {
  #records;
  #before;
  #nameOf;

  /** @param recordsBefore how many records come before each memory record */
  constructor({records, recordsBefore, locations, places}) {
    this.#records = records;
    this.#before = recordsBefore;
    this.#nameOf = location => places[locations[location]];
  }

  /** How many records come before a range of snapshots, and before its end. */
  #marksOf([from, to]) {
    const start = from === 0 ? 0 : this.#before[from - 1];
    return [start, this.#before[to] ?? this.#records.length];
  }

  /** The highest state, the last one of equals; both ends of the range are in it. */
  findHighest(range) {
    const [from, to] = this.#marksOf(range);
    const heap = new PlainHeap();
    let [highest, bytes] = [from, 0];
    for (let count = 0; count <= to; count++) {
      if (count > 0) heap.apply(this.#records[count - 1]);
      if (count >= from && heap.bytes >= bytes) [highest, bytes] = [count, heap.bytes];
    }
    return {bytes, table: this.#listAt(highest, 0)};
  }

  /** What was allocated in a range and is alive at its end. */
  listGrown(range) {
    const [from, to] = this.#marksOf(range);
    return this.#listAt(to, from);
  }

  #listAt(count, after) {
    const heap = new PlainHeap();
    for (const record of this.#records.slice(0, count)) heap.apply(record);
    return heap.list(after, this.#nameOf);
  }
}
