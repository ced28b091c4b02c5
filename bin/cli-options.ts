import yargs from 'yargs';
import type {View} from '../src/heap/snapshot.js';
import type {PathMapping} from '../src/source/source-places.js';

/** What the command line asks for, checked and with its defaults. */
export interface CliOptions {
  /** Path of the capture, `-` for standard input. */
  readonly results: string;
  readonly view: View;
  readonly biggestAllocs: number;
  readonly wholePeak: boolean;
  readonly pythonOnly: boolean;
  /** Filters at the start (keys i, u). */
  readonly hideImportSystem: boolean;
  readonly hideUninteresting: boolean;
  /** Print and leave. At most one of both is set. */
  readonly text: boolean;
  readonly json: boolean;
  /** Levels below the root in text and JSON, null for all. */
  readonly depth: number | null;
  readonly output: string | null;
  /** Write over an existing output file. */
  readonly force: boolean;
  readonly color: 'auto' | 'always' | 'never';
  readonly pathMap: readonly PathMapping[];
  readonly sourceRoot: string | null;
  readonly ascii: boolean;
  readonly mouse: boolean;
  /** Draw below the prompt, not on the alternate screen. */
  readonly inline: boolean;
}

export type CliCommand =
  | {readonly kind: 'run'; readonly options: CliOptions}
  | {readonly kind: 'help'; readonly text: string}
  | {readonly kind: 'version'}
  /** One line that says what is wrong and what to do. */
  | {readonly kind: 'usage-error'; readonly message: string};

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
  }) as ParsedValues;
  if (error !== null) return {kind: 'usage-error', message: toOneLine(error)};
  const {help, version} = values;
  if (help === true) return {kind: 'help', text: dropTypes(output)};
  if (version === true) return {kind: 'version'};
  try {
    return {kind: 'run', options: toOptions(values)};
  } catch (usageError) {
    if (usageError instanceof UsageError) return {kind: 'usage-error', message: usageError.message};
    throw usageError;
  }
}

class UsageError extends Error {}

/** What yargs hands over: texts and switches only; the numbers are checked here. */
type ParsedValues = ReturnType<ReturnType<typeof defineOptions>['parseSync']>;

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
    .usage('<results> is a capture that memray wrote, or - for standard input.')
    .options({
      'biggest-allocs': {
        ...TEXT,
        alias: 'b',
        describe: 'only the N biggest allocation locations make the tree (default 200)',
      },
      'temporary-allocation-threshold': {
        ...TEXT,
        describe: 'temporary allocations instead of the peak: freed after at most N other allocations',
      },
      'temporary-allocations': {...SWITCH, describe: 'the same as --temporary-allocation-threshold 1'},
      leaks: {...SWITCH, describe: 'what was never freed, instead of the peak'},
      'whole-peak': {...SWITCH, describe: 'count the locations below the cut, too'},
      'hide-import-system': {...SWITCH, describe: 'start without the import system (key i)'},
      'show-uninteresting': {...SWITCH, describe: 'start with uninteresting frames shown (key u)'},
      'python-only': {...SWITCH, describe: 'do not show native frames'},
      text: {...SWITCH, describe: 'print the tree and leave (default without a terminal)'},
      json: {...SWITCH, describe: 'print the tree as JSON and leave'},
      depth: {...TEXT, describe: 'text and JSON: at most N levels below the root'},
      output: {...TEXT, alias: 'o', describe: 'write text or JSON to this file'},
      force: {...SWITCH, describe: 'write over an existing file'},
      color: {...TEXT, describe: 'colours of text: auto (default), always or never'},
      'path-map': {
        type: 'array',
        string: true,
        requiresArg: true,
        describe: 'FROM=TO: source files recorded below FROM are below TO (repeatable)',
      },
      'source-root': {...TEXT, describe: 'folder that source files are looked for in first'},
      ascii: {...SWITCH, describe: 'no emoji and no box characters'},
      'no-mouse': {...SWITCH, describe: 'leave the mouse to the terminal'},
      inline: {...SWITCH, describe: 'do not use the alternate screen'},
      version: {...SWITCH, describe: 'show the version'},
    })
    .help('help', 'show this help')
    .alias('help', 'h')
    .strictOptions()
    .wrap(columns);
}

