import type {ThreadShare} from '../../tree/call-tree.js';

/** Sets of thread labels: there are few of them, and each node has one. */
export class LabelSets {
  readonly #sets: (readonly string[])[] = [[]];
  readonly #numbers = new Map<string, number>([['[]', 0]]);

  /** The number of a set with the labels of some shares besides. */
  add(set: number, shares: readonly ThreadShare[]): number {
    const known = this.#sets[set]!;
    const added = shares.map(({label}) => label).filter(label => !known.includes(label));
    if (added.length === 0) return set;
    const labels = [...known, ...added];
    const key = JSON.stringify(labels);
    const number = this.#numbers.get(key) ?? this.#sets.push(labels) - 1;
    this.#numbers.set(key, number);
    return number;
  }

  list(set: number): readonly string[] {
    return this.#sets[set]!;
  }
}
