import {growArray} from '../base/column.js';
import {TripleTable} from '../base/triple-table.js';
import type {KeptTexts} from '../capture/kept-texts.js';
import {toFrameColumns} from './frame-table.js';
import type {HeapBudget} from './heap-budget.js';
import type {FrameColumns} from './snapshot.js';

/** Function, as the number of a kept text, file and line of a frame. */
export interface FrameTexts {
  readonly function: number;
  readonly file: number;
  readonly line: number;
}

/** What bytes that are no UTF-8 are replaced with. */
const REPLACEMENT = '\ufffd';

/**
 * Collects distinct frames and strings by the numbers of kept texts: so each text is decoded once, and none
 * is hashed.
 */
export class TextFrameTable {
  readonly strings: string[] = [];
  readonly #texts: KeptTexts;
  readonly #budget: HeapBudget;
  /** Index + 1 of the string of each text. */
  #indexOf = new Int32Array(1024);
  /** Only texts with bytes that are no UTF-8 can be different and yet be the same string. */
  readonly #replaced = new Map<string, number>();
  readonly #frames = new TripleTable();

  constructor(texts: KeptTexts, budget: HeapBudget) {
    this.#texts = texts;
    this.#budget = budget;
  }

  add({function: name, file, line}: FrameTexts): number {
    return this.#frames.add(this.#addText(name), this.#addText(file), line);
  }

  #addText(id: number): number {
    if (id >= this.#indexOf.length) this.#grow(id + 1);
    if (this.#indexOf[id] === 0) {
      const text = this.#texts.get(id);
      this.#budget.spendString(text, this.#texts.getByteLength(id));
      this.#indexOf[id] = this.#addString(text) + 1;
    }
    return this.#indexOf[id]! - 1;
  }

  #addString(text: string): number {
    const isReplaced = text.includes(REPLACEMENT);
    const known = isReplaced ? this.#replaced.get(text) : undefined;
    if (known !== undefined) return known;
    const index = this.strings.push(text) - 1;
    if (isReplaced) this.#replaced.set(text, index);
    return index;
  }

  #grow(needed: number): void {
    this.#indexOf = growArray(this.#indexOf, Math.max(needed, 2 * this.#indexOf.length));
  }

  toColumns(): FrameColumns {
    return toFrameColumns(this.#frames);
  }
}
