import {findNearestWord} from '../src/base/nearest-word.js';
import {OPTION_ROWS} from './cli-table.js';

/** The option that was probably meant by an unknown one, with its dashes; null if none is near. */
export function findNearestOption(word: string): string | null {
  const names = OPTION_ROWS.map(([name]) => `--${name}`);
  if (!word.startsWith('--')) return null;
  // Part of a name, or a name with more after it.
  const extended = names.filter(name => name.startsWith(word) || word.startsWith(`${name}-`));
  if (extended.length > 0 && word.length > 3) return extended[0] ?? null;
  return findNearestWord(word, names);
}
