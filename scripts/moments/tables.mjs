// Tables of what each place has: a map from its name to [bytes, allocations]. A place is the (function, file,
// line) of the frame that allocated. Places without any are left out.

export function namePlace([name, file, line]) {
  return JSON.stringify([name, file, line]);
}

export function add(table, place, bytes, count) {
  const sums = table.get(place);
  if (sums === undefined) {
    table.set(place, [bytes, count]);
    return;
  }
  sums[0] += bytes;
  sums[1] += count;
}

/** What is zero altogether is nothing. */
function withoutNothing(table) {
  for (const [place, [bytes, count]] of table) if (bytes === 0 && count === 0) table.delete(place);
  return table;
}

function sumUp(table) {
  let [bytes, count] = [0, 0];
  for (const sums of table.values()) {
    bytes += sums[0];
    count += sums[1];
  }
  return [bytes, count];
}

/** The first difference as text; null if there is none. */
export function findDifference(ours, theirs) {
  for (const place of new Set([...ours.keys(), ...theirs.keys()])) {
    const [a, b] = [ours, theirs].map(table => table.get(place) ?? [0, 0]);
    if (a[0] === b[0] && a[1] === b[1]) continue;
    const [all, otherAll, here, otherHere] = [sumUp(ours), sumUp(theirs), a, b].map(each => each.join(' · '));
    return `${all} instead of ${otherAll}, ${place} ${here} instead of ${otherHere}`;
  }
  return null;
}

export function isEqual(a, b) {
  return findDifference(a, b) === null;
}

/**
 * The snapshot that memray shows of a range: the first one with the highest mark, as its page does it. There
 * is no mark for those after the last allocation.
 */
export function chooseHighest(marks, from, to) {
  let top = from;
  for (let index = from; index <= to; index++) if (marks[index] > marks[top]) top = index;
  return top;
}

/** What intervals (place, from, until, count, bytes) make of one snapshot. */
export function tableOfPeak(intervals, places, top) {
  const table = new Map();
  for (const [place, from, until, count, bytes] of intervals)
    if (from <= top && (until === null || until > top)) add(table, places[place], bytes, count);
  return withoutNothing(table);
}

/** What they make of that which was allocated in a range and is alive at its end. */
export function tableOfGrown(intervals, places, [from, to]) {
  const table = new Map();
  for (const [place, born, until, count, bytes] of intervals)
    if (born >= from && born <= to && (until === null || until > to)) add(table, places[place], bytes, count);
  return withoutNothing(table);
}