const TEXT = {type: 'string', requiresArg: true} as const;
const SWITCH = {type: 'boolean'} as const;
const COLORS = ['auto', 'always', 'never'] as const;

function toOptions(values: ParsedValues): CliOptions {
  const text = values.text === true;
  const json = values.json === true;
  if (text && json) throw new UsageError('--text and --json exclude each other');
  return {
    results: toResults(values._.map(String)),
    view: toView(values),
    biggestAllocs: toCount('--biggest-allocs', values['biggest-allocs']) ?? 200,
    wholePeak: values['whole-peak'] === true,
    pythonOnly: values['python-only'] === true,
    hideImportSystem: values['hide-import-system'] === true,
    hideUninteresting: values['show-uninteresting'] !== true,
    text,
    json,
    depth: toCount('--depth', values.depth),
    output: getLast(values.output) ?? null,
    force: values.force === true,
    color: toColor(values.color),
    pathMap: (values['path-map'] ?? []).map(toPathMapping),
    sourceRoot: getLast(values['source-root']) ?? null,
    ascii: values.ascii === true,
    mouse: values['no-mouse'] !== true,
    inline: values.inline === true,
  };
}

/** An option that is given twice counts as given last. */
function getLast(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' || value === undefined ? value : value.at(-1);
}

function toResults(positionals: readonly string[]): string {
  // `memray-tree-ink tree FILE` as in `memray tree FILE`. A file of that name is `./tree`.
  const files = positionals[0] === 'tree' ? positionals.slice(1) : positionals;
  const [results] = files;
  if (results === undefined || results === '') {
    throw new UsageError('which capture? Usage: memray-tree-ink [options] <results>; --help tells more');
  }
  if (files.length > 1) throw new UsageError(`one capture at a time, but ${files.length} were given`);
  return results;
}

function toView(values: ParsedValues): View {
  const threshold = toInteger('--temporary-allocation-threshold', values['temporary-allocation-threshold']);
  const isShort = values['temporary-allocations'] === true;
  if (isShort && threshold !== null) {
    throw new UsageError('--temporary-allocations and --temporary-allocation-threshold exclude each other');
  }
  // As in memray, any number below 0 is "off".
  const isTemporary = isShort || (threshold !== null && threshold >= 0);
  if (values.leaks === true && isTemporary) {
    throw new UsageError('--leaks and temporary allocations exclude each other');
  }
  if (values.leaks === true) return {kind: 'leaks'};
  return isTemporary ? {kind: 'temporary', threshold: threshold ?? 1} : {kind: 'peak'};
}

function toInteger(name: string, value: string | readonly string[] | undefined): number | null {
  const text = getLast(value);
  if (text === undefined) return null;
  const number = Number(text);
  if (!/^[+-]?\d+$/.test(text) || !Number.isSafeInteger(number)) {
    throw new UsageError(`${name} takes a whole number, not "${text}"`);
  }
  return number;
}

function toCount(name: string, value: string | readonly string[] | undefined): number | null {
  const number = toInteger(name, value);
  if (number !== null && number < 0) throw new UsageError(`${name} takes a number from 0 on, not ${number}`);
  return number;
}

function toColor(value: string | readonly string[] | undefined): CliOptions['color'] {
  const color = getLast(value) ?? 'auto';
  const known = COLORS.find(name => name === color);
  if (known === undefined) throw new UsageError(`--color takes auto, always or never, not "${color}"`);
  return known;
}

function toPathMapping(text: string): PathMapping {
  const split = text.indexOf('=');
  if (split < 1 || split === text.length - 1) {
    throw new UsageError(`--path-map takes FROM=TO, not "${text}"`);
  }
  return {from: text.slice(0, split), to: text.slice(split + 1)};
}

/** yargs writes some faults on several lines ("Invalid values:\n  Argument: …"). */
function toOneLine(message: string): string {
  return message.trim().replaceAll(/\s*\n\s*/g, ' ');
}

/** The kinds of values that yargs prints beside each option tell nothing that the text does not. */
function dropTypes(help: string): string {
  return help.replaceAll(/\n?[ \t]*\[(?:string|boolean|array)\](?=\n|$)/g, '');
}
