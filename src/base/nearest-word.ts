/** The longest word that is compared: its cost grows with the square of the length. */
const MAX_LENGTH = 64;

/** The known word that was probably meant by another one: one or, of long words, two letters differ; null if none is near. */
export function findNearestWord(word: string, known: readonly string[]): string | null {
  if (word.length > MAX_LENGTH) return null;
  const limit = word.length < 7 ? 1 : 2;
  const distances = known.map(name => ({name, distance: getDistance(word, name)}));
  distances.sort((a, b) => a.distance - b.distance);
  const [nearest] = distances;
  return nearest !== undefined && nearest.distance <= limit ? nearest.name : null;
}

/** How many letters have to be added, dropped, replaced, or swapped with their neighbour. */
function getDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({length: b.length + 1}, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? beforeLast[j - 2]! + 1 : Infinity;
      row.push(Math.min(replaced, last[j]! + 1, row[j - 1]! + 1, swapped));
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
