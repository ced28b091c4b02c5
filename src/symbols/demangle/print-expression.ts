import {isNamedCast} from './expressions.js';
import {doubt} from './mangled.js';
import type {Kind, Node} from './node.js';
import type {Output} from './output.js';
import {findPack} from './packs.js';
import {print, printAround} from './print.js';
import {printConversion, printList} from './print-name.js';
import {FLOATS, LITERAL_SUFFIXES, OPERATORS} from './tables.js';

/** Writes expressions; false where the node is something else. */
export function printExpression(output: Output, node: Node): boolean {
  switch (node.kind) {
    case 'literal':
      printLiteral(output, node);
      return true;
    case 'functionParameter':
      output.write(node.number === 0 ? 'this' : `{parm#${node.number}}`);
      return true;
    case 'initializer':
      if (node.left) print(output, node.left);
      output.write('{');
      printList(output, node.items);
      output.write('}');
      return true;
    case 'nullary':
      printSymbol(output, node.left!);
      return true;
    case 'unary':
      printUnary(output, node);
      return true;
    case 'suffix':
      printSubexpression(output, node.items[0]!);
      printSymbol(output, node.left!);
      return true;
    case 'binary':
      printBinary(output, node);
      return true;
    case 'trinary':
      printTrinary(output, node);
      return true;
    case 'vendorExpression':
      print(output, node.left);
      printAround(output, '(', node.right, ')');
      return true;
    default:
      return false;
  }
}

const NEEDS_NO_PARENTHESES: ReadonlySet<Kind> = new Set<Kind>([
  'name',
  'qualified',
  'initializer',
  'functionParameter',
]);

/** In parentheses, but for what is a word of its own. */
export function printSubexpression(output: Output, node: Node): void {
  if (NEEDS_NO_PARENTHESES.has(node.kind)) print(output, node);
  else printAround(output, '(', node, ')');
}

function printSymbol(output: Output, operator: Node): void {
  if (operator.kind === 'operator') output.write(OPERATORS.get(operator.text)!.symbol);
  else print(output, operator);
}

function printLiteral(output: Output, node: Node): void {
  const type = node.left!;
  const digits = node.text + node.right!.text;
  const name = type.kind === 'builtin' ? type.text : '';
  const suffix = LITERAL_SUFFIXES.get(name);
  if (suffix !== undefined) output.write(digits + suffix);
  else if (name === 'bool' && (digits === '0' || digits === '1')) {
    output.write(digits === '1' ? 'true' : 'false');
  } else {
    printAround(output, '(', type, ')');
    output.write(FLOATS.has(name) ? `${node.text}[${node.right!.text}]` : digits);
  }
}

function printUnary(output: Output, node: Node): void {
  const operator = node.left!;
  const operand = node.items[0]!;
  const code = codeOf(operator);
  if (code === 'sZ') output.write(String(findPack(output, operand)?.items.length ?? 0));
  else if (code === 'sP') output.write(String(countArguments(output, operand)));
  else {
    if (operator.kind === 'cast') printCast(output, operator);
    else printSymbol(output, operator);
    if (code === 'gs') print(output, operand);
    else if (code === 'st' || code === 'nx') printAround(output, '(', operand, ')');
    // The address of a function needs no parameters.
    else printSubexpression(output, code === 'ad' && isQualifiedFunction(operand) ? operand.left! : operand);
  }
}

/** '' for what is no operator of the table. */
function codeOf(operator: Node | null): string {
  return operator?.kind === 'operator' ? operator.text : '';
}

function printCast(output: Output, cast: Node): void {
  output.write('(');
  printConversion(output, cast.left!);
  output.write(')');
}

function isQualifiedFunction(node: Node): boolean {
  return node.kind === 'typed' && node.left?.kind === 'qualified' && node.right?.kind === 'function';
}

function countArguments(output: Output, list: Node): number {
  let count = 0;
  for (const item of list.items) {
    count += item.kind === 'packExpansion' ? (findPack(output, item.left)?.items.length ?? 0) : 1;
  }
  return count;
}

function printBinary(output: Output, node: Node): void {
  const operator = node.left!;
  const left = node.items[0]!;
  const right = node.items[1]!;
  const code = codeOf(operator);
  if (isNamedCast(code)) {
    printSymbol(output, operator);
    printAround(output, '<', left, '>(');
    printAround(output, '', right, ')');
  } else if (code === 'fl') printFold(output, '(...', left, right, ')');
  else if (code === 'fr') printFold(output, '(', right, left, '...)');
  else if (code === 'di') printDesignated(output, '.', left, '', right);
  else if (code === 'dx') printDesignated(output, '[', left, ']', right);
  else printInfix(output, operator, code, left, right);
}

/** Parentheses around a comparison with > keep it from closing the arguments. */
function printInfix(output: Output, operator: Node, code: string, left: Node, right: Node): void {
  if (code === 'gt') output.write('(');
  if (code === 'cl' && left.kind === 'typed') {
    if (left.right?.kind !== 'function') doubt();
    printSubexpression(output, left.left!);
  } else printSubexpression(output, left);
  if (code === 'ix') printAround(output, '[', right, ']');
  else {
    if (code !== 'cl') printSymbol(output, operator);
    printSubexpression(output, right);
  }
  if (code === 'gt') output.write(')');
}

/** (... + pack) or (pack + ...): the pack is written whole. */
function printFold(output: Output, before: string, first: Node, second: Node, after: string): void {
  const {packIndex} = output;
  output.packIndex = -1;
  output.write(before);
  for (const part of [first, second]) {
    if (part.kind === 'operator') printSymbol(output, part);
    else printSubexpression(output, part);
  }
  output.write(after);
  output.packIndex = packIndex;
}

/** .name=value, [index]=value; a chain of designators has one sign. */
function printDesignated(output: Output, before: string, left: Node, after: string, value: Node): void {
  printAround(output, before, left, after);
  const code = codeOf(value.left);
  if (code === 'di' || code === 'dx' || code === 'dX') print(output, value);
  else {
    output.write('=');
    printSubexpression(output, value);
  }
}

function printTrinary(output: Output, node: Node): void {
  const operator = node.left!;
  const first = node.items[0]!;
  const second = node.items[1]!;
  const third = node.items[2];
  if (operator.text === 'nw' || operator.text === 'na') printNew(output, first, second, third);
  else if (!third) doubt();
  else if (operator.text === 'dX') {
    printAround(output, '[', first, ' ... ');
    printDesignated(output, '', second, ']', third);
  } else if (operator.text === 'qu') {
    printSubexpression(output, first);
    printSymbol(output, operator);
    printSubexpression(output, second);
    output.write(' : ');
    printSubexpression(output, third);
  } else printLongFold(output, first, second, third);
}

function printNew(output: Output, place: Node, type: Node, start: Node | undefined): void {
  output.write('new ');
  if (place.items.length > 0) {
    printSubexpression(output, place);
    output.write(' ');
  }
  print(output, type);
  if (start) printSubexpression(output, start);
}

/** (start + ... + pack) */
function printLongFold(output: Output, operator: Node, left: Node, right: Node): void {
  const {packIndex} = output;
  output.packIndex = -1;
  output.write('(');
  printSubexpression(output, left);
  printSymbol(output, operator);
  output.write('...');
  printSymbol(output, operator);
  printSubexpression(output, right);
  output.write(')');
  output.packIndex = packIndex;
}
