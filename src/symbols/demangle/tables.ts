/** An operator: what is printed, and how many operands it has in an expression. */
export interface Operator {
  readonly symbol: string;
  readonly operands: 0 | 1 | 2 | 3;
}

/** Code and symbol by number of operands. A space at the end of a symbol is printed. */
const SYMBOLS: readonly (readonly (readonly [code: string, symbol: string])[])[] = [
  [['tr', 'throw']],
  [
    ['aw', 'co_await '],
    ['ad', '&'],
    ['at', 'alignof '],
    ['az', 'alignof '],
    ['co', '~'],
    ['da', 'delete[] '],
    ['de', '*'],
    ['dl', 'delete '],
    ['gs', '::'],
    ['li', 'operator"" '],
    ['mm', '--'],
    ['ng', '-'],
    ['nt', '!'],
    ['pp', '++'],
    ['ps', '+'],
    ['sP', 'sizeof...'],
    ['sZ', 'sizeof...'],
    ['st', 'sizeof '],
    ['sz', 'sizeof '],
    ['tw', 'throw '],
  ],
  [
    ['aN', '&='],
    ['aS', '='],
    ['aa', '&&'],
    ['an', '&'],
    ['cc', 'const_cast'],
    ['cl', '()'],
    ['cm', ','],
    ['dV', '/='],
    ['dc', 'dynamic_cast'],
    ['di', '='],
    ['ds', '.*'],
    ['dt', '.'],
    ['dv', '/'],
    ['dx', ']='],
    ['eO', '^='],
    ['eo', '^'],
    ['eq', '=='],
    ['fl', '...'],
    ['fr', '...'],
    ['ge', '>='],
    ['gt', '>'],
    ['ix', '[]'],
    ['lS', '<<='],
    ['le', '<='],
    ['ls', '<<'],
    ['lt', '<'],
    ['mI', '-='],
    ['mL', '*='],
    ['mi', '-'],
    ['ml', '*'],
    ['ne', '!='],
    ['oR', '|='],
    ['oo', '||'],
    ['or', '|'],
    ['pL', '+='],
    ['pl', '+'],
    ['pm', '->*'],
    ['pt', '->'],
    ['rM', '%='],
    ['rS', '>>='],
    ['rc', 'reinterpret_cast'],
    ['rm', '%'],
    ['rs', '>>'],
    ['sc', 'static_cast'],
    ['ss', '<=>'],
  ],
  [
    ['dX', '[...]='],
    ['fL', '...'],
    ['fR', '...'],
    ['na', 'new[]'],
    ['nw', 'new'],
    ['qu', '?'],
  ],
];

/** Operators by their two letters. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  SYMBOLS.flatMap((row, operands) =>
    row.map(([code, symbol]): [string, Operator] => [code, {symbol, operands: operands as 0 | 1 | 2 | 3}]),
  ),
);

/** Builtin types by their letter. */
export const BUILTIN_TYPES: ReadonlyMap<string, string> = new Map([
  ['a', 'signed char'],
  ['b', 'bool'],
  ['c', 'char'],
  ['d', 'double'],
  ['e', 'long double'],
  ['f', 'float'],
  ['g', '__float128'],
  ['h', 'unsigned char'],
  ['i', 'int'],
  ['j', 'unsigned int'],
  ['l', 'long'],
  ['m', 'unsigned long'],
  ['n', '__int128'],
  ['o', 'unsigned __int128'],
  ['s', 'short'],
  ['t', 'unsigned short'],
  ['v', 'void'],
  ['w', 'wchar_t'],
  ['x', 'long long'],
  ['y', 'unsigned long long'],
  ['z', '...'],
]);

/** Builtin types of two letters, by the one after `D`. */
export const FURTHER_BUILTIN_TYPES: ReadonlyMap<string, string> = new Map([
  ['a', 'auto'],
  ['c', 'decltype(auto)'],
  ['d', 'decimal64'],
  ['e', 'decimal128'],
  ['f', 'decimal32'],
  ['h', 'half'],
  ['i', 'char32_t'],
  ['n', 'decltype(nullptr)'],
  ['s', 'char16_t'],
  ['u', 'char8_t'],
]);

/** Types whose literals need no cast in front: what stands after the digits. */
export const LITERAL_SUFFIXES: ReadonlyMap<string, string> = new Map([
  ['int', ''],
  ['unsigned int', 'u'],
  ['long', 'l'],
  ['unsigned long', 'ul'],
  ['long long', 'll'],
  ['unsigned long long', 'ull'],
]);

/** Types whose literals are the bytes of the number in hexadecimal digits. */
export const FLOATS: ReadonlySet<string> = new Set(['float', 'double', 'long double', '__float128']);

/** What two letters after `S` stand for: as printed, written out, and the name of its constructors. */
export interface StandardName {
  readonly short: string;
  readonly full: string;
  readonly last: string;
}

const STREAM = '<char, std::char_traits<char> >';

export const STANDARD_NAMES: ReadonlyMap<string, StandardName> = new Map([
  ['t', {short: 'std', full: 'std', last: ''}],
  ['a', {short: 'std::allocator', full: 'std::allocator', last: 'allocator'}],
  ['b', {short: 'std::basic_string', full: 'std::basic_string', last: 'basic_string'}],
  [
    's',
    {
      short: 'std::string',
      full: 'std::basic_string<char, std::char_traits<char>, std::allocator<char> >',
      last: 'basic_string',
    },
  ],
  ['i', {short: 'std::istream', full: `std::basic_istream${STREAM}`, last: 'basic_istream'}],
  ['o', {short: 'std::ostream', full: `std::basic_ostream${STREAM}`, last: 'basic_ostream'}],
  ['d', {short: 'std::iostream', full: `std::basic_iostream${STREAM}`, last: 'basic_iostream'}],
]);
