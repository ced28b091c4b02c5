import {getPlatform} from '../src/platform/platform.js';
import type {CliCommand} from './cli-values.js';
import {readPlainArguments} from './plain-arguments.js';
import {splitWords} from './split-words.js';

const VARIABLE = 'MEMRAY_TREE_ARGS';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A command line with the defaults of the environment before it, so that it can overrule them:
 * `MEMRAY_TREE_ARGS="--ascii --theme light"`. A mistake that there is only with the defaults names them.
 */
export async function addDefaults(
  env: Environment,
  words: readonly string[],
  parse: (words: readonly string[]) => Promise<CliCommand>,
): Promise<CliCommand> {
  const defaults = readDefaults(env[VARIABLE] ?? '');
  if (typeof defaults === 'string') return {kind: 'usage-error', message: `${VARIABLE} ${defaults}`};
  const command = await parse([...defaults, ...words]);
  if (command.kind !== 'usage-error' || (await parse(words)).kind === 'usage-error') return command;
  return {...command, message: `${command.message} (${VARIABLE} is ${env[VARIABLE]})`};
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
