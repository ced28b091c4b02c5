/**
 * All strings of a tree in one text, in lower case, so that a query is looked for once in all of them:
 *
 *   main ␀ load ␀ /app/data.py ␀ …       no string holds a ␀, and neither does a query
 *   ^      ^      ^ starts
 */
export interface SearchText {
  readonly folded: string;
  /** Where each string begins; one more than there are strings. */
  readonly starts: Int32Array;
}

const SEPARATOR = '\0';

/** V8 has no longer strings than 2^29 − 24 characters; folding makes a text a little longer at most. */
const MAX_CHARACTERS = 2 ** 28;

/** Null where the strings are too long to be one text, or hold a ␀. */
export function createSearchText(strings: readonly string[]): SearchText | null {
  const length = strings.reduce((sum, text) => sum + text.length + 1, 0);
  if (length > MAX_CHARACTERS) return null;
  const folded = `${strings.join(SEPARATOR)}${SEPARATOR}`.toLowerCase();
  const starts = new Int32Array(strings.length + 1);
  const isSameLength = folded.length === length;
  if (!isSameLength && strings.some(text => text.includes(SEPARATOR))) return null;
  for (let i = 0, at = 0; i < strings.length; i++) {
    at = isSameLength ? at + strings[i]!.length + 1 : folded.indexOf(SEPARATOR, at) + 1;
    starts[i + 1] = at;
  }
  return {folded, starts};
}

/** Calls `found` with the index of each string that holds the query, which is in lower case and not empty. */
export function findInText(
  {folded, starts}: SearchText,
  query: string,
  found: (index: number) => void,
): void {
  let index = 0;
  for (let at = folded.indexOf(query); at >= 0; at = folded.indexOf(query, starts[index + 1]!)) {
    index = findIndex(starts, index, at);
    found(index);
  }
}

/** The string that holds the position `at`, which lies in the string `from` or after it. */
function findIndex(starts: Int32Array, from: number, at: number): number {
  let step = 1;
  let low = from;
  while (low + step < starts.length && starts[low + step]! <= at) {
    low += step;
    step *= 2;
  }
  for (; step >= 1; step /= 2) if (low + step < starts.length && starts[low + step]! <= at) low += step;
  return low;
}
