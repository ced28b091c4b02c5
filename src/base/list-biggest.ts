/** The indices of the `count` biggest values, biggest first; equals in the order of their indices. */
export function listBiggest(values: Float64Array, count: number): Uint32Array {
  const limit = count < values.length ? findLimit(values, count) : -Infinity;
  const chosen = new Uint32Array(Math.min(count, values.length));
  let length = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! > limit) chosen[length++] = i;
  for (let i = 0; length < chosen.length; i++) if (values[i] === limit) chosen[length++] = i;
  return chosen.sort((a, b) => values[b]! - values[a]! || a - b);
}

/** The biggest value that is not among the `count` biggest ones, or is equal to the last of them. */
function findLimit(values: Float64Array, count: number): number {
  if (count === 0) return Infinity;
  return values.slice().sort()[values.length - count]!;
}
