import {dirname, join} from 'node:path/posix';

/** A row of the table of folders in ARCHITECTURE.md. */
export interface FolderRule {
  /** Folders, or single files: "src/core", "src/index.ts". */
  readonly paths: readonly string[];
  /**
   * The paths of other rows that its code may import, or "node_modules" for modules by their path in there.
   */
  readonly mayImport: readonly string[];
}

/** Code by path: "src/core/core.ts". */
export type Sources = ReadonlyMap<string, string>;

/**
 * The table whose head is `| folder | holds | may import |`. The first cell has the folders
 * or files as `code`, the last one names what may be imported without "src/" ("core, heap"), or is "–".
 * Throws if the table is missing or contradicts itself.
 */
export function parseFolderRules(markdown: string): readonly FolderRule[] {
  const lines = markdown.split('\n');
  const head = lines.indexOf('| folder | holds | may import |');
  if (head < 0) throw new Error('no table of folders');
  const rows: (readonly string[])[] = [];
  for (const line of lines.slice(head + 2)) {
    if (!line.startsWith('|')) break;
    rows.push(line.split('|').map(cell => cell.trim()));
  }
  const paths = rows.map(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(match => match[1]!));
  const names = new Map(paths.flat().map(path => [path.replace(/^src\//, ''), path]));
  if (names.size !== paths.flat().length) throw new Error('a folder stands in two rows');
  return rows.map((cells, index) => ({
    paths: paths[index]!,
    mayImport: parseTargets(cells[3] ?? '', names),
  }));
}

function parseTargets(cell: string, names: ReadonlyMap<string, string>): readonly string[] {
  if (cell === '–') return [];
  return cell.split(', ').map(name => {
    const path = name === 'node_modules' ? name : names.get(name);
    if (path === undefined) throw new Error(`"${name}" is not a folder of the table`);
    return path;
  });
}

/** The modules that code names by relative paths, in types, `import()` and `new URL()` as well. */
const SPECIFIER =
  /\b(?:from|import|require)\s*\(?\s*(['"`])(\.{1,2}(?:\/[^'"`]*)?)\1|\bnew URL\(\s*(['"`])(\.{1,2}\/[^'"`]*\.[cm]?[jt]sx?)\3/g;

/** Paths of the modules that a module names, as it names them (`.js`). */
export function listImports(path: string, text: string): readonly string[] {
  return [...text.matchAll(SPECIFIER)].map(match => join(dirname(path), match[2] ?? match[4]!));
}

/** What is wrong: folders that the table lacks, rows without a folder, imports that it does not allow. */
export function findViolations(rules: readonly FolderRule[], sources: Sources): readonly string[] {
  const problems: string[] = [];
  for (const path of rules.flatMap(rule => rule.paths)) {
    const isThere = [...sources.keys()].some(file => isWithin(file, path));
    if (!isThere) problems.push(`${path} is in the table, but there is no such code`);
  }
  for (const [path, text] of sources) {
    const rule = rules.find(({paths}) => paths.some(own => isWithin(path, own)));
    if (rule === undefined) problems.push(`${path} is in no folder of the table`);
    else problems.push(...findBadImports(rule, path, text));
  }
  return problems;
}

function findBadImports({paths, mayImport}: FolderRule, path: string, text: string): readonly string[] {
  const allowed = [...paths, ...mayImport];
  return listImports(path, text)
    .filter(target => !allowed.some(other => isWithin(target, other)))
    .map(target => `${path} imports ${target}`);
}

/** Is it the file, whatever its ending, or in the folder? */
function isWithin(path: string, fileOrFolder: string): boolean {
  const withoutEnding = (name: string) => name.replace(/\.[cm]?[jt]sx?$/, '');
  return path.startsWith(`${fileOrFolder}/`) || withoutEnding(path) === withoutEnding(fileOrFolder);
}
