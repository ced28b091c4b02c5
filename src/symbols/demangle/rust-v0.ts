import {DOUBT} from './mangled.js';
import {readRustPath} from './rust-grammar.js';
import {RustName} from './rust-name.js';

/** What may stand behind a name: a copy the compiler or the linker made. */
const SUFFIX = /[.$].*$/s;

/**
 * A name of Rust's newer form as people write it, without the hashes of crates: `_RNvCs1234_7mycrate3foo` is
 * `mycrate::foo`. Null where it is no such name or not understood in full. Never throws.
 *
 * memray shows these names as they are, so this is for the screen, never for telling nodes apart.
 */
export function demangleRustV0(name: string): string | null {
  if (!/^_R[A-Z]/.test(name)) return null;
  try {
    const rust = new RustName(name.slice('_R'.length).replace(SUFFIX, ''));
    readRustPath(rust, true);
    // The crate that a generic function was compiled for is not shown.
    if (!rust.isAtEnd()) rust.silently(() => readRustPath(rust, false));
    return rust.isAtEnd() ? rust.text : null;
  } catch (error) {
    if (error === DOUBT || error instanceof RangeError) return null;
    throw error;
  }
}
