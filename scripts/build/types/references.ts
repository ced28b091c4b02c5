// The names of other declarations in a declaration.
import {type AstNode, getNode, getText, isNode, walk} from './ast.js';

/** A place in a module where a name of its top level stands, or `import('./other.js').Name`. */
export interface Reference {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  /** The specifier, if the type is imported right there. */
  readonly from?: string;
}

/** Where a name of the scope stands, by kind of node. All other identifiers are members, parameters or labels. */
const NAME_KEYS: Readonly<Record<string, string>> = {
  TSTypeReference: 'typeName',
  TSTypeQuery: 'exprName',
  TSQualifiedName: 'left',
  TSInterfaceHeritage: 'expression',
  TSClassImplements: 'expression',
  ClassDeclaration: 'superClass',
  MemberExpression: 'object',
  TSEnumMember: 'initializer',
};

/** In their order. */
export function findReferences(declaration: AstNode): readonly Reference[] {
  const references: Reference[] = [];
  const ownNames = new Set<string>();
  for (const node of walk(declaration)) {
    if (node.type === 'TSTypeParameter') ownNames.add(getText(getNode(node, 'name')));
    const imported = toImportReference(node);
    if (imported !== null) references.push(imported);
    const name = node.computed === true ? node.key : node[NAME_KEYS[node.type] ?? ''];
    if (isNode(name) && name.type === 'Identifier')
      references.push({start: name.start, end: name.end, name: getText(name)});
  }
  // The name of a type parameter hides the same name of the module.
  return references
    .filter(({name, from}) => from !== undefined || !ownNames.has(name))
    .sort((a, b) => a.start - b.start);
}

function toImportReference(node: AstNode): Reference | null {
  if (node.type !== 'TSImportType') return null;
  const from = getText(getNode(node, 'source'));
  // Packages may be imported anywhere.
  if (!from.startsWith('.')) return null;
  const qualifier = getNode(node, 'qualifier');
  if (qualifier.type !== 'Identifier') throw new Error(`import('${from}') of more than a name`);
  return {start: node.start, end: qualifier.end, name: getText(qualifier), from};
}
