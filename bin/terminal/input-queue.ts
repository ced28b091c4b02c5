import type {InputPart} from './terminal-input.js';

/** Characters that may wait. Nobody types so many ahead; of more than that the newest stay. */
const CAPACITY = 8192;
/** What an event counts, in characters. */
const EVENT_SIZE = 16;
/** Characters that are handed out at once: all of them are handled before the next input is read. */
const BATCH_SIZE = 512;
const INTERRUPT = '\u0003';

/**
 * Input that was read and not handled yet, in order. It is bounded, and Ctrl+C comes before all of it, as it
 * does in a terminal that handles the key itself.
 */
export class InputQueue {
  #parts: InputPart[] = [];
  #size = 0;

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  add(parts: readonly InputPart[]): void {
    for (const part of parts) {
      const interrupt = part.kind === 'keys' ? part.text.lastIndexOf(INTERRUPT) : -1;
      if (interrupt >= 0) this.#clear();
      if (part.kind !== 'keys') this.#push(part);
      else for (const text of cutText(part.text.slice(Math.max(0, interrupt)))) this.#push({...part, text});
    }
    this.#dropOldest();
  }

  /** Takes the next keys, or the next events: as many as follow each other, up to a batch. */
  take(): readonly InputPart[] {
    const [first] = this.#parts;
    if (first === undefined) return [];
    let count = 0;
    for (let size = 0; count < this.#parts.length; count++) {
      const part = this.#parts[count]!;
      size += getSize(part);
      if ((part.kind === 'keys') !== (first.kind === 'keys') || (count > 0 && size > BATCH_SIZE)) break;
    }
    return this.#remove(count);
  }

  #push(part: InputPart): void {
    this.#parts.push(part);
    this.#size += getSize(part);
  }

  #dropOldest(): void {
    let count = 0;
    for (let size = this.#size; size > CAPACITY; count++) size -= getSize(this.#parts[count]!);
    this.#remove(count);
  }

  #remove(count: number): readonly InputPart[] {
    const removed = this.#parts.splice(0, count);
    for (const part of removed) this.#size -= getSize(part);
    return removed;
  }

  #clear(): void {
    this.#parts = [];
    this.#size = 0;
  }
}

function getSize(part: InputPart): number {
  return part.kind === 'keys' ? part.text.length : EVENT_SIZE;
}

/** Cuts a text into batches, between characters. Control sequences are shorter than one. */
function* cutText(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = start + BATCH_SIZE;
    const isInCharacter = (text.codePointAt(end - 1) ?? 0) > 0xffff;
    yield text.slice(start, isInCharacter ? end - 1 : end);
    start = isInCharacter ? end - 1 : end;
  }
}
