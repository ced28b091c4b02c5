import yargs from 'yargs';
import {OPTION_ROWS, OPTIONS, type OptionName, type OptionRow} from './cli-table.js';
import {type CliCommand, type OptionValues, toCommand} from './cli-values.js';
import {explainMemrayCommand} from './memray-commands.js';
import {spellOut} from './spell-out.js';
import {UsageError} from './usage-error.js';

/** Understands a command line (without node and the script). Pure: nothing is printed, looked up or ended. */
export function parseCliOptions(argv: readonly string[]): CliCommand {
  try {
    return toCommand(parse(spellOut(argv)));
  } catch (usageError) {
    if (!(usageError instanceof UsageError)) throw usageError;
    if (isHelpWanted(argv)) return {kind: 'help'};
    // Options of memray's commands are unknown here; the command says more.
    const message = explainMemrayCommand(argv.filter(word => !word.startsWith('-'))) ?? usageError.message;
    return {kind: 'usage-error', message};
  }
}

function isHelpWanted(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end < 0 ? undefined : end).some(word => word === '--help' || word === '-h');
}

/** What yargs hands over; an option that is given several times has its values in an array. */
type YargsValues = Readonly<Record<string, unknown>> & {readonly _: readonly (string | number)[]};

/** `argv`: as from `spellOut`. Throws UsageError. */
function parse(argv: readonly string[]): OptionValues {
  let error: string | null = null;
  // The callback keeps yargs from printing and from ending the process.
  const values = defineOptions().parse([...argv], {}, parseError => {
    error = parseError?.message ?? null;
  }) as YargsValues;
  if (error !== null) throw new UsageError(rewordError(error));
  const given = OPTION_ROWS.filter(([name]) => values[name] !== undefined);
  const switches = new Set(
    given.filter(([name, {kind}]) => kind === 'switch' && isOn(values[name])).map(([name]) => name),
  );
  return {
    given: listGiven(argv).filter(([name]) => OPTIONS[name].kind === 'text' || switches.has(name)),
    positionals: values._.map(String),
    switches,
    texts: new Map(
      given
        .filter(([, {kind}]) => kind === 'text')
        .map(([name]) => [name, [values[name]].flat().map(String)]),
    ),
  };
}

/** The options in the order in which they are given, which yargs does not keep. */
function listGiven(argv: readonly string[]): readonly (readonly [OptionName, string])[] {
  const given: (readonly [OptionName, string])[] = [];
  for (let at = 0; at < argv.length && argv[at] !== '--'; at++) {
    const [, name, value] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(argv[at]!) ?? [];
    const row = OPTION_ROWS.find(([option]) => option === name);
    if (row === undefined) continue;
    if (row[1].kind === 'text') given.push([row[0], value ?? argv[++at] ?? '']);
    else if (value !== 'false') given.push([row[0], '']);
  }
  return given;
}

function isOn(value: unknown): boolean {
  return [value].flat().at(-1) === true;
}

function defineOptions() {
  return yargs()
    .locale('en')
    .help(false)
    .version(false)
    .exitProcess(false)
    .showHelpOnFail(false)
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .options(Object.fromEntries(OPTION_ROWS.map(([name, row]) => [name, toYargs(row)])));
}

function toYargs(row: OptionRow) {
  if (row.kind === 'switch') return {type: 'boolean'} as const;
  if (row.isRepeatable) return {type: 'array', string: true, requiresArg: true} as const;
  return {type: 'string', requiresArg: true} as const;
}

/** "Not enough arguments following: depth" is the only error of yargs that is left. */
function rewordError(message: string): string {
  const name = /^Not enough arguments following: (.+)$/.exec(message)?.[1];
  const row = OPTION_ROWS.find(([option]) => option === name)?.[1];
  if (row?.kind !== 'text') return message.trim().replaceAll(/\s*\n\s*/g, ' ');
  return `--${name} needs a value: --${name} ${row.value}`;
}
