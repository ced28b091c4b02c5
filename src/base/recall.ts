/** A function that `recall` has made. */
export interface Recalled<Args extends readonly unknown[], Result> {
  (...args: Args): Result;
  /** Whether it has the result of these arguments already. */
  knows(...args: Args): boolean;
}

/**
 * A function that keeps its last results for each first argument, as long as that is in use. The other arguments are
 * compared one by one by identity.
 * @param size how many results of each first argument are kept
 */
export function recall<First extends object, Rest extends readonly unknown[], Result>(
  compute: (first: First, ...rest: Rest) => Result,
  size = 1,
): Recalled<[first: First, ...rest: Rest], Result> {
  const known = new WeakMap<First, {readonly rest: Rest; readonly result: Result}[]>();
  const find = (first: First, rest: Rest) =>
    known.get(first)?.find(entry => entry.rest.every((value, index) => Object.is(value, rest[index])));
  const recalled = (first: First, ...rest: Rest): Result => {
    const found = find(first, rest);
    const latest = found ?? {rest, result: compute(first, ...rest)};
    const kept = known.get(first) ?? [];
    if (latest !== kept[0])
      known.set(first, [latest, ...kept.filter(entry => entry !== found)].slice(0, size));
    return latest.result;
  };
  return Object.assign(recalled, {
    knows: (first: First, ...rest: Rest) => find(first, rest) !== undefined,
  });
}
