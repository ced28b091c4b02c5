/**
 * Rows of numbers of 64 bits in the memory of a core, as columns. Numbers are below 2^53.
 * @param at where the first row is @param words how many numbers a row has @param signedWord which of them may be below zero
 */
export function readRows(
  memory: ArrayBuffer,
  at: number,
  length: number,
  words: number,
  signedWord = -1,
): readonly Float64Array[] {
  const halves = new Uint32Array(memory, at, length * words * 2);
  return Array.from({length: words}, (_, word) => {
    const column = new Float64Array(length);
    for (let row = 0; row < length; row++) {
      const index = (row * words + word) * 2;
      const high = halves[index + 1]!;
      column[row] = (word === signedWord ? high | 0 : high) * 2 ** 32 + halves[index]!;
    }
    return column;
  });
}
