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
    if (found !== undefined) return found.result;
    const result = compute(first, ...rest);
    known.set(first, [{rest, result}, ...kept].slice(0, size));
    return result;
  };
}
