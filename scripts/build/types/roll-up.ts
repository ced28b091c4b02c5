// One declaration file for each entry, with nothing that the entry does not need, instead of one for each
// module. What several entries need is in a file of its own: a class or a unique symbol that stood in two
// files would be two types.
import {type Declaration, DeclarationGraph} from './declaration-graph.js';
import type {Statement} from './read-module.js';

/** The name of the file of what several entries need. */
export const SHARED = 'shared';

type Exports = ReadonlyMap<string, Declaration>;

/**
 * Texts of declaration files by the name of the entry, and the shared one.
 * @param entries absolute paths of declaration files
 */
export function rollUpTypes(entries: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const graph = new DeclarationGraph();
  const exports = new Map(Object.entries(entries).map(([name, path]) => [name, graph.listExports(path)]));
  const needed = new Map([...exports].map(([name, each]) => [name, graph.collect(each.values())]));
  const all = [...new Set([...needed.values()].flatMap(declarations => [...declarations]))];
  const isShared = (declaration: Declaration) =>
    [...needed.values()].filter(declarations => declarations.has(declaration)).length > 1;
  const printer = new Printer(graph, nameAll(graph, exports, all));
  const shared = all.filter(declaration => declaration.statements !== null && isShared(declaration));
  const texts = new Map<string, string>();
  for (const [name, declarations] of needed) {
    const own = [...declarations].filter(each => each.statements !== null && !isShared(each));
    texts.set(name, printer.printEntry(own, new Set(shared), exports.get(name)!));
  }
  if (shared.length > 0) texts.set(SHARED, printer.printShared(shared));
  return texts;
}

/** A name for each declaration: the exported one, the own one, or the own one with a number. */
function nameAll(
  graph: DeclarationGraph,
  exports: ReadonlyMap<string, Exports>,
  declarations: readonly Declaration[],
): ReadonlyMap<Declaration, string> {
  const names = new Map<Declaration, string>();
  const taken = listGlobals(graph, declarations);
  const take = (declaration: Declaration, wanted: string) => {
    let name = wanted;
    for (let number = 1; taken.has(name); number++) name = `${wanted}$${number}`;
    taken.add(name);
    names.set(declaration, name);
  };
  const exported = [...exports.values()].flatMap(each => [...each]);
  for (const [name, declaration] of exported) if (!names.has(declaration)) take(declaration, name);
  for (const declaration of declarations) if (!names.has(declaration)) take(declaration, declaration.name);
  return names;
}

function listGlobals(graph: DeclarationGraph, declarations: readonly Declaration[]): Set<string> {
  const globals = new Set<string>();
  for (const {from, statements} of declarations) {
    for (const {references} of statements ?? []) {
      for (const reference of references) {
        if (graph.findReference(from, reference.name, reference.from) === null) globals.add(reference.name);
      }
    }
  }
  return globals;
}

class Printer {
  readonly #graph: DeclarationGraph;
  readonly #names: ReadonlyMap<Declaration, string>;

  constructor(graph: DeclarationGraph, names: ReadonlyMap<Declaration, string>) {
    this.#graph = graph;
    this.#names = names;
  }

  printEntry(own: readonly Declaration[], shared: ReadonlySet<Declaration>, exports: Exports): string {
    const exported = new Set(exports.values());
    const used = this.#listUsed(own);
    const imports = used.filter(each => shared.has(each)).map(each => this.#getName(each));
    const reexported = [...exports].filter(
      ([name, each]) => shared.has(each) || this.#getName(each) !== name,
    );
    return joinParts([
      ...this.#printPackageImports(used),
      printNames('import type', imports, ` from './${SHARED}.js'`),
      printNames(
        'export',
        reexported.filter(([, each]) => shared.has(each)).map(([name, each]) => this.#rename(each, name)),
        ` from './${SHARED}.js'`,
      ),
      ...own.map(each => this.#print(each, exported.has(each) && exports.get(this.#getName(each)) === each)),
      printNames(
        'export',
        reexported.filter(([, each]) => !shared.has(each)).map(([name, each]) => this.#rename(each, name)),
      ) || 'export {};',
    ]);
  }

  printShared(shared: readonly Declaration[]): string {
    const imports = this.#printPackageImports(this.#listUsed(shared));
    return joinParts([...imports, ...shared.map(each => this.#print(each, true)), 'export {};']);
  }

  #getName(declaration: Declaration): string {
    return this.#names.get(declaration)!;
  }

  #rename(declaration: Declaration, name: string): string {
    const own = this.#getName(declaration);
    return own === name ? own : `${own} as ${name}`;
  }

  /** What these name, themselves left out. */
  #listUsed(declarations: readonly Declaration[]): readonly Declaration[] {
    const used = new Set<Declaration>();
    for (const {from, statements} of declarations) {
      for (const {references} of statements ?? []) {
        for (const {name, from: specifier} of references) {
          const found = this.#graph.findReference(from, name, specifier);
          if (found !== null) used.add(found);
        }
      }
    }
    return [...used];
  }

  #printPackageImports(used: readonly Declaration[]): readonly string[] {
    const packages = used.filter(({statements}) => statements === null);
    const names = [...new Set(packages.map(({from}) => from))].sort();
    return names.map(from => {
      const imported = packages.filter(each => each.from === from);
      const specifiers = imported.map(each =>
        each.name === this.#getName(each) ? each.name : `${each.name} as ${this.#getName(each)}`,
      );
      return printNames('import type', specifiers, ` from '${from}'`);
    });
  }

  #print(declaration: Declaration, isExported: boolean): string {
    return declaration
      .statements!.map(each => this.#printStatement(declaration, each, isExported))
      .join('\n');
  }

  #printStatement(declaration: Declaration, statement: Statement, isExported: boolean): string {
    const text = this.#replaceNames(declaration, statement);
    const comment = statement.comment && `${statement.comment}\n`;
    return `${comment}${isExported ? 'export ' : ''}${text}`;
  }

  #replaceNames(declaration: Declaration, {text, references}: Statement): string {
    let result = '';
    let end = 0;
    for (const reference of references) {
      const found = this.#graph.findReference(declaration.from, reference.name, reference.from);
      if (found === null) continue;
      result += text.slice(end, reference.start) + this.#getName(found);
      end = reference.end;
    }
    const renamed = result + text.slice(end);
    const name = this.#getName(declaration);
    return name === declaration.name ? renamed : renameDeclared(renamed, declaration.name, name);
  }
}

function renameDeclared(text: string, from: string, to: string): string {
  const pattern = /^((?:declare |abstract )*(?:interface|type|class|function|const|let|enum) )([\w$]+)/;
  const [start, keywords, name] = pattern.exec(text) ?? [];
  if (start === undefined || name !== from) throw new Error(`cannot rename ${from} in: ${text.slice(0, 80)}`);
  return `${keywords}${to}${text.slice(start.length)}`;
}

function printNames(keyword: string, names: readonly string[], end = ''): string {
  return names.length === 0 ? '' : `${keyword} {${names.toSorted().join(', ')}}${end};`;
}

function joinParts(parts: readonly string[]): string {
  return `${parts.filter(part => part !== '').join('\n')}\n`;
}
