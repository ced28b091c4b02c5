import {constants} from 'node:buffer';

/**
 * One string of pieces. Pieces are asked for only as long as the string can hold them.
 * @param advice what to do where it cannot
 * @throws RangeError where they are more than a string can hold
 */
export function joinText(
  pieces: Iterable<string>,
  advice: string,
  maxCharacters: number = constants.MAX_STRING_LENGTH,
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
