import {getPlatform} from '../src/platform/platform.js';
import type {CliCommand} from './cli-values.js';
import {readPlainArguments} from './plain-arguments.js';
import {splitWords} from './split-words.js';

const VARIABLE = 'MEMRAY_TREE_ARGS';

/**
 * A command line with the defaults of the environment before it, so that it can overrule them. A mistake that there is only
 * with the defaults names them.
 * @param text of the variable: `--ascii --theme light`
 */
export async function addDefaults(
  text: string,
  words: readonly string[],
  parse: (words: readonly string[]) => Promise<CliCommand>,
): Promise<CliCommand> {
  const defaults = readDefaults(text);
  if (typeof defaults === 'string') return {kind: 'usage-error', message: `${VARIABLE} ${defaults}`};
  const command = await parse([...defaults, ...words]);
  if (command.kind !== 'usage-error' || (await parse(words)).kind === 'usage-error') return command;
  return {...command, message: `${command.message} (${VARIABLE} is ${text})`};
}

/** The options; a string says what is wrong with them. */
function readDefaults(text: string): readonly string[] | string {
  const words = splitWords(text, getPlatform().hasBackslashEscapes);
  if (words === null) return 'has a quote that is not closed';
  const plain = readPlainArguments(words);
  // Other spellings could swallow a word of the command line.
  return plain === null || plain.positionals.length > 0
    ? `takes options with their whole names, such as --ascii --theme light, but is ${text}`
    : words;
}
