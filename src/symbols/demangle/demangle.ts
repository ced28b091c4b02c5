import {readMangledName} from './encodings.js';
import {DOUBT, doubt, isDigit, isLower, Mangled} from './mangled.js';
import {makeNode, type Node} from './node.js';
import {printToString} from './print.js';

/** Longer names stay as they are, as they do in libstdc++, which memray asks. */
const MAX_LENGTH = 1024;

/**
 * A C++ name as people write it: `_ZN1a1bEi` is `a::b(int)`. What is no such name, what is too long, too deep
 * or not understood in full comes back as it is. Never throws.
 *
 * The form is that of libstdc++'s `__cxa_demangle`, on which memray's names depend; Rust's older names end
 * `::h` and 16 digits there, its newer ones (`_R…`) stay as they are.
 */
export function demangle(name: string): string {
  if (!name.startsWith('_Z') || name.length > MAX_LENGTH) return name;
  return hasOnlyAscii(name) ? demangleBytes(name) : demangleText(name);
}

function hasOnlyAscii(name: string): boolean {
  for (let index = 0; index < name.length; index++) if (name.charCodeAt(index) > 0x7f) return false;
  return true;
}

/** Lengths in a name count bytes of UTF-8. */
function demangleText(name: string): string {
  const bytes = Buffer.from(name, 'utf8').toString('latin1');
  if (bytes.length > MAX_LENGTH || name.includes('\ufffd')) return name;
  const demangled = demangleBytes(bytes);
  return demangled === bytes ? name : Buffer.from(demangled, 'latin1').toString('utf8');
}

function demangleBytes(name: string): string {
  try {
    return printToString(readWhole(name));
  } catch (error) {
    // A RangeError would be a stack smaller than any that Node has by itself.
    if (error === DOUBT || error instanceof RangeError) return name;
    throw error;
  }
}

function readWhole(name: string): Node {
  const mangled = new Mangled(name, false);
  const tree = mangled.attempt(() => readToEnd(mangled));
  if (tree) return tree;
  return mangled.hasNewScopes ? readToEnd(new Mangled(name, true)) : doubt();
}

function readToEnd(mangled: Mangled): Node {
  const tree = readClones(mangled, readMangledName(mangled));
  return mangled.isAtEnd() ? tree : doubt();
}

/** Copies a compiler made: `.part.0`, `.cold`, `.constprop.1.isra.2`. */
function readClones(mangled: Mangled, name: Node): Node {
  let clone = name;
  while (mangled.peek() === '.' && isCloneStart(mangled.peek(1))) {
    clone = makeNode('clone', clone, null, readClone(mangled));
  }
  return clone;
}

function isCloneStart(character: string): boolean {
  return isDigit(character) || isLower(character) || character === '_';
}

/** A word and the numbers after it. */
function readClone(mangled: Mangled): string {
  let text = mangled.take(1);
  while (isCloneStart(mangled.peek())) text += mangled.next();
  while (mangled.peek() === '.' && isDigit(mangled.peek(1))) {
    text += mangled.next();
    while (isDigit(mangled.peek())) text += mangled.next();
  }
  return text;
}
