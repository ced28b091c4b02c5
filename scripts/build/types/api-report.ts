// The public interface as a text in which a change shows: the declarations without comments, sorted.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseAst} from 'rolldown/parseAst';
import {type AstNode, getNodes} from './ast.js';
import {SHARED} from './roll-up.js';

const HEADING = `The public interface of memray-tree-ink, made by \`npm run api\` from the declarations in dist/types.
A change here is a change for other programs: name it in CHANGELOG.md.
`;

const FILES = ['index', 'headless', 'testing', SHARED];

/** The interface that the rolled-up declarations of a folder are. */
export function readApi(folder: string): string {
  const texts = FILES.map(name => [name, readFileSync(join(folder, `${name}.d.ts`), 'utf8')] as const);
  return formatApi(new Map(texts));
}

/** @param texts of declaration files, by name */
export function formatApi(texts: ReadonlyMap<string, string>): string {
  const parts = [...texts].map(
    ([name, text]) => `\n==== ${name} ====\n\n${listStatements(text).join('\n\n')}\n`,
  );
  return HEADING + parts.join('');
}

/** Exported ones first. */
function listStatements(text: string): readonly string[] {
  const plain = dropComments(text);
  const program = parseAst(plain, {lang: 'dts', astType: 'ts'}, 'api.d.ts') as unknown as AstNode;
  const nodes = getNodes(program, 'body');
  // With the comment before it.
  const statements = nodes.map(({end}, index) => plain.slice(nodes[index - 1]?.end ?? 0, end).trim());
  return statements.filter(statement => statement !== 'export {};').sort(compareStatements);
}

/** The declarations of a function keep their order: the sort is stable, and compares names only. */
function compareStatements(a: string, b: string): number {
  const [first, second] = [toSortKey(a), toSortKey(b)];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

function toSortKey(commented: string): string {
  const statement = commented.replace(/^\/\*.*?\*\/\s*/s, '');
  const rank = ['import', 'export {', 'export'].findIndex(start => statement.startsWith(start));
  const name = /^(?:export |declare |abstract )*\w+ ([\w$]+)/.exec(statement)?.[1] ?? statement;
  return `${rank < 0 ? 9 : rank} ${name}`;
}

/** What is deprecated is a part of the interface. Texts in quotes may look like a comment. */
function dropComments(text: string): string {
  const pieces = /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\/\*(?:(?!\*\/).)*\*\/[ \t]*\n?[ \t]*/gs;
  const kept = text.replace(pieces, (piece, quoted: string | undefined) =>
    quoted === undefined && !piece.includes('@deprecated') ? '' : piece,
  );
  return kept.replace(/^[ \t]+$/gm, '').replace(/\n{2,}/g, '\n');
}
