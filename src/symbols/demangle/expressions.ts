import {readMangledName} from './encodings.js';
import {doubt, isDigit, type Mangled} from './mangled.js';
import {readOperator, readPrefix, readSourceName, readUnqualifiedName} from './names.js';
import {makeList, makeName, makeNode, type Node} from './node.js';
import {OPERATORS} from './tables.js';
import {
  readTemplateArgument,
  readTemplateArguments,
  readTemplateArgumentsInside,
  readTemplateParameter,
} from './templates.js';
import {readType} from './types.js';

/** An expression: an operator in front of its operands. */
export function readExpression(mangled: Mangled): Node {
  mangled.enter();
  const before = mangled.isExpression;
  mangled.isExpression = true;
  const expression = readExpressionInside(mangled);
  mangled.isExpression = before;
  mangled.leave();
  return expression;
}

function readExpressionInside(mangled: Mangled): Node {
  const first = mangled.peek();
  if (first === 'L') return readLiteral(mangled);
  if (first === 'T') return readTemplateParameter(mangled);
  if (isDigit(first)) return readNameWithArguments(mangled);
  switch (first + mangled.peek(1)) {
    case 'on':
      return readNameWithArguments(mangled);
    case 'sr':
      mangled.at += 2;
      return readMember(mangled);
    case 'sp':
      mangled.at += 2;
      return makeNode('packExpansion', readExpression(mangled));
    case 'fp':
      mangled.at += 2;
      return readFunctionParameter(mangled);
    case 'il':
      mangled.at += 2;
      return makeNode('initializer', null, null, '', 0, readExpressionsUntil(mangled, 'E'));
    case 'tl': {
      mangled.at += 2;
      const type = readType(mangled);
      return makeNode('initializer', type, null, '', 0, readExpressionsUntil(mangled, 'E'));
    }
    default:
      return first === 'u' ? readVendorExpression(mangled) : readOperation(mangled);
  }
}

function readNameWithArguments(mangled: Mangled): Node {
  const name = readUnqualifiedName(mangled);
  return mangled.peek() === 'I' ? makeNode('template', name, readTemplateArguments(mangled)) : name;
}

/**
 * scope::name. Today's scopes are prefixes with an `E` after them, that nothing refers to later; those of
 * older compilers are a type. A name is read with the older ones when it makes no sense with the newer.
 */
function readMember(mangled: Mangled): Node {
  const first = mangled.peek();
  const isPrefix = isDigit(first) || first === 'U' || first === 'L';
  if (!isPrefix || mangled.hasOldScopes) return makeMember(mangled, readType(mangled));
  mangled.hasNewScopes = true;
  const scope = readPrefix(mangled, false);
  mangled.expect('E');
  return makeMember(mangled, scope);
}

function makeMember(mangled: Mangled, scope: Node): Node {
  const name = readUnqualifiedName(mangled);
  if (mangled.peek() !== 'I') return makeNode('qualified', scope, name);
  return makeNode('qualified', scope, makeNode('template', name, readTemplateArguments(mangled)));
}

/** `T` is this; others count from one. */
function readFunctionParameter(mangled: Mangled): Node {
  const number = mangled.accept('T') ? 0 : mangled.readCompactNumber() + 1;
  return makeNode('functionParameter', null, null, '', number);
}

function readVendorExpression(mangled: Mangled): Node {
  mangled.expect('u');
  const name = readSourceName(mangled);
  const items: Node[] = [];
  while (!mangled.accept('E')) items.push(readTemplateArgument(mangled));
  return makeNode('vendorExpression', name, makeList(items));
}

function readExpressionsUntil(mangled: Mangled, end: string): Node[] {
  const items: Node[] = [];
  while (!mangled.accept(end)) items.push(readExpression(mangled));
  return items;
}

function readOperation(mangled: Mangled): Node {
  const operator = readOperator(mangled);
  if (operator.kind === 'cast') return readCast(mangled, operator);
  if (operator.kind === 'vendorOperator') return readOperands(mangled, operator, operator.number);
  if (operator.kind !== 'operator') return doubt();
  if (operator.text === 'st') return makeNode('unary', operator, null, '', 0, [readType(mangled)]);
  return readOperands(mangled, operator, OPERATORS.get(operator.text)!.operands);
}

