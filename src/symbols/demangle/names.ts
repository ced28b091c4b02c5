import {readEncoding} from './encodings.js';
import {doubt, isDigit, isLower, isUpper, type Mangled} from './mangled.js';
import {makeName, makeNode, type Node} from './node.js';
import {readFunctionQualifiers} from './qualifiers.js';
import {OPERATORS, STANDARD_NAMES, type StandardName} from './tables.js';
import {readTemplateArguments, readTemplateParameter} from './templates.js';
import {readParameterTypes, readReferenceQualifier, readType} from './types.js';

/** A name with everything around it. */
export function readName(mangled: Mangled): Node {
  mangled.enter();
  const name = readNameInside(mangled);
  mangled.leave();
  return name;
}

function readNameInside(mangled: Mangled): Node {
  const first = mangled.peek();
  if (first === 'N') return readNestedName(mangled);
  if (first === 'Z') return readLocalName(mangled);
  if (first === 'U') return readUnqualifiedName(mangled);
  const isSubstitution = first === 'S' && mangled.peek(1) !== 't';
  const name = isSubstitution ? readSubstitution(mangled, false) : readUnscopedName(mangled);
  if (mangled.peek() !== 'I') return name;
  if (!isSubstitution) mangled.remember(name);
  return makeNode('template', name, readTemplateArguments(mangled));
}

function readUnscopedName(mangled: Mangled): Node {
  if (!mangled.accept('St')) return readUnqualifiedName(mangled);
  return makeNode('qualified', makeName('std'), readUnqualifiedName(mangled));
}

/**
 * `N` qualifiers of the function, prefixes, `E`. The reference stands outside, so that it is printed last.
 */
function readNestedName(mangled: Mangled): Node {
  mangled.expect('N');
  const qualify = readFunctionQualifiers(mangled);
  const reference = readReferenceQualifier(mangled);
  const name = qualify(readPrefix(mangled, true));
  mangled.expect('E');
  return reference ? makeNode(reference, name) : name;
}

/** A::B<C>::d, where each part up to the last may be referred to later. */
export function readPrefix(mangled: Mangled, isReferable: boolean): Node {
  let prefix: Node | null = null;
  for (;;) {
    const first = mangled.peek();
    if (first === 'E') return prefix ?? doubt();
    if (first === 'M') {
      // Marks that a lambda belongs to the member named before.
      if (!prefix) doubt();
      mangled.at++;
      continue;
    }
    prefix = readPrefixPart(mangled, prefix, first);
    if (isReferable && first !== 'S' && mangled.peek() !== 'E') mangled.remember(prefix);
  }
}

function readPrefixPart(mangled: Mangled, prefix: Node | null, first: string): Node {
  if (first === 'I') return makeNode('template', prefix ?? doubt(), readTemplateArguments(mangled));
  if (first === 'S' || first === 'T') {
    if (prefix) doubt();
    return first === 'S' ? readSubstitution(mangled, true) : readTemplateParameter(mangled);
  }
  if (first === 'D' && 'tT'.includes(mangled.peek(1) || ' ')) return prefix ? doubt() : readType(mangled);
  const part = readUnqualifiedName(mangled);
  return prefix ? makeNode('qualified', prefix, part) : part;
}

/** A name without what is around it. */
export function readUnqualifiedName(mangled: Mangled): Node {
  const first = mangled.peek();
  let name: Node;
  if (isDigit(first)) name = readSourceName(mangled);
  else if (isLower(first)) name = readOperatorAsName(mangled);
  else if (first === 'C' || first === 'D') name = readConstructor(mangled);
  else if (first === 'L') name = readInternalName(mangled);
  else if (first === 'U') name = readUnnamed(mangled);
  else return doubt();
  return mangled.peek() === 'B' ? readTags(mangled, name) : name;
}

function readOperatorAsName(mangled: Mangled): Node {
  const isMarked = mangled.accept('on');
  const operator = readOperator(mangled);
  if (operator.kind === 'cast') return isMarked ? makeNode('conversion', operator.left) : doubt();
  if (operator.number !== LITERAL_OPERATOR) return operator;
  return makeNode('unary', operator, null, '', 0, [readSourceName(mangled)]);
}

/** Marks `operator""`, the only one that has a name after it. */
const LITERAL_OPERATOR = 1;

/** A name only this file knows. */
function readInternalName(mangled: Mangled): Node {
  mangled.expect('L');
  const name = readSourceName(mangled);
  skipDiscriminator(mangled);
  return name;
}

/** The tags of an ABI, `B` and a name each: name[abi:tag]. A constructor has the name without them. */
function readTags(mangled: Mangled, name: Node): Node {
  const {lastName} = mangled;
  let tagged = name;
  while (mangled.accept('B')) tagged = makeNode('tagged', tagged, readSourceName(mangled));
  mangled.lastName = lastName;
  return tagged;
}

