/**
 * A function that keeps its last results for each first argument, as long as that is in use. The other arguments are
 * compared one by one by identity.
 * @param size how many results of each first argument are kept
 */
export function recall<First extends object, Rest extends readonly unknown[], Result>(
  compute: (first: First, ...rest: Rest) => Result,
  size = 1,
): (first: First, ...rest: Rest) => Result {
  const known = new WeakMap<First, {readonly rest: Rest; readonly result: Result}[]>();
  return (first, ...rest) => {
    const kept = known.get(first) ?? [];
    const found = kept.find(entry => entry.rest.every((value, index) => Object.is(value, rest[index])));
    const latest = found ?? {rest, result: compute(first, ...rest)};
    if (latest !== kept[0])
      known.set(first, [latest, ...kept.filter(entry => entry !== found)].slice(0, size));
    return latest.result;
  };
}
