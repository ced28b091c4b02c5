import {readExpression} from './expressions.js';
import {doubt, isDigit, isUpper, type Mangled} from './mangled.js';
import {readName, readSourceName, readSubstitution} from './names.js';
import {type FunctionQualifier, type Kind, makeList, makeName, makeNode, type Node} from './node.js';
import {isQualifier, readQualifiers, wrap} from './qualifiers.js';
import {BUILTIN_TYPES, FURTHER_BUILTIN_TYPES} from './tables.js';
import {readTemplateArguments, readTemplateParameter} from './templates.js';

const WRAPPERS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['P', 'pointer'],
  ['R', 'reference'],
  ['O', 'rvalueReference'],
  ['C', 'complex'],
  ['G', 'imaginary'],
]);

/** A type, which can be referred to later unless it is builtin. */
export function readType(mangled: Mangled): Node {
  mangled.enter();
  const type = readTypeInside(mangled);
  mangled.leave();
  return type;
}

function readTypeInside(mangled: Mangled): Node {
  const first = mangled.peek();
  if (isQualifier(mangled)) return readQualifiedType(mangled);
  const builtin = BUILTIN_TYPES.get(first);
  if (builtin) {
    mangled.at++;
    return makeNode('builtin', null, null, builtin);
  }
  const wrapper = WRAPPERS.get(first);
  if (wrapper) {
    mangled.at++;
    return mangled.remember(makeNode(wrapper, readType(mangled)));
  }
  if (first === 'S') return readStandardOrSubstituted(mangled);
  if (first === 'D') return readFurtherType(mangled);
  return mangled.remember(readCompoundType(mangled, first));
}

function readCompoundType(mangled: Mangled, first: string): Node {
  if (isDigit(first) || first === 'N' || first === 'Z') return readName(mangled);
  switch (first) {
    case 'F':
      return readFunctionType(mangled);
    case 'A':
      return readArray(mangled);
    case 'M':
      return readMemberPointer(mangled);
    case 'T':
      return readParameterType(mangled);
    case 'U':
      return readVendorQualified(mangled);
    case 'u':
      mangled.at++;
      return makeNode('builtin', readSourceName(mangled));
    default:
      return doubt();
  }
}

/** Those of a function type belong to the function; without them it cannot be referred to. */
function readQualifiedType(mangled: Mangled): Node {
  const qualifiers = readQualifiers(mangled);
  const isFunction = mangled.peek() === 'F';
  const type = isFunction ? readFunctionType(mangled) : readType(mangled);
  if (type.kind !== 'referenceFunction' && type.kind !== 'rvalueReferenceFunction') {
    return mangled.remember(wrap(qualifiers, type, isFunction));
  }
  if (!isFunction || !type.left) doubt();
  // The reference stands outside the others, so that it is printed after them.
  return mangled.remember(makeNode(type.kind, wrap(qualifiers, type.left, true)));
}

/** `F`, maybe `Y` for C, return type, parameters, maybe a reference, `E`. */
function readFunctionType(mangled: Mangled): Node {
  mangled.expect('F');
  mangled.accept('Y');
  const type = readFunctionSignature(mangled, true);
  const reference = readReferenceQualifier(mangled);
  mangled.expect('E');
  return reference ? makeNode(reference, type) : type;
}

export function readReferenceQualifier(mangled: Mangled): FunctionQualifier | null {
  if (mangled.accept('R')) return 'referenceFunction';
  return mangled.accept('O') ? 'rvalueReferenceFunction' : null;
}

/** Return type, where there is one, and parameters. */
export function readFunctionSignature(mangled: Mangled, hasReturnType: boolean): Node {
  const isMarked = mangled.accept('J');
  const result = hasReturnType || isMarked ? readType(mangled) : null;
  return makeNode('function', result, readParameterTypes(mangled));
}

/** One type at least; a single void means none. */
export function readParameterTypes(mangled: Mangled): Node {
  const types: Node[] = [];
  for (;;) {
    const next = mangled.peek();
    if (next === '' || next === 'E' || next === '.') break;
    if ((next === 'R' || next === 'O') && mangled.peek(1) === 'E') break;
    types.push(readType(mangled));
  }
  if (types.length === 0) doubt();
  const isNone = types.length === 1 && types[0]!.kind === 'builtin' && types[0]!.text === 'void';
  return makeList(isNone ? [] : types);
}

/** `A`, number or expression or nothing, `_`, element. */
function readArray(mangled: Mangled): Node {
  mangled.expect('A');
  let size: Node | null = null;
  if (isDigit(mangled.peek())) {
    const from = mangled.at;
    while (isDigit(mangled.peek())) mangled.at++;
    const length = mangled.at - from;
    mangled.at = from;
    size = makeName(mangled.take(length));
  } else if (mangled.peek() !== '_') size = readExpression(mangled);
  mangled.expect('_');
  return makeNode('array', size, readType(mangled));
}

function readMemberPointer(mangled: Mangled): Node {
  mangled.expect('M');
  const owner = readType(mangled);
  return makeNode('memberPointer', owner, readType(mangled));
}

function readVendorQualified(mangled: Mangled): Node {
  mangled.expect('U');
  let qualifier = readSourceName(mangled);
  if (mangled.peek() === 'I') qualifier = makeNode('template', qualifier, readTemplateArguments(mangled));
  return makeNode('vendorQualifier', readType(mangled), qualifier);
}

/**
 * A parameter, maybe a template itself. In a conversion to a parameter the arguments that follow may be the
 * conversion's own; they are the parameter's when more arguments follow.
 */
function readParameterType(mangled: Mangled): Node {
  const parameter = readTemplateParameter(mangled);
  if (mangled.peek() !== 'I') return parameter;
  if (!mangled.isConversion) {
    mangled.remember(parameter);
    return makeNode('template', parameter, readTemplateArguments(mangled));
  }
  const items = mangled.attempt(() => readArgumentsBeforeOthers(mangled));
  if (!items) return parameter;
  mangled.remember(parameter);
  return makeNode('template', parameter, items);
}

function readArgumentsBeforeOthers(mangled: Mangled): Node {
  const items = readTemplateArguments(mangled);
  return mangled.peek() === 'I' ? items : doubt();
}

function readStandardOrSubstituted(mangled: Mangled): Node {
  const second = mangled.peek(1);
  if (second === '_' || isDigit(second) || isUpper(second)) {
    const known = readSubstitution(mangled, false);
    if (mangled.peek() !== 'I') return known;
    return mangled.remember(makeNode('template', known, readTemplateArguments(mangled)));
  }
  const type = readName(mangled);
  return type.kind === 'standard' ? type : mangled.remember(type);
}

function readFurtherType(mangled: Mangled): Node {
  mangled.expect('D');
  const second = mangled.next();
  const builtin = FURTHER_BUILTIN_TYPES.get(second);
  if (builtin) return makeNode('builtin', null, null, builtin);
  switch (second) {
    case 'T':
    case 't': {
      const type = makeNode('decltype', readExpression(mangled));
      mangled.expect('E');
      return mangled.remember(type);
    }
    case 'p':
      return mangled.remember(makeNode('packExpansion', readType(mangled)));
    case 'v':
      return mangled.remember(readVector(mangled));
    default:
      return doubt();
  }
}

/** `Dv`, number or `_` and an expression, `_`, element. */
function readVector(mangled: Mangled): Node {
  const size = mangled.accept('_') ? readExpression(mangled) : makeName(String(mangled.readNumber()));
  mangled.expect('_');
  return makeNode('vector', size, readType(mangled));
}
