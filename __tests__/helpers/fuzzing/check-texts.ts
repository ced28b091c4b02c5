import {sanitize} from '../../../src/format/sanitize.js';
import {FORBIDDEN, isForbidden} from '../hostile-text.js';
import type {Random} from './random.js';

const RANGES = [...FORBIDDEN, [0x20, 0x7e], [0x300, 0x36f], [0xa0, 0xffff], [0x10000, 0x10ffff]] as const;
const PIECES = [
  '\u001b[2J',
  '\u001b]8;;http://x\u0007',
  '[/nope]',
  '‹202E›',
  '👩‍👧',
  'e\u0301\u0301',
  '名前',
  '\r\n',
];

/** Names that are mostly made of what is dangerous. */
export function createHostileText(random: Random): string {
  const pieces = Array.from({length: random.pick([1, 3, 10, 30])}, () => {
    if (random.chance(0.1)) return random.pick(PIECES);
    const [from, to] = random.pick<readonly [number, number]>(RANGES);
    return String.fromCodePoint(from + random.below(to - from + 1));
  });
  return pieces.join('');
}

/** Throws unless nothing dangerous is left of a text, and what is left stays as it is. */
export function checkText(text: string): void {
  const safe = sanitize(text);
  for (const character of safe) {
    if (isForbidden(character.codePointAt(0)!)) throw new Error(`${JSON.stringify(character)} is left`);
  }
  if (/\p{M}{5}/u.test(safe)) throw new Error('five marks are left');
  if (sanitize(safe) !== safe) throw new Error('safe text is changed');
}