/** One operand, or `_`, any number of them and `E`. */
function readCast(mangled: Mangled, cast: Node): Node {
  const operand = mangled.accept('_')
    ? makeList(readExpressionsUntil(mangled, 'E'))
    : readExpression(mangled);
  return makeNode('unary', cast, null, '', 0, [operand]);
}

function readOperands(mangled: Mangled, operator: Node, count: number): Node {
  if (count === 0) return makeNode('nullary', operator);
  if (count === 1) return readUnary(mangled, operator);
  if (count === 2) return readBinary(mangled, operator);
  return count === 3 ? readTrinary(mangled, operator) : doubt();
}

function readUnary(mangled: Mangled, operator: Node): Node {
  const code = operator.text;
  // `pp_` stands in front of its operand, `pp` after it.
  if (code === 'pp' || code === 'mm') {
    const isPrefix = mangled.accept('_');
    return makeNode(isPrefix ? 'unary' : 'suffix', operator, null, '', 0, [readExpression(mangled)]);
  }
  const operand = code === 'sP' ? readTemplateArgumentsInside(mangled) : readExpression(mangled);
  return makeNode('unary', operator, null, '', 0, [operand]);
}

function readBinary(mangled: Mangled, operator: Node): Node {
  const left = readFirstOperand(mangled, operator.text);
  const right = readSecondOperand(mangled, operator.text);
  return makeNode('binary', operator, null, '', 0, [left, right]);
}

function readFirstOperand(mangled: Mangled, code: string): Node {
  if (isNamedCast(code)) return readType(mangled);
  if (code === 'di') return readUnqualifiedName(mangled);
  return code === 'fl' || code === 'fr' ? readOperator(mangled) : readExpression(mangled);
}

/** static_cast<type>(operand) and the like. */
export function isNamedCast(code: string): boolean {
  return code === 'cc' || code === 'dc' || code === 'rc' || code === 'sc';
}

function readSecondOperand(mangled: Mangled, code: string): Node {
  if (code === 'cl') return makeList(readExpressionsUntil(mangled, 'E'));
  if (code !== 'dt' && code !== 'pt') return readExpression(mangled);
  const next = mangled.peek() + mangled.peek(1);
  return next === 'gs' || next === 'sr' ? readExpression(mangled) : readNameWithArguments(mangled);
}

function readTrinary(mangled: Mangled, operator: Node): Node {
  const code = operator.text;
  if (code === 'nw' || code === 'na') return readNew(mangled, operator);
  const first = code === 'fL' || code === 'fR' ? readOperator(mangled) : readExpression(mangled);
  const second = readExpression(mangled);
  return makeNode('trinary', operator, null, '', 0, [first, second, readExpression(mangled)]);
}

/** Where to, `_`, type, and `E` or `pi` and what it starts with. */
function readNew(mangled: Mangled, operator: Node): Node {
  const place = makeList(readExpressionsUntil(mangled, '_'));
  const items = [place, readType(mangled)];
  if (mangled.accept('pi')) items.push(makeList(readExpressionsUntil(mangled, 'E')));
  else if (mangled.peek() === 'i' && mangled.peek(1) === 'l') items.push(readExpression(mangled));
  else mangled.expect('E');
  return makeNode('trinary', operator, null, '', 0, items);
}

/** `L`, a type and digits, or the whole name of something; `E`. */
export function readLiteral(mangled: Mangled): Node {
  mangled.expect('L');
  if (mangled.peek() === '_' || mangled.peek() === 'Z') return readNamedLiteral(mangled);
  const type = readType(mangled);
  if (type.kind === 'builtin' && type.text === 'decltype(nullptr)' && mangled.accept('E')) return type;
  const isNegative = mangled.accept('n');
  const digits = mangled.takeUntil('E');
  if (digits === '') doubt();
  mangled.expect('E');
  return makeNode('literal', type, makeName(digits), isNegative ? '-' : '');
}

function readNamedLiteral(mangled: Mangled): Node {
  mangled.accept('_');
  mangled.at -= mangled.peek(-1) === '_' ? 1 : 0;
  const name = readMangledName(mangled);
  mangled.expect('E');
  return name;
}
