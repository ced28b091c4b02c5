/**
 * Paths without the folders in front that do not tell them apart: `base/1.bin` and `new/1.bin` of `/runs/base/1.bin` and
 * `/runs/new/1.bin`. Each keeps its name at least; equal paths stay equal.
 */
export function shortenPaths(paths: readonly string[]): readonly string[] {
  const different = [...new Set(paths)];
  const tailOf = new Map(different.map(path => [path, takeTail(path, 1)]));
  for (let parts = 2, clashing = listClashing(tailOf); clashing.length > 0; parts++) {
    for (const path of clashing) tailOf.set(path, takeTail(path, parts));
    clashing = listClashing(tailOf).filter(path => tailOf.get(path) !== path);
  }
  return paths.map(path => tailOf.get(path)!);
}

/** The last parts of a path; all of it where it has no more of them. */
function takeTail(path: string, parts: number): string {
  let start = path.length;
  for (let part = 0; part < parts && start > 0; part++) start = path.lastIndexOf('/', start - 1);
  return start <= 0 ? path : path.slice(start + 1) || path;
}

/** The paths whose tail another path has as well. */
function listClashing(tailOf: ReadonlyMap<string, string>): readonly string[] {
  const groups = Map.groupBy(tailOf, ([, tail]) => tail);
  return [...groups.values()].filter(group => group.length > 1).flatMap(group => group.map(([path]) => path));
}
