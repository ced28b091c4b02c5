import type {Budget} from './errors.js';

/**
 * Sorts order[start … end − 1], an array of indices, by `compare`. It isn't stable, and that is its point: it
 * leaves equal elements in the order in which libbacktrace's sort leaves them (pivot from the middle, one
 * scan from the left), and so decides alike which of several names for one address is found. Throws when the
 * budget is spent.
 */
export function sortAsLibbacktrace(
  order: Int32Array | Uint32Array,
  start: number,
  end: number,
  compare: (a: number, b: number) => number,
  budget: Budget,
): void {
  const pending: number[] = [start, end];
  while (pending.length > 0) {
    const to = pending.pop()!;
    const from = pending.pop()!;
    if (to - from < 2) continue;
    budget.spend(to - from);
    const middle = partition(order, from, to, compare);
    // The larger part waits, so that few parts ever wait.
    if (middle - from < to - middle - 1) pending.push(middle + 1, to, from, middle);
    else pending.push(from, middle, middle + 1, to);
  }
}

/** Puts one element where it belongs, smaller ones before it; returns its index. */
function partition(
  order: Int32Array | Uint32Array,
  from: number,
  to: number,
  compare: (a: number, b: number) => number,
): number {
  swap(order, from, from + ((to - from) >>> 1));
  const pivot = order[from]!;
  let middle = from;
  for (let i = from + 1; i < to; i++) {
    if (compare(pivot, order[i]!) <= 0) continue;
    middle++;
    swap(order, middle, i);
  }
  swap(order, from, middle);
  return middle;
}

function swap(order: Int32Array | Uint32Array, a: number, b: number): void {
  const value = order[a]!;
  order[a] = order[b]!;
  order[b] = value;
}
