import {readExpression} from './expressions.js';
import type {Mangled} from './mangled.js';
import {type FunctionQualifier, type Kind, makeNode, type Node} from './node.js';
import {readParameterTypes} from './types.js';

/** const, volatile, restrict and what a function may promise. */
export function isQualifier(mangled: Mangled): boolean {
  const first = mangled.peek();
  if (first === 'r' || first === 'V' || first === 'K') return true;
  if (first !== 'D') return false;
  const second = mangled.peek(1);
  return second === 'x' || second === 'o' || second === 'O' || second === 'w';
}

/** Puts what was read around a node. */
export type Wrap = (inner: Node) => Node;

export interface QualifierRead {
  readonly kind: Kind;
  readonly operand: Node | null;
}

export function readQualifiers(mangled: Mangled): QualifierRead[] {
  const qualifiers: QualifierRead[] = [];
  while (isQualifier(mangled)) {
    const first = mangled.next();
    if (first === 'D') qualifiers.push(readPromise(mangled));
    else
      qualifiers.push({
        kind: first === 'r' ? 'restrict' : first === 'V' ? 'volatile' : 'const',
        operand: null,
      });
  }
  return qualifiers;
}

function readPromise(mangled: Mangled): QualifierRead {
  switch (mangled.next()) {
    case 'x':
      return {kind: 'transactionSafe', operand: null};
    case 'o':
      return {kind: 'noexcept', operand: null};
    case 'O': {
      const operand = readExpression(mangled);
      mangled.expect('E');
      return {kind: 'noexcept', operand};
    }
    default: {
      const operand = readParameterTypes(mangled);
      mangled.expect('E');
      return {kind: 'throws', operand};
    }
  }
}

const OF_FUNCTION: ReadonlyMap<Kind, FunctionQualifier> = new Map<Kind, FunctionQualifier>([
  ['const', 'constFunction'],
  ['volatile', 'volatileFunction'],
  ['restrict', 'restrictFunction'],
]);

export function wrap(qualifiers: readonly QualifierRead[], inner: Node, isFunction: boolean): Node {
  return qualifiers.reduceRight(
    (node, {kind, operand}) => makeNode((isFunction && OF_FUNCTION.get(kind)) || kind, node, operand),
    inner,
  );
}

/** Those of a member function, in front of its name. */
export function readFunctionQualifiers(mangled: Mangled): Wrap {
  const qualifiers = readQualifiers(mangled);
  return inner => wrap(qualifiers, inner, true);
}
