import {enterDefaultArgument, printPending} from './declarators.js';
import {isFunctionQualifier, type Node, withoutFunctionQualifiers} from './node.js';
import type {Output, Pending} from './output.js';
import {lookUpArgument} from './packs.js';
import {print, printAround} from './print.js';
import {OPERATORS} from './tables.js';

/** Writes names, templates and what the compiler made; false where the node is something else. */
export function printName(output: Output, node: Node): boolean {
  switch (node.kind) {
    case 'name':
    case 'standard':
      output.write(node.text);
      return true;
    case 'qualified':
    case 'local':
      print(output, node.left);
      output.write('::');
      print(output, enterDefaultArgument(output, node.right!));
      return true;
    case 'typed':
      printTyped(output, node);
      return true;
    case 'template':
      printTemplate(output, node);
      return true;
    case 'list':
      printList(output, node.items);
      return true;
    case 'parameter':
      printParameter(output, node);
      return true;
    case 'constructor':
      print(output, node.left);
      return true;
    default:
      return printRareName(output, node);
  }
}

function printRareName(output: Output, node: Node): boolean {
  switch (node.kind) {
    case 'destructor':
      printAround(output, '~', node.left, '');
      return true;
    case 'tagged':
      print(output, node.left);
      printAround(output, '[abi:', node.right, ']');
      return true;
    case 'lambda':
      output.lambdas++;
      printAround(output, '{lambda(', node.left, `)#${node.number + 1}}`);
      output.lambdas--;
      return true;
    case 'unnamed':
      output.write(`{unnamed type#${node.number + 1}}`);
      return true;
    case 'operator':
      printOperator(output, OPERATORS.get(node.text)!.symbol);
      return true;
    case 'vendorOperator':
      printAround(output, 'operator ', node.left, '');
      return true;
    case 'conversion':
      output.write('operator ');
      printConversion(output, node.left!);
      return true;
    default:
      return printSpecial(output, node);
  }
}

function printSpecial(output: Output, node: Node): boolean {
  switch (node.kind) {
    case 'special':
      printAround(output, node.text, node.left, '');
      if (node.right) printAround(output, '-in-', node.right, '');
      return true;
    case 'temporary':
      printAround(output, 'reference temporary #', node.right, ' for ');
      print(output, node.left);
      return true;
    case 'clone':
      print(output, node.left);
      output.write(` [clone ${node.text}]`);
      return true;
    default:
      return false;
  }
}

/** operator+ but operator new. */
function printOperator(output: Output, symbol: string): void {
  const word = symbol.trimEnd();
  output.write(/^[a-z]/.test(word) ? `operator ${word}` : `operator${word}`);
}

/** A name with a type goes into the type, as a declarator: its qualifiers wait outside it. */
function printTyped(output: Output, node: Node): void {
  const {pending, scope} = output;
  output.pending = null;
  const parts = listDeclarators(node.left!);
  const waiting: Pending[] = parts.map(part => output.push(part));
  const name = entityOf(parts[parts.length - 1]!);
  if (name.kind === 'template') output.scope = {template: name, outer: scope};
  print(output, node.right);
  output.scope = scope;
  for (const {node: late, isPrinted} of waiting.reverse()) {
    if (isPrinted) continue;
    output.write(' ');
    printPending(output, late);
  }
  output.pending = pending;
}

/**
 * The qualifiers around a name, outermost first, and the name; those of a local entity stand inside its name.
 */
function listDeclarators(node: Node): Node[] {
  const parts: Node[] = [];
  const name = collectQualifiers(node, parts);
  if (name.kind === 'local') collectQualifiers(insideLocal(name), parts);
  parts.push(name);
  return parts;
}

function collectQualifiers(node: Node, into: Node[]): Node {
  let inner = node;
  for (; isFunctionQualifier(inner); inner = inner.left!) into.push(inner);
  return inner;
}

function insideLocal(local: Node): Node {
  const inside = local.right!;
  return inside.kind === 'defaultArgument' ? inside.left! : inside;
}

/** What may be a template: of a local name the entity inside. */
function entityOf(name: Node): Node {
  return name.kind === 'local' ? withoutFunctionQualifiers(insideLocal(name)) : name;
}

/** name<arguments>. Nothing that waits belongs into it. */
function printTemplate(output: Output, node: Node): void {
  const {pending, template} = output;
  output.pending = null;
  output.template = node;
  print(output, node.left);
  printArguments(output, node.right);
  output.template = template;
  output.pending = pending;
}

/** <arguments>, without two brackets side by side. */
function printArguments(output: Output, list: Node | null): void {
  output.write(output.last === '<' ? ' <' : '<');
  print(output, list);
  output.write(output.last === '>' ? ' >' : '>');
}

/** Separated by commas, which an empty pack at the end does not get. */
export function printList(output: Output, items: readonly Node[]): void {
  let end = output.text.length;
  items.forEach((item, index) => {
    if (index > 0) output.write(', ');
    const from = output.text.length;
    print(output, item);
    if (index === 0 || output.text.length > from) end = output.text.length;
  });
  output.takeBackTo(end);
}

/** What it stands for, which was written outside the template. */
function printParameter(output: Output, node: Node): void {
  if (output.lambdas > 0) {
    output.write(`auto:${node.number + 1}`);
    return;
  }
  const argument = lookUpArgument(output, node);
  const {scope} = output;
  output.scope = scope!.outer;
  print(output, argument);
  output.scope = scope;
}

/** The type may use the parameters of the template it is a member of. */
export function printConversion(output: Output, type: Node): void {
  const {scope} = output;
  if (output.template) output.scope = {template: output.template, outer: scope};
  if (type.kind !== 'template') {
    print(output, type);
    output.scope = scope;
    return;
  }
  print(output, type.left);
  output.scope = scope;
  printArguments(output, type.right);
}
