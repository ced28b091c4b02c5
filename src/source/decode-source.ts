/**
 * Python's names (normalised as by `encodings.normalize_encoding`, with `-`) for one byte = one code point.
 */
const LATIN_1: ReadonlySet<string> = new Set([
  'latin-1',
  'iso-8859-1',
  'iso8859-1',
  'latin1',
  'l1',
  'cp819',
  '8859',
]);

const hasUtf8Mark = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

/** The encoding that a comment in one of the first two lines declares (PEP 263), or null. */
function getDeclaredEncoding(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString('latin1');
  for (const line of head.split(/\r\n|\n|\r/, 2)) {
    const declared = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line)?.[1];
    if (declared !== undefined) return declared.toLowerCase().replaceAll('_', '-');
    // Only a blank or comment line may stand before the declaration.
    if (!/^[ \t\f]*(?:#.*)?$/.test(line)) return null;
  }
  return null;
}

/** The text of a source file. Invalid bytes become U+FFFD; an unknown encoding is read as UTF-8. */
export function decodeSource(bytes: Uint8Array): string {
  const encoding = hasUtf8Mark(bytes) ? null : getDeclaredEncoding(bytes);
  if (encoding === null) return new TextDecoder().decode(bytes);
  // TextDecoder's "latin1" is Windows-1252, Python's is not.
  if (LATIN_1.has(encoding))
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  try {
    return new TextDecoder(encoding.replace(/^cp(?=\d)/, 'windows-')).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** Lines as Python counts them: ended by \n, \r\n or \r, not by form feeds or U+2028. */
export function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
