import {doubt} from './mangled.js';
import type {RustName} from './rust-name.js';

/** A number, bool or character; others are not known yet. */
export function readRustConstant(rust: RustName): void {
  const start = rust.at;
  const letter = rust.next();
  if (letter === 'B') rust.referred(start, () => readRustConstant(rust));
  else if (letter === 'p') rust.write('_');
  else if (letter === 'b') writeBoolean(rust, rust.readHexadecimal());
  else if (letter === 'c') writeCharacter(rust, rust.readHexadecimal());
  else if ('asxlni'.includes(letter)) rust.write(`${rust.accept('n') ? '-' : ''}${rust.readHexadecimal()}`);
  else if ('htmyoj'.includes(letter)) rust.write(`${rust.readHexadecimal()}`);
  else doubt();
}

function writeBoolean(rust: RustName, value: bigint): void {
  if (value > 1n) doubt();
  rust.write(value === 1n ? 'true' : 'false');
}

function writeCharacter(rust: RustName, value: bigint): void {
  const point = Number(value);
  if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) doubt();
  const character = String.fromCodePoint(point);
  rust.write(/[\p{C}'\\]/u.test(character) ? `'\\u{${point.toString(16)}}'` : `'${character}'`);
}
