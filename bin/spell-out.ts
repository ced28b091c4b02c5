import {OPTION_ROWS, type OptionName, type OptionRow} from './cli-table.js';
import {findNearestOption} from './nearest-option.js';
import {UsageError} from './usage-error.js';

type Entry = readonly [OptionName, OptionRow];

const byName: ReadonlyMap<string, Entry> = new Map(OPTION_ROWS.map(entry => [entry[0], entry]));
const byLetter: ReadonlyMap<string, Entry> = new Map(
  OPTION_ROWS.flatMap(entry => (entry[1].alias === undefined ? [] : [[entry[1].alias, entry]])),
);

/**
 * A command line with every option by its whole name, and every switch with its value:
 *   -fo out.json --leaks  →  --force=true --output out.json --leaks=true
 * What follows `--` stays as it is. Throws UsageError for options that do not exist, and for switches with a
 * value.
 */
export function spellOut(argv: readonly string[]): string[] {
  const end = argv.indexOf('--');
  const options = end < 0 ? argv : argv.slice(0, end);
  return [...options.flatMap(spellOutWord), ...(end < 0 ? [] : argv.slice(end))];
}

function spellOutWord(word: string): string[] {
  if (word.startsWith('--')) return [spellOutName(word)];
  // A number may be the value of an option.
  if (/^-[^-\d.]/.test(word)) return spellOutLetters(word);
  return [word];
}

function spellOutName(word: string): string {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word : word.slice(0, equals);
  const entry = byName.get(name.slice(2));
  if (entry === undefined) throw new UsageError(explainUnknown(name));
  if (entry[1].kind === 'text') return word;
  const value = equals < 0 ? 'true' : word.slice(equals + 1);
  if (value !== 'true' && value !== 'false') throw new UsageError(`${name} takes no value`);
  return `${name}=${value}`;
}

/**
 * `-fo` are two switches, or a switch and an option whose value follows; in `-b5` and `-b=5` it is in the
 * word.
 */
function spellOutLetters(word: string): string[] {
  const words: string[] = [];
  for (let at = 1; at < word.length; at++) {
    const letter = word[at]!;
    const entry = byLetter.get(letter);
    if (entry === undefined) throw new UsageError(explainUnknown(`-${letter}`));
    const [name, {kind}] = entry;
    if (kind === 'switch') {
      words.push(`--${name}=true`);
      continue;
    }
    const value = word.slice(at + 1).replace(/^=/, '');
    words.push(at + 1 === word.length ? `--${name}` : `--${name}=${value}`);
    break;
  }
  return words;
}

function explainUnknown(name: string): string {
  const nearest = findNearestOption(name);
  return `unknown option ${name}; ${nearest === null ? 'see --help' : `did you mean ${nearest}?`}`;
}
