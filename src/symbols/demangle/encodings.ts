import {doubt, isDigit, type Mangled} from './mangled.js';
import {readName} from './names.js';
import {isFunctionQualifier, makeName, makeNode, type Node} from './node.js';
import {readTemplateArgument} from './templates.js';
import {readFunctionSignature, readType} from './types.js';

/** `_Z` and what is after it, up to the end or to what is no part of it. */
export function readMangledName(mangled: Mangled): Node {
  mangled.expect('_Z');
  return readEncoding(mangled, true);
}

/** A function with its parameters, a variable, or something the compiler made. */
export function readEncoding(mangled: Mangled, isOutermost: boolean): Node {
  mangled.enter();
  const first = mangled.peek();
  const encoding =
    first === 'G' || first === 'T' ? readSpecialName(mangled) : readEntity(mangled, isOutermost);
  mangled.leave();
  return encoding;
}

function readEntity(mangled: Mangled, isOutermost: boolean): Node {
  const name = readName(mangled);
  const next = mangled.peek();
  if (next === '' || next === 'E') return name;
  const signature = readFunctionSignature(mangled, hasReturnType(name));
  if (!isOutermost && name.kind === 'local') signature.left = null;
  return makeNode('typed', name, signature);
}

/** Only templates carry their return type, and of those not constructors, destructors and conversions. */
function hasReturnType(name: Node): boolean {
  let part: Node | null = name;
  while (part && (isFunctionQualifier(part) || part.kind === 'local')) {
    part = part.kind === 'local' ? part.right : part.left;
  }
  if (part?.kind !== 'template') return false;
  part = part.left;
  while (part?.kind === 'qualified' || part?.kind === 'local') part = part.right;
  return part?.kind !== 'constructor' && part?.kind !== 'destructor' && part?.kind !== 'conversion';
}

const SPECIAL_OF_TYPE: ReadonlyMap<string, string> = new Map([
  ['TV', 'vtable for '],
  ['TT', 'VTT for '],
  ['TI', 'typeinfo for '],
  ['TS', 'typeinfo name for '],
  ['TF', 'typeinfo fn for '],
  ['TJ', 'java Class for '],
]);

const SPECIAL_OF_NAME: ReadonlyMap<string, string> = new Map([
  ['TH', 'TLS init function for '],
  ['TW', 'TLS wrapper function for '],
  ['GV', 'guard variable for '],
]);

function readSpecialName(mangled: Mangled): Node {
  const code = mangled.take(2);
  const ofType = SPECIAL_OF_TYPE.get(code);
  if (ofType) return makeNode('special', readType(mangled), null, ofType);
  const ofName = SPECIAL_OF_NAME.get(code);
  if (ofName) return makeNode('special', readName(mangled), null, ofName);
  switch (code) {
    case 'Th':
    case 'Tv':
      readCallOffset(mangled, code[1]!);
      return makeNode(
        'special',
        readEncoding(mangled, false),
        null,
        code === 'Th' ? 'non-virtual thunk to ' : 'virtual thunk to ',
      );
    case 'Tc':
      readCallOffset(mangled, mangled.next());
      readCallOffset(mangled, mangled.next());
      return makeNode('special', readEncoding(mangled, false), null, 'covariant return thunk to ');
    case 'TC':
      return readConstructionVtable(mangled);
    case 'TA':
      return makeNode('special', readTemplateArgument(mangled), null, 'template parameter object for ');
    case 'GR':
      return makeNode('temporary', readName(mangled), makeName(String(mangled.readSignedNumber())));
    case 'GA':
      return makeNode('special', readEncoding(mangled, false), null, 'hidden alias for ');
    case 'GT':
      return readTransactionClone(mangled);
    default:
      return doubt();
  }
}

function readConstructionVtable(mangled: Mangled): Node {
  const derived = readType(mangled);
  if (!isDigit(mangled.peek())) doubt();
  mangled.readNumber();
  mangled.expect('_');
  return makeNode('special', readType(mangled), derived, 'construction vtable for ');
}

function readTransactionClone(mangled: Mangled): Node {
  const isUnsafe = mangled.next() === 'n';
  const words = isUnsafe ? 'non-transaction clone for ' : 'transaction clone for ';
  return makeNode('special', readEncoding(mangled, false), null, words);
}

/** How far `this` is moved: `h` one number, `v` two. Not shown. */
function readCallOffset(mangled: Mangled, kind: string): void {
  if (kind !== 'h' && kind !== 'v') doubt();
  mangled.readSignedNumber();
  mangled.expect('_');
  if (kind === 'h') return;
  mangled.readSignedNumber();
  mangled.expect('_');
}
