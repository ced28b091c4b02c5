const encoder = new TextEncoder();

/** As UTF-8. */
export function encodeText(text: string): Uint8Array {
  return encoder.encode(text);
}

/** A copy of all of them, one after the other. */
export function concatBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, {length}) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
