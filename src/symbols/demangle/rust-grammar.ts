import {doubt, isLower} from './mangled.js';
import {readRustConstant} from './rust-constant.js';
import type {RustName} from './rust-name.js';

const BASIC_TYPES: ReadonlyMap<string, string> = new Map([
  ['a', 'i8'],
  ['b', 'bool'],
  ['c', 'char'],
  ['d', 'f64'],
  ['e', 'str'],
  ['f', 'f32'],
  ['h', 'u8'],
  ['i', 'isize'],
  ['j', 'usize'],
  ['l', 'i32'],
  ['m', 'u32'],
  ['n', 'i128'],
  ['o', 'u128'],
  ['p', '_'],
  ['s', 'i16'],
  ['t', 'u16'],
  ['u', '()'],
  ['v', '...'],
  ['x', 'i64'],
  ['y', 'u64'],
  ['z', '!'],
]);

/** A path; as a value its arguments stand behind `::`. */
export function readRustPath(rust: RustName, isValue: boolean): void {
  const start = rust.at;
  const letter = rust.next();
  rust.nested(() => {
    switch (letter) {
      case 'C':
        rust.readOptional('s');
        rust.write(rust.readIdentifier());
        break;
      case 'N':
        readInside(rust, isValue);
        break;
      case 'M':
      case 'X':
      case 'Y':
        readImplementation(rust, letter);
        break;
      case 'I':
        readRustPath(rust, isValue);
        rust.write(isValue ? '::<' : '<');
        readList(rust, () => readArgument(rust));
        rust.write('>');
        break;
      case 'B':
        rust.referred(start, () => readRustPath(rust, isValue));
        break;
      default:
        doubt();
    }
  });
}

/** outer::name; what has no name of its own says what it is, and which. */
function readInside(rust: RustName, isValue: boolean): void {
  const space = rust.next();
  if (!/[A-Za-z]/.test(space)) doubt();
  readRustPath(rust, isValue);
  const number = rust.readOptional('s');
  const name = rust.readIdentifier();
  if (isLower(space)) {
    if (name !== '') rust.write(`::${name}`);
    return;
  }
  const kind = space === 'C' ? 'closure' : space === 'S' ? 'shim' : space;
  rust.write(`::{${kind}${name === '' ? '' : `:${name}`}#${number}}`);
}

/** <type> or <type as trait>. Where the implementation stands is not shown. */
function readImplementation(rust: RustName, letter: string): void {
  if (letter !== 'Y') {
    rust.readOptional('s');
    rust.silently(() => readRustPath(rust, false));
  }
  rust.write('<');
  readRustType(rust);
  if (letter !== 'M') {
    rust.write(' as ');
    readRustPath(rust, false);
  }
  rust.write('>');
}

/** Items up to `E`, with commas; how many there were. */
function readList(rust: RustName, readItem: () => void, separator = ', '): number {
  let count = 0;
  for (; !rust.accept('E'); count++) {
    if (count > 0) rust.write(separator);
    readItem();
  }
  return count;
}

function readArgument(rust: RustName): void {
  if (rust.accept('L')) writeLifetime(rust, rust.readBase62());
  else if (rust.accept('K')) readRustConstant(rust);
  else readRustType(rust);
}

function readRustType(rust: RustName): void {
  const start = rust.at;
  const letter = rust.next();
  const basic = BASIC_TYPES.get(letter);
  if (basic) rust.write(basic);
  else rust.nested(() => readCompound(rust, letter, start));
}

function readCompound(rust: RustName, letter: string, start: number): void {
  switch (letter) {
    case 'A':
    case 'S':
      rust.write('[');
      readRustType(rust);
      if (letter === 'A') {
        rust.write('; ');
        readRustConstant(rust);
      }
      rust.write(']');
      break;
    case 'T': {
      rust.write('(');
      const count = readList(rust, () => readRustType(rust));
      rust.write(count === 1 ? ',)' : ')');
      break;
    }
    case 'R':
    case 'Q':
      readReference(rust, letter === 'Q');
      break;
    case 'P':
    case 'O':
      rust.write(letter === 'P' ? '*const ' : '*mut ');
      readRustType(rust);
      break;
    case 'F':
      readBinder(rust, () => readFunction(rust));
      break;
    case 'D':
      readDynamic(rust);
      break;
    case 'B':
      rust.referred(start, () => readRustType(rust));
      break;
    default:
      rust.at = start;
      readRustPath(rust, false);
  }
}

function readReference(rust: RustName, isMutable: boolean): void {
  rust.write('&');
  const lifetime = rust.accept('L') ? rust.readBase62() : 0;
  if (lifetime > 0) {
    writeLifetime(rust, lifetime);
    rust.write(' ');
  }
  if (isMutable) rust.write('mut ');
  readRustType(rust);
}

/** 'a is the outermost bound lifetime; 0 is one that has no name. */
function writeLifetime(rust: RustName, index: number): void {
  if (index > rust.lifetimes) doubt();
  const depth = rust.lifetimes - index;
  if (index === 0) rust.write("'_");
  else rust.write(depth < 26 ? `'${String.fromCharCode(97 + depth)}` : `'_${depth}`);
}

/** for<'a, 'b> in front of what may use them. */
function readBinder(rust: RustName, read: () => void): void {
  const count = rust.readOptional('G');
  if (count > 1000) doubt();
  const before = rust.lifetimes;
  if (count > 0) rust.write('for<');
  for (let index = 0; index < count; index++) {
    if (index > 0) rust.write(', ');
    rust.lifetimes++;
    writeLifetime(rust, 1);
  }
  if (count > 0) rust.write('> ');
  read();
  rust.lifetimes = before;
}

function readFunction(rust: RustName): void {
  if (rust.accept('U')) rust.write('unsafe ');
  if (rust.accept('K')) {
    const abi = rust.accept('C') ? 'C' : rust.readIdentifier().replaceAll('_', '-');
    if (abi === '') doubt();
    rust.write(`extern "${abi}" `);
  }
  rust.write('fn(');
  readList(rust, () => readRustType(rust));
  rust.write(')');
  if (rust.accept('u')) return;
  rust.write(' -> ');
  readRustType(rust);
}

function readDynamic(rust: RustName): void {
  rust.write('dyn ');
  readBinder(rust, () => readList(rust, () => readTrait(rust), ' + '));
  if (!rust.accept('L')) doubt();
  const lifetime = rust.readBase62();
  if (lifetime === 0) return;
  rust.write(' + ');
  writeLifetime(rust, lifetime);
}

/** A trait, its arguments and its associated types in one pair of brackets. */
function readTrait(rust: RustName): void {
  let isOpen = readOpenPath(rust);
  while (rust.accept('p')) {
    rust.write(isOpen ? ', ' : '<');
    isOpen = true;
    rust.write(`${rust.readIdentifier()} = `);
    readRustType(rust);
  }
  if (isOpen) rust.write('>');
}

/** A path whose last bracket stays open; false where there is none. */
function readOpenPath(rust: RustName): boolean {
  const start = rust.at;
  if (rust.accept('B')) {
    let isOpen = false;
    rust.referred(start, () => {
      isOpen = readOpenPath(rust);
    });
    return isOpen;
  }
  if (!rust.accept('I')) {
    readRustPath(rust, false);
    return false;
  }
  readRustPath(rust, false);
  rust.write('<');
  readList(rust, () => readArgument(rust));
  return true;
}
