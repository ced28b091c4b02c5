/**
 * One shape for every part of a name keeps the property reads of the printer monomorphic. What `left`,
 * `right`, `items`,
 * `text` and `number` hold:
 *
 * | kind | holds |
 * |---|---|
 * | name, standard | text |
 * | builtin | text; left = the name of a vendor's type |
 * | tagged | left[abi:right] |
 * | qualified, local | left::right (local: left is the function's encoding) |
 * | defaultArgument | number; left = the entity inside |
 * | typed | left = name, right = function |
 * | template | left<right>, right is a list |
 * | list, initializer | items; initializer: left = type or null |
 * | parameter, functionParameter, unnamed | number |
 * | lambda | number; left = list of parameter types |
 * | constructor, destructor | left = the class's name |
 * | operator | text = its two letters |
 * | vendorOperator, conversion, cast | left = name or type; vendorOperator: number of operands |
 * | special | text = words in front, left; right after "-in-" |
 * | temporary, clone | left; right = number, or text = suffix |
 * | function | left = return type or null, right = list of parameters |
 * | array | left = size or null, right = element |
 * | memberPointer, vector | left = class or size, right = pointee or element |
 * | packExpansion, decltype | left = pattern or expression |
 * | literal | left = type, text = sign, right = digits |
 * | nullary, unary, suffix, binary, trinary | left = operator, items = operands |
 * | vendorExpression | left = name, right = list |
 * | qualifiers | left = what they change, right = operand (noexcept, throws) or name (vendorQualifier) |
 */
export type Kind =
  | 'name'
  | 'standard'
  | 'tagged'
  | 'qualified'
  | 'local'
  | 'defaultArgument'
  | 'typed'
  | 'template'
  | 'list'
  | 'initializer'
  | 'parameter'
  | 'functionParameter'
  | 'lambda'
  | 'unnamed'
  | 'constructor'
  | 'destructor'
  | 'operator'
  | 'vendorOperator'
  | 'conversion'
  | 'cast'
  | 'special'
  | 'temporary'
  | 'clone'
  | 'builtin'
  | 'function'
  | 'array'
  | 'memberPointer'
  | 'vector'
  | 'packExpansion'
  | 'decltype'
  | 'literal'
  | 'nullary'
  | 'unary'
  | 'suffix'
  | 'binary'
  | 'trinary'
  | 'vendorExpression'
  | Qualifier
  | FunctionQualifier;

/** What is written after the type it changes. */
export type Qualifier =
  | 'const'
  | 'volatile'
  | 'restrict'
  | 'pointer'
  | 'reference'
  | 'rvalueReference'
  | 'complex'
  | 'imaginary'
  | 'vendorQualifier';

/** What is written after the parameters of the function it changes. */
export type FunctionQualifier =
  | 'constFunction'
  | 'volatileFunction'
  | 'restrictFunction'
  | 'referenceFunction'
  | 'rvalueReferenceFunction'
  | 'transactionSafe'
  | 'noexcept'
  | 'throws';

/** The template whose arguments `T_` stands for, innermost first. */
export interface Scope {
  readonly template: Node;
  readonly outer: Scope | null;
}

export interface Node {
  readonly kind: Kind;
  left: Node | null;
  readonly right: Node | null;
  readonly text: string;
  readonly number: number;
  readonly items: readonly Node[];
  /** How many prints of this node are under way: a substitution may lead back into itself. */
  printing: number;
  /** Where a reference to a template parameter was met first; undefined before. */
  scope: Scope | null | undefined;
}

const NO_ITEMS: readonly Node[] = [];

export function makeNode(
  kind: Kind,
  left: Node | null = null,
  right: Node | null = null,
  text = '',
  number = 0,
  items: readonly Node[] = NO_ITEMS,
): Node {
  return {kind, left, right, text, number, items, printing: 0, scope: undefined};
}

export function makeName(text: string): Node {
  return makeNode('name', null, null, text);
}

export function makeList(items: readonly Node[]): Node {
  return makeNode('list', null, null, '', 0, items);
}

const FUNCTION_QUALIFIERS: ReadonlySet<Kind> = new Set<FunctionQualifier>([
  'constFunction',
  'volatileFunction',
  'restrictFunction',
  'referenceFunction',
  'rvalueReferenceFunction',
  'transactionSafe',
  'noexcept',
  'throws',
]);

export function isFunctionQualifier(node: Node): boolean {
  return FUNCTION_QUALIFIERS.has(node.kind);
}

/** What the qualifiers of a function stand around. */
export function withoutFunctionQualifiers(node: Node): Node {
  let bare = node;
  while (isFunctionQualifier(bare) && bare.left) bare = bare.left;
  return bare;
}