/** Length and characters. */
export function readSourceName(mangled: Mangled): Node {
  const length = mangled.readNumber();
  if (length === 0) doubt();
  const text = mangled.take(length);
  const name = makeName(/^_GLOBAL_[._$]N/.test(text) ? '(anonymous namespace)' : text);
  mangled.lastName = name;
  return name;
}

function readConstructor(mangled: Mangled): Node {
  const letter = mangled.next();
  const isInherited = letter === 'C' && mangled.accept('I');
  const variant = mangled.next();
  const isKnown = letter === 'C' ? variant >= '1' && variant <= '5' : '01245'.includes(variant);
  if (!isKnown) doubt();
  // An inherited constructor has the name of the class it comes from.
  if (isInherited) readType(mangled);
  return makeNode(letter === 'C' ? 'constructor' : 'destructor', mangled.lastName ?? doubt());
}

/** A lambda or a type without a name. */
function readUnnamed(mangled: Mangled): Node {
  mangled.expect('U');
  if (mangled.accept('t'))
    return mangled.remember(makeNode('unnamed', null, null, '', mangled.readCompactNumber()));
  mangled.expect('l');
  const parameters = readParameterTypes(mangled);
  mangled.expect('E');
  return makeNode('lambda', parameters, null, '', mangled.readCompactNumber());
}

/** An operator as part of a name or of an expression. */
export function readOperator(mangled: Mangled): Node {
  const code = mangled.take(2);
  if (code[0] === 'v' && isDigit(code[1]!)) {
    return makeNode('vendorOperator', readSourceName(mangled), null, '', Number(code[1]));
  }
  if (code === 'cv') return readConversion(mangled);
  if (!OPERATORS.has(code)) doubt();
  return makeNode('operator', null, null, code, code === 'li' ? LITERAL_OPERATOR : 0);
}

/** A conversion as a name, a cast in an expression. */
function readConversion(mangled: Mangled): Node {
  const before = mangled.isConversion;
  const isConversion = !mangled.isExpression;
  mangled.isConversion = isConversion;
  const type = readType(mangled);
  mangled.isConversion = before;
  return makeNode(isConversion ? 'conversion' : 'cast', type);
}

/** `Z`, the function, `E`, and what is inside the function. */
function readLocalName(mangled: Mangled): Node {
  mangled.expect('Z');
  const outer = readEncoding(mangled, false);
  mangled.expect('E');
  const name = readLocalEntity(mangled);
  // Its return type would look as if it were that of the entity.
  if (outer.kind === 'typed' && outer.right?.kind === 'function') outer.right.left = null;
  return makeNode('local', outer, name);
}

function readLocalEntity(mangled: Mangled): Node {
  if (mangled.accept('s')) {
    skipDiscriminator(mangled);
    return makeName('string literal');
  }
  const argument = mangled.accept('d') ? mangled.readCompactNumber() : -1;
  const name = readName(mangled);
  if (name.kind !== 'lambda' && name.kind !== 'unnamed') skipDiscriminator(mangled);
  return argument < 0 ? name : makeNode('defaultArgument', name, null, '', argument);
}

/** Distinguishes entities of one name, and is not shown: `_3`, `__12_`. */
function skipDiscriminator(mangled: Mangled): void {
  if (!mangled.accept('_')) return;
  const isLong = mangled.accept('_');
  const number = mangled.readSignedNumber();
  if (number < 0) doubt();
  if (isLong && number >= 10) mangled.expect('_');
}

/** Something met before, or a name of the standard library. */
export function readSubstitution(mangled: Mangled, isPrefix: boolean): Node {
  mangled.expect('S');
  const code = mangled.next();
  if (code === '_') return mangled.substitutions[0] ?? doubt();
  if (isDigit(code) || isUpper(code)) return readNumberedSubstitution(mangled, code);
  const known = STANDARD_NAMES.get(code) ?? doubt();
  const name = makeStandardName(mangled, known, isPrefix);
  return mangled.peek() === 'B' ? mangled.remember(readTags(mangled, name)) : name;
}

function readNumberedSubstitution(mangled: Mangled, first: string): Node {
  let id = 0;
  for (let digit = first; digit !== '_'; digit = mangled.next()) {
    if (!isDigit(digit) && !isUpper(digit)) doubt();
    id = id * 36 + Number.parseInt(digit, 36);
    if (id > mangled.substitutions.length) doubt();
  }
  return mangled.substitutions[id + 1] ?? doubt();
}

function makeStandardName(mangled: Mangled, known: StandardName, isPrefix: boolean): Node {
  if (known.last) mangled.lastName = makeNode('standard', null, null, known.last);
  const next = mangled.peek();
  const isSpeltOut = isPrefix && (next === 'C' || next === 'D');
  return makeNode('standard', null, null, isSpeltOut ? known.full : known.short);
}
