// Which ranges of snapshots are compared. memray's snapshot i lies between the memory records i − 1 and i: 0 is
// before the first one, and of n memory records the snapshot n is after the last one.
const {createRandom} = await import('../../__tests__/helpers/fuzzing/random.ts');

/** Up to so many memory records all ranges are compared. */
const MOST_RECORDS = 40;
const SAMPLE = 300;

/** Each snapshot, all that begin or end with the run, and all others or, of a long run, some of them. */
export function listRanges(last, seed) {
  const ranges = new Map();
  const addRange = (from, to) => ranges.set(`${from} ${to}`, [from, to]);
  for (let index = 0; index <= last; index++) {
    addRange(index, index);
    addRange(0, index);
    addRange(index, last);
  }
  if (last <= MOST_RECORDS) {
    for (let from = 0; from <= last; from++) for (let to = from; to <= last; to++) addRange(from, to);
    return [...ranges.values()];
  }
  const random = createRandom(seed, last);
  for (let count = 0; count < SAMPLE; count++) {
    const [from, to] = [random.below(last + 1), random.below(last + 1)].sort((a, b) => a - b);
    addRange(from, to);
  }
  return [...ranges.values()];
}

/** As it is written here. */
export function writeRange([from, to], last) {
  return `${from === 0 ? '0%' : `#${from - 1}`}..${writeEnd(to, last)}`;
}

/** The end of a snapshot. */
export function writeEnd(index, last) {
  return index === last ? '100%' : `#${index}`;
}
