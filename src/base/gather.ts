/** Joins small pieces to pieces of at least `size` characters, so that each write is worth its cost. */
export function* gather(pieces: Iterable<string>, size = 65_536): Generator<string> {
  let buffer: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    buffer.push(piece);
    length += piece.length;
    if (length >= size) {
      yield buffer.join('');
      buffer = [];
      length = 0;
    }
  }
  if (length > 0) yield buffer.join('');
}
