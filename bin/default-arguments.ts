import {getPlatform} from '../src/platform/platform.js';
import {OPTIONS} from './cli-table.js';
import type {CliCommand} from './cli-values.js';
import {readPlainArguments} from './plain-arguments.js';
import {splitWords} from './split-words.js';

const VARIABLE = 'MEMRAY_TREE_ARGS';

type Parse = (words: readonly string[]) => Promise<CliCommand>;

/** An option with its value, as words. */
type Option = readonly string[];

/**
 * A command line with the defaults of the environment before it, so that it can overrule them. Defaults that contradict it,
 * or do not apply to it, are left out. A mistake of the defaults themselves names the variable.
 * @param text of the variable: `--ascii --theme light`
 */
export async function addDefaults(text: string, words: readonly string[], parse: Parse): Promise<CliCommand> {
  const defaults = readDefaults(text);
  if (typeof defaults === 'string') return {kind: 'usage-error', message: `${VARIABLE} ${defaults}`};
  const command = await parse([...defaults.flat(), ...words]);
  const plain = await parse(words);
  if (command.kind !== 'usage-error') return withoutDefaults(command, plain, words);
  // Some defaults may be what a command line lacks, such as a base.
  const kept = await keepFitting(defaults, words, parse);
  const fitting = await parse([...kept.flat(), ...words]);
  if (fitting.kind === 'usage-error') return plain;
  for (const option of defaults) {
    if (kept.includes(option) || !(await isMistake(option, words, parse))) continue;
    return {...command, message: `${command.message} (${VARIABLE} is ${text})`};
  }
  return withoutDefaults(fitting, plain, words);
}

/** What is said to be given in vain is so on the command line itself: overruling a default is no mistake. */
function withoutDefaults(command: CliCommand, plain: CliCommand, words: readonly string[]): CliCommand {
  if (command.kind !== 'run') return command;
  const overridden = plain.kind === 'run' ? plain.options.overridden : [];
  // What has an effect depends on the defaults, too.
  const unused = command.options.unused.filter(note => isTyped(note, words));
  return {...command, options: {...command.options, overridden, unused}};
}

/** @param note begins with the name of an option: `--depth: has no effect on tables` */
function isTyped(note: string, words: readonly string[]): boolean {
  const [name] = note.split(':', 1);
  return words.some(word => word === name || word.startsWith(`${name}=`));
}

/** The options; a string says what is wrong with them. */
function readDefaults(text: string): readonly Option[] | string {
  const words = splitWords(text, getPlatform().hasBackslashEscapes);
  if (words === null) return 'has a quote that is not closed';
  const plain = readPlainArguments(words);
  // Other spellings could swallow a word of the command line.
  if (plain === null || plain.positionals.length > 0) {
    return `takes options with their whole names, such as --ascii --theme light, but is ${text}`;
  }
  return plain.given.map(([name, value]) =>
    OPTIONS[name].kind === 'switch' ? [`--${name}`] : [`--${name}`, value],
  );
}

/** The defaults that can stand before the command line, in their order: one may need another that comes after it. */
async function keepFitting(
  defaults: readonly Option[],
  words: readonly string[],
  parse: Parse,
): Promise<readonly Option[]> {
  let kept: readonly Option[] = [];
  for (let hasGrown = true; hasGrown; ) {
    hasGrown = false;
    for (const option of defaults.filter(each => !kept.includes(each))) {
      const tried = defaults.filter(each => each === option || kept.includes(each));
      if (!(await fits([...tried.flat(), ...words], parse))) continue;
      kept = tried;
      hasGrown = true;
    }
  }
  return kept;
}

/** Command lines that between them take each option that has a right value. */
export const EXAMPLE_LINES: readonly (readonly string[])[] = [
  ['FILE'],
  ['--flat', 'FILE'],
  ['--export', 'html', 'FILE'],
  ['--fail-above', '1MB', 'FILE'],
  ['--diff', 'BASE', 'FILE'],
  ['--diff', 'BASE'],
  ['FILE', 'FILE'],
  ['--live', '5000'],
  [],
];

/** Whether a default that was left out is wrong with any command line, or contradicts other defaults only. */
async function isMistake(option: Option, words: readonly string[], parse: Parse): Promise<boolean> {
  if (await fits([...option, ...words], parse)) return true;
  for (const line of EXAMPLE_LINES) if (await fits([...option, ...line], parse)) return false;
  return true;
}

async function fits(words: readonly string[], parse: Parse): Promise<boolean> {
  return (await parse(words)).kind !== 'usage-error';
}
