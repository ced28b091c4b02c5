import {parseArgs} from 'node:util';
import {OPTION_ROWS, OPTIONS, type OptionName} from './cli-table.js';
import type {OptionValues} from './cli-values.js';

const options = Object.fromEntries(
  OPTION_ROWS.map(([name, {kind, alias}]) => [
    name,
    {
      type: kind === 'switch' ? ('boolean' as const) : ('string' as const),
      ...(alias !== undefined && {short: alias}),
    },
  ]),
);

/**
 * Reads a command line in its plain spelling: whole names or single letters, and values that do not look like
 * options. Null for everything else, mistakes included: yargs reads those, but takes longer to load than a
 * small capture takes to read. Both give the same answer.
 */
export function readPlainArguments(argv: readonly string[]): OptionValues | null {
  const tokens = tokenize(argv);
  if (tokens === null) return null;
  const positionals: string[] = [];
  const switches = new Set<OptionName>();
  const texts = new Map<OptionName, string[]>();
  const given: (readonly [OptionName, string])[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind === 'positional') continue;
    // What follows "--" and words of several letters are left to yargs.
    if (token.kind === 'option-terminator' || !isPlain(argv[token.index]!, token.rawName)) return null;
    const name = token.name as OptionName;
    const {value = ''} = token;
    given.push([name, value]);
    if (OPTIONS[name].kind === 'switch') {
      switches.add(name);
      continue;
    }
    if (value === '' || /^[-"']/.test(value)) return null;
    texts.set(name, [...(texts.get(name) ?? []), value]);
  }
  return positionals.includes('') ? null : {positionals, switches, texts, given};
}

/** Null where the command line has a mistake, or what could be one. */
function tokenize(argv: readonly string[]) {
  try {
    return parseArgs({args: [...argv], options, allowPositionals: true, tokens: true}).tokens;
  } catch {
    return null;
  }
}

/** Whether a word is the name of one option, with or without "=" and its value. */
function isPlain(word: string, rawName: string): boolean {
  return word === rawName || (rawName.startsWith('--') && word.startsWith(`${rawName}=`));
}
