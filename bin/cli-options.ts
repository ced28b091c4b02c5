import yargs from 'yargs';
import {OPTIONS, type OptionName, type OptionRow} from './cli-table.js';
import {type CliCommand, type OptionValues, toCommand} from './cli-values.js';

/**
 * Understands a command line (without node and the script). Pure: nothing is printed, looked up or ended.
 * `columns` is the width of the help text.
 */
export function parseCliOptions(argv: readonly string[], {columns = 80} = {}): CliCommand {
  let error: string | null = null;
  let output = '';
  const parser = defineOptions(columns);
  // The callback keeps yargs from printing and from ending the process.
  const values = parser.parse([...argv], {}, (parseError, _values, parserOutput) => {
    error = parseError?.message ?? null;
    output = parserOutput;
  }) as YargsValues;
  if (error !== null) return {kind: 'usage-error', message: toOneLine(error)};
  if (isOn(values.help)) return {kind: 'help', text: dropTypes(output)};
  if (isOn(values.version)) return {kind: 'version'};
  return toCommand(toOptionValues(values));
}

/** What yargs hands over; an option that is given several times has its values in an array. */
type YargsValues = Readonly<Record<string, unknown>> & {readonly _: readonly (string | number)[]};

const rows = Object.entries(OPTIONS) as [OptionName, OptionRow][];

function toOptionValues(values: YargsValues): OptionValues {
  const given = rows.filter(([name]) => values[name] !== undefined);
  return {
    positionals: values._.map(String),
    switches: new Set(
      given.filter(([name, {kind}]) => kind === 'switch' && isOn(values[name])).map(([name]) => name),
    ),
    texts: new Map(
      given
        .filter(([, {kind}]) => kind === 'text')
        .map(([name]) => [name, [values[name]].flat().map(String)]),
    ),
  };
}

function isOn(value: unknown): boolean {
  return [value].flat().at(-1) === true;
}

function defineOptions(columns: number) {
  return yargs()
    .scriptName('memray-tree-ink')
    .locale('en')
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
    .usage('memray-tree-ink [options] <results>\n\nShows the tree of calls that held the memory at its peak.')
    .usage('<results> is a capture that memray wrote, several of them, or - for standard input.')
    .options(Object.fromEntries(rows.map(([name, row]) => [name, toYargs(row)])))
    .help('help', 'show this help')
    .alias('help', 'h')
    .strictOptions()
    .wrap(columns);
}

function toYargs({kind, alias, isRepeatable, describe}: OptionRow) {
  const common = {describe, ...(alias !== undefined && {alias})};
  if (kind === 'switch') return {...common, type: 'boolean'} as const;
  if (isRepeatable) return {...common, type: 'array', string: true, requiresArg: true} as const;
  return {...common, type: 'string', requiresArg: true} as const;
}

/** yargs writes some faults on several lines ("Invalid values:\n  Argument: …"). */
function toOneLine(message: string): string {
  return message.trim().replaceAll(/\s*\n\s*/g, ' ');
}

/** The kinds of values that yargs prints beside each option tell nothing that the text does not. */
function dropTypes(help: string): string {
  return help.replaceAll(/\n?[ \t]*\[(?:string|boolean|array)\](?=\n|$)/g, '');
}
