import {FileNames, type Rename} from './frame-renames.js';

/** Functions by what they are recorded in: file → the names of its functions. */
export type FunctionsOfFiles = ReadonlyMap<string, ReadonlySet<string>>;

export interface MovedFolders {
  /** Which files of the base would be those of what is compared with it. */
  readonly folders: readonly Rename[];
  /** How many functions would be there on both sides. */
  readonly functions: number;
}

const MAX_FOLDERS = 3;
/** How many functions a further folder pairs at least, of those that the ones before it do. */
const LEAST_SHARE = 0.1;
/** No more folders than these are tried, those that most files speak for. */
const MAX_TRIED = 12;
/** No path is taken apart further than this from its end. */
const MAX_TAIL_PARTS = 40;
const MODULE = '<module>';

/**
 * Folders that were moved between two sides: the files of one side that the other one has not, but has with the same end
 * of the path and the same functions below another folder. Null unless that is true of most functions of such files: a
 * few functions of the same name in files of the same name prove nothing.
 * @param given renames that are in force already
 */
export function findMovedFolders(
  base: FunctionsOfFiles,
  compared: FunctionsOfFiles,
  given: readonly Rename[],
): MovedFolders | null {
  const sides = {base: leaveOut(base, compared), compared: leaveOut(compared, base), given};
  const least = Math.min(countFunctions(sides.base), countFunctions(sides.compared));
  if (least === 0) return null;
  const chosen = chooseFolders(listCandidates(sides.base, sides.compared), sides);
  const {functions, named} = countPaired(chosen, sides);
  return named > 0 && 2 * functions > least ? {folders: chosen, functions} : null;
}

interface Sides {
  readonly base: FunctionsOfFiles;
  readonly compared: FunctionsOfFiles;
  readonly given: readonly Rename[];
}

/** The files that others have not. What is no path, such as `<string>`, is in no folder. */
function leaveOut(files: FunctionsOfFiles, others: FunctionsOfFiles): FunctionsOfFiles {
  return new Map([...files].filter(([file]) => !others.has(file) && file !== '' && !file.startsWith('<')));
}

function countFunctions(files: FunctionsOfFiles): number {
  return [...files.values()].reduce((sum, functions) => sum + functions.size, 0);
}

/**
 * Takes the folder that pairs the most functions besides those that are paired already, as long as they are two and not
 * few beside those: what is left out may be found when the others are mapped.
 */
function chooseFolders(candidates: readonly Rename[], sides: Sides): readonly Rename[] {
  const chosen: Rename[] = [];
  let paired = 0;
  while (chosen.length < MAX_FOLDERS) {
    let best: Rename | null = null;
    let most = Math.max(paired + 1, (1 + LEAST_SHARE) * paired);
    for (const candidate of candidates.flatMap(listDirections)) {
      const {functions} = countPaired([...chosen, candidate], sides);
      if (functions <= most) continue;
      best = candidate;
      most = functions;
    }
    if (best === null) break;
    chosen.push(best);
    paired = most;
  }
  return chosen;
}

/**
 * A rename holds for both sides, so that of two folders of which one is within the other only one direction pairs
 * anything. The first direction leaves the paths of what is compared, unless it would make a path relative.
 */
function listDirections({from, to}: Rename): readonly Rename[] {
  const back = {from: to, to: from};
  return isAbsolute(from) && !isAbsolute(to) ? [back, {from, to}] : [{from, to}, back];
}

function isAbsolute(path: string): boolean {
  return /^(?:[\\/]|[a-z]:)/i.test(path);
}

/** How many functions the renames put on both sides, and how many of them have names of their own. */
function countPaired(folders: readonly Rename[], {base, compared, given}: Sides) {
  const names = new FileNames({folders: [...given, ...folders]});
  for (const file of compared.keys()) names.toKnown(file);
  const paired = {functions: 0, named: 0};
  for (const [file, functions] of base) {
    const others = compared.get(names.toKnown(file));
    for (const name of functions) {
      if (!others?.has(name)) continue;
      paired.functions++;
      if (name !== MODULE) paired.named++;
    }
  }
  return paired;
}

/** What lies before the longest common end of the paths of two files, those that most files have first. */
function listCandidates(base: FunctionsOfFiles, compared: FunctionsOfFiles): readonly Rename[] {
  const fileOf = listByTail(compared);
  const votes = new Map<string, {readonly rename: Rename; count: number}>();
  for (const [file, functions] of base) {
    const tail = listTails(file).find(each => fileOf.has(each));
    const other = tail === undefined ? null : fileOf.get(tail)!;
    // Several files have this end.
    if (tail === undefined || other == null) continue;
    const shared = [...functions].filter(name => compared.get(other)!.has(name)).length;
    if (shared === 0) continue;
    const rename = splitFolders(file, other, tail);
    const key = JSON.stringify([rename.from, rename.to]);
    const known = votes.get(key) ?? {rename, count: 0};
    known.count += shared;
    votes.set(key, known);
  }
  const sorted = [...votes.values()].sort((a, b) => b.count - a.count);
  return sorted.slice(0, MAX_TRIED).map(({rename}) => rename);
}

/** By each end of a path the file that has it; null where several have it. */
function listByTail(files: FunctionsOfFiles): ReadonlyMap<string, string | null> {
  const fileOf = new Map<string, string | null>();
  for (const file of files.keys()) {
    for (const tail of listTails(file)) fileOf.set(tail, fileOf.has(tail) ? null : file);
  }
  return fileOf;
}

/** `a/b/c.py`: `a/b/c.py`, `b/c.py`, `c.py`. */
function listTails(file: string): readonly string[] {
  const parts = file
    .split(/[\\/]/)
    .filter(part => part !== '')
    .slice(-MAX_TAIL_PARTS);
  return parts.map((_, index) => parts.slice(index).join('/'));
}

/**
 * The folders before a common end. One that is no folder, because the path is relative or begins at the root, takes the
 * first part of the end: `app.py` and `/srv/app.py` are files, `/src/app.py` and `/srv/src/app.py` in folders `src`.
 */
function splitFolders(file: string, other: string, tail: string): Rename {
  const [first = ''] = tail.split('/');
  const cut = (path: string, kept: number): string =>
    path.slice(0, path.length - tail.length + kept).replace(/[\\/]+$/, '');
  const folders = {from: cut(file, 0), to: cut(other, 0)};
  if (folders.from !== '' && folders.to !== '') return folders;
  return {from: cut(file, first.length), to: cut(other, first.length)};
}
