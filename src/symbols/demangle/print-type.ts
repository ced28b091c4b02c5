import {printArray, printFunction, printPending} from './declarators.js';
import type {Kind, Node} from './node.js';
import type {Output, Pending} from './output.js';
import {findPack, lookUpArgument} from './packs.js';
import {print, printAround} from './print.js';
import {printSubexpression} from './print-expression.js';

/** Writes types; false where the node is something else. */
export function printType(output: Output, node: Node): boolean {
  switch (node.kind) {
    case 'builtin':
      if (node.left) print(output, node.left);
      else output.write(node.text);
      return true;
    case 'pointer':
    case 'complex':
    case 'imaginary':
    case 'vendorQualifier':
    case 'constFunction':
    case 'volatileFunction':
    case 'restrictFunction':
    case 'referenceFunction':
    case 'rvalueReferenceFunction':
    case 'transactionSafe':
    case 'noexcept':
    case 'throws':
      printQualified(output, node, node.left);
      return true;
    case 'const':
    case 'volatile':
    case 'restrict':
      if (isPending(output, node.kind)) print(output, node.left);
      else printQualified(output, node, node.left);
      return true;
    case 'reference':
    case 'rvalueReference':
      printReference(output, node);
      return true;
    default:
      return printCompoundType(output, node);
  }
}

function printCompoundType(output: Output, node: Node): boolean {
  switch (node.kind) {
    case 'memberPointer':
    case 'vector':
      printQualified(output, node, node.right);
      return true;
    case 'function':
      printFunctionType(output, node);
      return true;
    case 'array':
      printArrayType(output, node);
      return true;
    case 'packExpansion':
      printPackExpansion(output, node);
      return true;
    case 'decltype':
      printAround(output, 'decltype (', node.left, ')');
      return true;
    default:
      return false;
  }
}

/** The inner type writes the qualifier where it belongs, or leaves it to us. */
function printQualified(output: Output, qualifier: Node, inner: Node | null): void {
  if (!output.pend(qualifier, () => print(output, inner))) printPending(output, qualifier);
}

const IS_CV: ReadonlySet<Kind> = new Set<Kind>(['const', 'volatile', 'restrict']);

/** Is the same qualifier about to be written anyway? An array hands its own down to its elements. */
function isPending(output: Output, kind: Kind): boolean {
  for (let pending = output.pending; pending; pending = pending.outer) {
    if (pending.isPrinted) continue;
    if (!IS_CV.has(pending.node.kind)) return false;
    if (pending.node.kind === kind) return true;
  }
  return false;
}

/** A reference to a reference is one reference: && only where both are. */
function printReference(output: Output, node: Node): void {
  const {scope} = output;
  let inner = node.left!;
  if (inner.kind === 'parameter' && output.lambdas === 0) inner = resolveReferred(output, node, inner);
  if (inner.kind === 'reference' || inner.kind === node.kind) printQualified(output, inner, inner.left);
  else if (inner.kind === 'rvalueReference') printQualified(output, node, inner.left);
  else printQualified(output, node, node.left);
  output.scope = scope;
}

/** A substitution may print a parameter again elsewhere: it still means what it meant first. */
function resolveReferred(output: Output, reference: Node, parameter: Node): Node {
  if (parameter.scope === undefined) parameter.scope = output.scope;
  else if (parameter.printing === 0 && reference.printing < 2) output.scope = parameter.scope;
  return lookUpArgument(output, parameter);
}

/** The return type first; the rest waits for it, for it may belong inside. */
function printFunctionType(output: Output, node: Node): void {
  if (node.left) {
    if (output.pend(node, () => print(output, node.left))) return;
    output.write(' ');
  }
  printFunction(output, node, output.pending);
}

/** Qualifiers of an array are those of its elements. */
function printArrayType(output: Output, node: Node): void {
  const {pending} = output;
  const array = output.push(node);
  const copied: Pending[] = [];
  for (let outer = pending; outer && IS_CV.has(outer.node.kind); outer = outer.outer) {
    if (outer.isPrinted) continue;
    outer.isPrinted = true;
    const copy = {...outer, outer: output.pending, isPrinted: false};
    output.pending = copy;
    copied.push(copy);
  }
  print(output, node.right);
  output.pending = pending;
  if (array.isPrinted) return;
  for (const {node: qualifier} of copied.reverse()) printPending(output, qualifier);
  printArray(output, node, pending);
}

/** The pattern once for each argument of the pack in it. */
function printPackExpansion(output: Output, node: Node): void {
  const pack = findPack(output, node.left);
  if (!pack) {
    // Only parameters of functions: their number is not known.
    printSubexpression(output, node.left!);
    output.write('...');
    return;
  }
  pack.items.forEach((_, index) => {
    if (index > 0) output.write(', ');
    output.packIndex = index;
    print(output, node.left);
  });
}
