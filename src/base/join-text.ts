/** Of a string in V8, on 64 bits; other engines take more. */
const MAX_CHARACTERS = 0x1fffffe8;

/**
 * One string of pieces. Pieces are asked for only as long as the string can hold them.
 * @param advice what to do where it cannot
 * @throws RangeError where they are more than a string can hold
 */
export function joinText(
  pieces: Iterable<string>,
  advice: string,
  maxCharacters: number = MAX_CHARACTERS,
): string {
  const kept: string[] = [];
  let characters = 0;
  for (const piece of pieces) {
    characters += piece.length;
    if (characters > maxCharacters) {
      throw new RangeError(
        `the result is longer than a string can be (${maxCharacters} characters); ${advice}`,
      );
    }
    kept.push(piece);
  }
  return kept.join('');
}
