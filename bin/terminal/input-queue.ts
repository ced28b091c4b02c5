import type {InputPart} from './terminal-input.js';

/** Characters that may wait. Nobody types so many ahead; of more than that the newest stay. */
const CAPACITY = 4096;
/** What an event that waits counts, in characters. */
const EVENT_SIZE = 16;
/** In characters or events. */
const MAX_BATCH_SIZE = 128;
/** What a batch should take at most, in milliseconds: no input is read meanwhile, Ctrl+C neither. */
const BATCH_MS = 8;
const INTERRUPT = '\u0003';

/**
 * Input that was read and not handled yet, in order. It is bounded, and Ctrl+C comes before all of it, as it
 * does in a terminal that handles the key itself.
 */
export class InputQueue {
  /** Each of them an event, a control sequence or a character. */
  #parts: InputPart[] = [];
  /** Of all parts, in characters. */
  #size = 0;
  #batchSize = 1;

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  add(parts: readonly InputPart[]): void {
    for (const part of parts) {
      if (part.kind === 'keys' && part.text.includes(INTERRUPT)) this.#remove(this.#parts.length);
      for (const piece of cutPart(part)) {
        this.#parts.push(piece);
        this.#size += getSize(piece);
      }
    }
    let count = 0;
    for (let size = this.#size; size > CAPACITY; count++) size -= getSize(this.#parts[count]!);
    this.#remove(count);
  }

  /**
   * Takes the next keys, or the next events: as many as follow each other, up to a batch. Batches begin with
   * one of them, and grow as long as they take little time.
   */
  take(): readonly InputPart[] {
    const areKeys = this.#parts[0]?.kind === 'keys';
    let count = 0;
    for (let size = 0; count < this.#parts.length && size < this.#batchSize; count++) {
      const part = this.#parts[count]!;
      if ((part.kind === 'keys') !== areKeys) break;
      size += part.kind === 'keys' ? part.text.length : 1;
    }
    return this.#remove(count);
  }

  /**
   * Sets the size of the next batch by what the one before took: some keys change a lot, others hardly
   * anything.
   * @param time in milliseconds
   */
  adapt(time: number): void {
    const size = time < BATCH_MS ? this.#batchSize * 2 : Math.floor(this.#batchSize / 2);
    this.#batchSize = this.isEmpty ? 1 : Math.max(1, Math.min(size, MAX_BATCH_SIZE));
  }

  #remove(count: number): readonly InputPart[] {
    const removed = this.#parts.splice(0, count);
    for (const part of removed) this.#size -= getSize(part);
    return removed;
  }
}

function getSize(part: InputPart): number {
  return part.kind === 'keys' ? part.text.length : EVENT_SIZE;
}

/** Typed text character by character, from its last Ctrl+C on, and no more than can wait. */
function cutPart(part: InputPart): readonly InputPart[] {
  if (part.kind !== 'keys' || part.text.startsWith('\u001b')) return [part];
  const start = Math.max(0, part.text.lastIndexOf(INTERRUPT), part.text.length - CAPACITY);
  return Array.from(part.text.slice(start), text => ({kind: 'keys', text}));
}
