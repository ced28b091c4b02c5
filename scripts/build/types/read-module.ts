// A declaration file as the compiler writes it, split into its declarations.
import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {parseAst} from 'rolldown/parseAst';
import {type AstNode, getNode, getNodes, getText, isNode} from './ast.js';
import {findReferences, type Reference} from './references.js';

/** Where a name comes from: a file with its path, or a package. */
export interface Origin {
  readonly from: string;
  readonly name: string;
}

/** One statement; a name may have several (overloads, an interface and a constant). */
export interface Statement {
  readonly text: string;
  /** With its slashes and stars, or empty. */
  readonly comment: string;
  /** Positions are those of `text`. */
  readonly references: readonly Reference[];
}

export interface DeclarationModule {
  readonly declarations: ReadonlyMap<string, readonly Statement[]>;
  readonly imports: ReadonlyMap<string, Origin>;
  /** By the name outside: a name of this module, or of another one. */
  readonly exports: ReadonlyMap<string, string | Origin>;
}

export function readDeclarationModule(path: string): DeclarationModule {
  const text = readFileSync(path, 'utf8');
  const program = parseAst(text, {lang: 'dts', astType: 'ts'}, path) as unknown as AstNode;
  const declarations = new Map<string, Statement[]>();
  const imports = new Map<string, Origin>();
  const exports = new Map<string, string | Origin>();
  let lastEnd = 0;
  for (const statement of getNodes(program, 'body')) {
    if (statement.type === 'ImportDeclaration') readImports(statement, path, imports);
    else if (isNode(statement.declaration) || !statement.type.startsWith('Export')) {
      const name = addDeclaration(statement, text, lastEnd, declarations);
      if (statement.type === 'ExportNamedDeclaration') exports.set(name, name);
    } else readExports(statement, path, exports);
    lastEnd = statement.end;
  }
  return {declarations, imports, exports};
}

/** Of relative specifiers the path of the declaration file. */
export function resolveSpecifier(specifier: string, importer: string): string {
  return specifier.startsWith('.') ? join(dirname(importer), specifier.replace(/\.js$/, '.d.ts')) : specifier;
}

function readImports(statement: AstNode, path: string, imports: Map<string, Origin>): void {
  const from = resolveSpecifier(getText(getNode(statement, 'source')), path);
  for (const specifier of getNodes(statement, 'specifiers')) {
    if (specifier.type !== 'ImportSpecifier') throw new Error(`${path}: only names can be imported`);
    imports.set(getText(getNode(specifier, 'local')), {from, name: getText(getNode(specifier, 'imported'))});
  }
}

function readExports(statement: AstNode, path: string, exports: Map<string, string | Origin>): void {
  if (statement.type !== 'ExportNamedDeclaration') throw new Error(`${path}: ${statement.type}`);
  const source = isNode(statement.source) ? resolveSpecifier(getText(statement.source), path) : null;
  for (const specifier of getNodes(statement, 'specifiers')) {
    const name = getText(getNode(specifier, 'local'));
    exports.set(getText(getNode(specifier, 'exported')), source === null ? name : {from: source, name});
  }
}

/** Returns its name. */
function addDeclaration(
  statement: AstNode,
  text: string,
  lastEnd: number,
  declarations: Map<string, Statement[]>,
): string {
  const declaration = isNode(statement.declaration) ? statement.declaration : statement;
  const {start, end} = declaration;
  const name = getDeclaredName(declaration);
  const others = declarations.get(name) ?? [];
  declarations.set(name, others);
  others.push({
    text: text.slice(start, end),
    comment: /\/\*\*(?:(?!\*\/).)*\*\/(?=\s*$)/s.exec(text.slice(lastEnd, statement.start))?.[0] ?? '',
    references: findReferences(declaration).map(reference => ({
      ...reference,
      start: reference.start - start,
      end: reference.end - start,
    })),
  });
  return name;
}

function getDeclaredName(declaration: AstNode): string {
  if (declaration.type !== 'VariableDeclaration') return getText(getNode(declaration, 'id'));
  const [declarator, ...others] = getNodes(declaration, 'declarations');
  if (declarator === undefined || others.length > 0) throw new Error('one constant to a declaration');
  return getText(getNode(declarator, 'id'));
}
