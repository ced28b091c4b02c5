import {isFunctionQualifier, type Kind, type Node, withoutFunctionQualifiers} from './node.js';
import type {Output, Pending} from './output.js';
import {print, printAround} from './print.js';

/** What a qualifier adds after its type or its function. */
const SUFFIXES: ReadonlyMap<Kind, string> = new Map<Kind, string>([
  ['const', ' const'],
  ['volatile', ' volatile'],
  ['restrict', ' restrict'],
  ['constFunction', ' const'],
  ['volatileFunction', ' volatile'],
  ['restrictFunction', ' restrict'],
  ['transactionSafe', ' transaction_safe'],
  ['pointer', '*'],
  ['reference', '&'],
  ['rvalueReference', '&&'],
  ['referenceFunction', ' &'],
  ['rvalueReferenceFunction', ' &&'],
  ['complex', ' _Complex'],
  ['imaginary', ' _Imaginary'],
]);

/** One that waited, where it belongs. */
export function printPending(output: Output, node: Node): void {
  const suffix = SUFFIXES.get(node.kind);
  if (suffix !== undefined) output.write(suffix);
  else if (node.kind === 'noexcept' || node.kind === 'throws') printPromise(output, node);
  else if (node.kind === 'memberPointer') printOwner(output, node);
  else if (node.kind === 'vendorQualifier') printAround(output, ' ', node.right, '');
  else if (node.kind === 'vector') printAround(output, ' __vector(', node.left, ')');
  else print(output, node.kind === 'typed' ? node.left : node);
}

function printOwner(output: Output, node: Node): void {
  if (output.last !== '(') output.write(' ');
  printAround(output, '', node.left, '::*');
}

function printPromise(output: Output, node: Node): void {
  output.write(node.kind === 'noexcept' ? ' noexcept' : ' throw');
  if (node.right) printAround(output, '(', node.right, ')');
}

/** All that wait, innermost first; those of functions only after the parameters. */
function printAllPending(output: Output, innermost: Pending | null, isAfter: boolean): void {
  for (let pending = innermost; pending; pending = pending.outer) {
    output.step();
    if (pending.isPrinted || (!isAfter && isFunctionQualifier(pending.node))) continue;
    pending.isPrinted = true;
    const {scope} = output;
    output.scope = pending.scope;
    const isLast = printPendingOrRest(output, pending);
    output.scope = scope;
    if (isLast) return;
  }
}

/** True where what it printed took care of all outer ones. */
function printPendingOrRest(output: Output, {node, outer}: Pending): boolean {
  if (node.kind === 'function') printFunction(output, node, outer);
  else if (node.kind === 'array') printArray(output, node, outer);
  else if (node.kind === 'local') printLocal(output, node);
  else {
    printPending(output, node);
    return false;
  }
  return true;
}

/** A local entity without the qualifiers that wait beside it. */
function printLocal(output: Output, node: Node): void {
  const {pending} = output;
  output.pending = null;
  print(output, node.left);
  output.pending = pending;
  output.write('::');
  print(output, withoutFunctionQualifiers(enterDefaultArgument(output, node.right!)));
}

/** Writes which argument's default value an entity is in. */
export function enterDefaultArgument(output: Output, node: Node): Node {
  if (node.kind !== 'defaultArgument') return node;
  output.write(`{default arg#${node.number + 1}}::`);
  return node.left!;
}

const NEEDS_SPACE: ReadonlySet<Kind> = new Set<Kind>([
  'const',
  'volatile',
  'restrict',
  'vendorQualifier',
  'complex',
  'imaginary',
  'memberPointer',
]);
const NEEDS_PARENTHESES: ReadonlySet<Kind> = new Set<Kind>(['pointer', 'reference', 'rvalueReference']);

/** (declarator)(parameters) qualifiers; the return type stands already. */
export function printFunction(output: Output, node: Node, innermost: Pending | null): void {
  const opening = findOpening(innermost);
  if (opening) {
    const needsSpace = NEEDS_SPACE.has(opening) || (output.last !== '(' && output.last !== '*');
    if (needsSpace && output.last !== ' ') output.write(' ');
    output.write('(');
  }
  const {pending} = output;
  output.pending = null;
  printAllPending(output, innermost, false);
  output.write(opening ? ')(' : '(');
  printAround(output, '', node.right, ')');
  printAllPending(output, innermost, true);
  output.pending = pending;
}

/** The first qualifier that makes parentheses necessary. */
function findOpening(innermost: Pending | null): Kind | null {
  for (let pending = innermost; pending && !pending.isPrinted; pending = pending.outer) {
    const {kind} = pending.node;
    if (NEEDS_SPACE.has(kind) || NEEDS_PARENTHESES.has(kind)) return kind;
  }
  return null;
}

/** (declarator) [size]; the element stands already. Dimensions follow each other without a space. */
export function printArray(output: Output, node: Node, innermost: Pending | null): void {
  let first = innermost;
  while (first?.isPrinted) first = first.outer;
  const isDimension = first?.node.kind === 'array';
  const needsParentheses = first !== null && !isDimension;
  if (needsParentheses) output.write(' (');
  printAllPending(output, innermost, false);
  if (needsParentheses) output.write(')');
  if (!isDimension) output.write(' ');
  output.write('[');
  if (node.left) print(output, node.left);
  output.write(']');
}
