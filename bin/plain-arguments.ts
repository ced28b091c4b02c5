import {OPTION_ROWS, type OptionName, type OptionRow} from './cli-table.js';
import type {OptionValues} from './cli-values.js';

const rows = new Map<string, readonly [OptionName, OptionRow]>();
for (const [name, row] of OPTION_ROWS) {
  rows.set(`--${name}`, [name, row]);
  if (row.alias !== undefined) rows.set(`-${row.alias}`, [name, row]);
}

/**
 * Reads a command line in its plain spelling: whole names or single letters, and values that do not look like
 * options. Null for everything else, mistakes included: yargs reads those, but takes longer to load than a
 * small capture takes to read. Both give the same answer.
 */
export function readPlainArguments(argv: readonly string[]): OptionValues | null {
  const positionals: string[] = [];
  const switches = new Set<OptionName>();
  const texts = new Map<OptionName, string[]>();
  const given: (readonly [OptionName, string])[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!;
    if (word === '') return null;
    if (word === '-' || !word.startsWith('-')) {
      positionals.push(word);
      continue;
    }
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const [name, row] = rows.get(equals < 0 ? word : word.slice(0, equals)) ?? [];
    if (name === undefined || row === undefined) return null;
    if (row.kind === 'switch') {
      if (equals >= 0) return null;
      switches.add(name);
      given.push([name, '']);
      continue;
    }
    const value = equals < 0 ? argv[++at] : word.slice(equals + 1);
    if (value === undefined || value === '' || /^[-"']/.test(value)) return null;
    const values = texts.get(name) ?? [];
    values.push(value);
    given.push([name, value]);
    texts.set(name, values);
  }
  return {positionals, switches, texts, given};
}
