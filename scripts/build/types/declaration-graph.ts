// The declarations that entries need, each once.
import {
  type DeclarationModule,
  type Origin,
  readDeclarationModule,
  resolveSpecifier,
  type Statement,
} from './read-module.js';

/** A declaration of ours, or a name of a package. */
export interface Declaration {
  readonly name: string;
  /** Of the file; or the name of the package. */
  readonly from: string;
  /** Null for a name of a package. */
  readonly statements: readonly Statement[] | null;
}

export class DeclarationGraph {
  readonly #modules = new Map<string, DeclarationModule>();
  readonly #declarations = new Map<string, Declaration>();

  /** What an entry exports, by the name outside, in its order. */
  listExports(path: string): ReadonlyMap<string, Declaration> {
    const exports = [...this.#readModule(path).exports.keys()];
    return new Map(exports.map(name => [name, this.#findExport({from: path, name})]));
  }

  /** All that these need, themselves included, breadth first. */
  collect(declarations: Iterable<Declaration>): ReadonlySet<Declaration> {
    const found = new Set(declarations);
    for (const declaration of found) {
      for (const {references} of declaration.statements ?? []) {
        for (const {name, from} of references) {
          const needed = this.findReference(declaration.from, name, from);
          if (needed !== null) found.add(needed);
        }
      }
    }
    return found;
  }

  /** What a name in a file stands for; null for a global. */
  findReference(path: string, name: string, specifier?: string): Declaration | null {
    if (specifier !== undefined) return this.#findExport({from: resolveSpecifier(specifier, path), name});
    const module = this.#readModule(path);
    const imported = module.imports.get(name);
    if (imported !== undefined) return this.#findExport(imported);
    const statements = module.declarations.get(name);
    return statements === undefined ? null : this.#toDeclaration({from: path, name}, statements);
  }

  #findExport(origin: Origin): Declaration {
    if (!origin.from.startsWith('/')) return this.#toDeclaration(origin, null);
    const target = this.#readModule(origin.from).exports.get(origin.name);
    const found =
      typeof target === 'object' ? this.#findExport(target) : this.findReference(origin.from, target ?? '');
    if (found === null) throw new Error(`${origin.from} does not export ${origin.name}`);
    return found;
  }

  #toDeclaration({from, name}: Origin, statements: readonly Statement[] | null): Declaration {
    const key = `${from} ${name}`;
    const known = this.#declarations.get(key) ?? {name, from, statements};
    this.#declarations.set(key, known);
    return known;
  }

  #readModule(path: string): DeclarationModule {
    const module = this.#modules.get(path) ?? readDeclarationModule(path);
    this.#modules.set(path, module);
    return module;
  }
}
