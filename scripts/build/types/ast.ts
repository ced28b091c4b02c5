// The few things that rolling up needs from a syntax tree.

export interface AstNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** The child of a node that is always there. */
export function getNode(node: AstNode, key: string): AstNode {
  const child = node[key];
  if (!isNode(child)) throw new Error(`${node.type} has no ${key}`);
  return child;
}

export function getNodes(node: AstNode, key: string): readonly AstNode[] {
  const children = node[key];
  return Array.isArray(children) ? children.filter(isNode) : [];
}

/** The name of an identifier, or the text of a literal. */
export function getText(node: AstNode): string {
  return String(node.name ?? node.value);
}

export function* walk(node: AstNode): Generator<AstNode> {
  yield node;
  for (const child of Object.values(node)) {
    if (isNode(child)) yield* walk(child);
    else if (Array.isArray(child)) for (const each of child) if (isNode(each)) yield* walk(each);
  }
}
