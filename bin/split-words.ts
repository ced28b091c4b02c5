/**
 * Splits a command into its words as a POSIX shell does: at blanks, with quotes that hold blanks. Nothing is expanded
 * or run. Null where a quote is not closed.
 * @param hasEscapes a backslash makes the next character literal; on Windows it separates folders
 */
export function splitWords(command: string, hasEscapes: boolean): readonly string[] | null {
  const words: string[] = [];
  const pieces = hasEscapes ? POSIX_PIECE : WINDOWS_PIECE;
  pieces.lastIndex = 0;
  let word: string | null = null;
  while (pieces.lastIndex < command.length) {
    const piece = pieces.exec(command)?.[0];
    if (piece === undefined) return null;
    if (/^\s/.test(piece)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + unquote(piece, hasEscapes);
  }
  return word === null ? words : [...words, word];
}

/** Blanks, a quoted part, an escaped character, or what stands between them. */
const POSIX_PIECE = /\s+|'[^']*'|"(?:[^"\\]|\\.)*"|\\.?|[^\s'"\\]+/sy;
const WINDOWS_PIECE = /\s+|'[^']*'|"[^"]*"|[^\s'"]+/y;

function unquote(piece: string, hasEscapes: boolean): string {
  if (piece.startsWith("'")) return piece.slice(1, -1);
  if (piece.startsWith('"')) {
    const text = piece.slice(1, -1);
    return hasEscapes ? text.replaceAll(/\\(["\\$`])/g, '$1') : text;
  }
  return hasEscapes && piece.startsWith('\\') ? piece.slice(1) : piece;
}
