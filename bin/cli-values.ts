import {toExportedQuery} from '../src/export/exported-query.js';
import type {ExportFormatName} from '../src/export/formats.js';
import {nameCaptures} from '../src/heap/compared-sides.js';
import {DEFAULT_QUERY, isTable, type TreeQuery} from '../src/query/tree-query.js';
import type {InputSpec} from '../src/reader/input-spec.js';
import type {PathMapping} from '../src/source/search-options.js';
import {PALETTES, type PaletteName} from '../src/style/palette.js';
import type {OptionName} from './cli-table.js';
import {checkExport, toExportFormat, toWithSource} from './export-options.js';
import {type GateOptions, toGates} from './gate-options.js';
import {hasBases, hasSeveralRuns} from './input-paths.js';
import {explainMemrayCommand} from './memray-commands.js';
import {listOptionNotes} from './option-notes.js';
import {choose, type GivenOptions, listOverridden, toQuery} from './query-options.js';
import {toTimeline} from './timeline-options.js';
import {listUnusedOptions} from './unused-options.js';
import {UsageError} from './usage-error.js';

/** What the command line asks for, checked and with its defaults. */
export interface CliOptions {
  /** What to call the capture: its path, `-` for standard input, or a few words. */
  readonly results: string;
  readonly input: InputSpec;
  readonly gates: GateOptions;
  /** What has to be said of the options themselves, one line each. */
  readonly notes: readonly string[];
  /** The same of an option of the command line itself that selects in vain. */
  readonly overridden: readonly string[];
  /** The same of those that have no effect on what is printed. */
  readonly unused: readonly string[];
  /** Files with patterns of what is suppressed. */
  readonly ignore: readonly string[];
  /** Without the filters at the start. */
  readonly query: TreeQuery;
  /** The options as given: those that `query` was made of are among them. */
  readonly given: GivenOptions;
  readonly wholePeak: boolean;
  readonly pythonOnly: boolean;
  /** A folder that holds the libraries of the recorded machine. */
  readonly symbolsDirectory: string | null;
  /** Filters at the start (keys i, u). */
  readonly hideImportSystem: boolean;
  readonly hideUninteresting: boolean;
  /** Rows have lines over time at the start (key O). */
  readonly showsLives: boolean;
  /** Print and leave. At most one of the three is set. */
  readonly text: boolean;
  readonly json: boolean;
  readonly csv: boolean;
  /** Write the view in this format and leave; null: as the three say. */
  readonly exportFormat: ExportFormatName | null;
  /** Print the course of the run instead of the tree: as the three say, else as text. */
  readonly timeline: boolean;
  /** Export the text of sources too. */
  readonly withSource: boolean;
  /** Rows that are printed, null for all. */
  readonly limit: number | null;
  /** Levels below the root in text and JSON, null for all. */
  readonly depth: number | null;
  readonly output: string | null;
  /** Where to save a live run, null for nowhere. */
  readonly save: string | null;
  /** Write over an existing output file. */
  readonly force: boolean;
  readonly color: 'auto' | 'always' | 'never';
  readonly theme: 'auto' | PaletteName;
  readonly pathMap: readonly PathMapping[];
  readonly sourceRoot: string | null;
  readonly ascii: boolean;
  readonly mouse: boolean;
  /** Locations are links, where the terminal takes them. */
  readonly links: boolean;
  /** Draw below the prompt, not on the alternate screen. */
  readonly inline: boolean;
}

export type CliCommand =
  | {readonly kind: 'run'; readonly options: CliOptions}
  | {readonly kind: 'help'}
  | {readonly kind: 'version'}
  /** One line that says what is wrong and what to do. */
  | {readonly kind: 'usage-error'; readonly message: string};

/** What stands on a command line, name by name; what it means is decided below. */
export interface OptionValues {
  readonly positionals: readonly string[];
  readonly switches: ReadonlySet<OptionName>;
  /** The values of each text option, in order. */
  readonly texts: ReadonlyMap<OptionName, readonly string[]>;
  /** All options. */
  readonly given: GivenOptions;
}

export const COLORS = ['auto', 'always', 'never'] as const;
export const THEMES = ['auto', ...PALETTES] as const;

/** What the options ask for. Help and version come before everything else. */
export function toCommand(values: OptionValues): CliCommand {
  if (values.switches.has('help')) return {kind: 'help'};
  if (values.switches.has('version')) return {kind: 'version'};
  try {
    return {kind: 'run', options: toOptions(values)};
  } catch (usageError) {
    if (usageError instanceof UsageError) return {kind: 'usage-error', message: usageError.message};
    throw usageError;
  }
}

/** The options as they are meant. Throws UsageError. */
function toOptions(values: OptionValues): CliOptions {
  const {switches} = values;
  checkSelections(values);
  // Only checked here: what it means depends on its place among the other options.
  toCount(values, 'biggest-allocs');
  const written = toQuery(values, DEFAULT_QUERY);
  const timeline = toTimeline(values);
  if (switches.has('csv') && !timeline && !isTable(written.shape)) {
    throw new UsageError('--csv prints tables only; add --flat or --places, or such a step to --view');
  }
  const input = toInput(values);
  if (input.input.kind === 'runs' && written.shape.kind === 'stats') {
    throw new UsageError('statistics are those of one capture; --diff and --compare have trees and tables');
  }
  const form = toForm(values);
  if (form.exportFormat !== null && written.shape.kind === 'stats') {
    throw new UsageError('statistics have no export; --stats --json prints them');
  }
  checkExport(form.exportFormat, values);
  const query = showsWholeSides(input.input, form)
    ? {...written, biggest: written.biggest ?? Infinity}
    : written;
  const gates = toGates(values, query, hasBases(input.input));
  return {
    ...input,
    ...form,
    gates,
    notes: listOptionNotes(values, input.input, gates),
    overridden: listOverridden(values.given),
    unused: listUnusedOptions(values, form, query),
    ignore: toIgnore(values),
    timeline,
    query: form.exportFormat === null ? query : toExportedQuery(query),
    given: values.given,
    wholePeak: switches.has('whole-peak') || (hasBases(input.input) && isForReaders(form)),
    pythonOnly: switches.has('python-only'),
    symbolsDirectory: getPath(values, 'symbols', 'directory'),
    withSource: toWithSource(values, form.exportFormat),
    hideImportSystem: switches.has('hide-import-system'),
    hideUninteresting: !switches.has('show-uninteresting'),
    showsLives: switches.has('over-time'),
    depth: toCount(values, 'depth'),
    limit: toCount(values, 'limit'),
    save: toSave(values),
    force: switches.has('force'),
    color: toColor(values),
    theme: toTheme(values),
    pathMap: (values.texts.get('path-map') ?? []).map(toPathMapping),
    sourceRoot: getPath(values, 'source-root', 'directory'),
    ascii: switches.has('ascii'),
    mouse: !switches.has('no-mouse'),
    links: !switches.has('no-links'),
    inline: switches.has('inline'),
  };
}

/** An option that is given twice counts as given last. */
function getLast({texts}: OptionValues, name: OptionName): string | undefined {
  return texts.get(name)?.at(-1);
}

/** Throws UsageError where the name is empty, as it is after `-o "$FILE"` without such a variable. */
function getPath(values: OptionValues, name: OptionName, kind: 'file' | 'directory'): string | null {
  const path = getLast(values, name) ?? null;
  if (path === '') throw new UsageError(`--${name} needs the name of a ${kind}, but it is empty`);
  return path;
}

/** Throws UsageError where a name is empty. */
function toIgnore(values: OptionValues): readonly string[] {
  const paths = values.texts.get('ignore') ?? [];
  if (paths.includes('')) throw new UsageError('--ignore needs the name of a file, but it is empty');
  return paths;
}

/** Text or JSON: as the options say, else by the name of the output file; neither for the screen. */
function toForm(values: OptionValues): Pick<CliOptions, 'text' | 'json' | 'csv' | 'exportFormat' | 'output'> {
  const text = values.switches.has('text');
  const json = values.switches.has('json');
  const csv = values.switches.has('csv');
  const exportFormat = toExportFormat(values);
  const isGiven = [text, json, csv, exportFormat !== null];
  const forms = ['--text', '--json', '--csv', '--export'].filter((_, index) => isGiven[index]);
  if (forms.length > 1) throw new UsageError(`${forms.join(' and ')} cannot be used together`);
  const output = getPath(values, 'output', 'file');
  const isJsonFile = output?.toLowerCase().endsWith('.json') === true;
  return {text, json: json || (isJsonFile && forms.length === 0), csv, exportFormat, output};
}

/** Whether the tree is drawn. With a base, its root then has all that grew, and what is below the cut is a row. */
function isForReaders({json, csv, exportFormat}: ReturnType<typeof toForm>): boolean {
  return !json && !csv && exportFormat === null;
}

/**
 * Whether all of both sides is shown unless a cut is given. The biggest locations of each side are others, so a cut makes
 * rows seem to be gone or new. What programs read of one capture against one keeps the cut that it has always had.
 */
function showsWholeSides(input: InputSpec, form: ReturnType<typeof toForm>): boolean {
  return hasBases(input) && (isForReaders(form) || hasSeveralRuns(input));
}

function toSave(values: OptionValues): string | null {
  const save = getPath(values, 'save', 'file');
  if (save === null) return null;
  if (!values.texts.has('live'))
    throw new UsageError('--save saves a live run; use it together with --live PORT');
  if (save === '-') throw new UsageError('--save writes a file, not standard output');
  if (save === getLast(values, 'output'))
    throw new UsageError('--save and --output cannot name the same file');
  return save;
}

function toInput(values: OptionValues): Pick<CliOptions, 'results' | 'input'> {
  const {positionals, switches} = values;
  const runs = toRuns(values);
  if (runs !== null) return runs;
  const memrayCommand = explainMemrayCommand(positionals);
  if (memrayCommand !== null) throw new UsageError(memrayCommand);
  // `memray-tree-ink tree FILE` as in `memray tree FILE`. A file of that name is `./tree`.
  const paths = positionals[0] === 'tree' ? positionals.slice(1) : positionals;
  const port = toPort(values);
  const isFollowed = switches.has('follow');
  if (port !== null) {
    if (isFollowed) throw new UsageError('--live and --follow cannot be used together');
    if (paths.length > 0)
      throw new UsageError('--live reads from a running program; no capture can be given with it');
    return {results: `port ${port}`, input: {kind: 'live', port}};
  }
  const [path] = paths;
  if (path === undefined || paths.includes('')) {
    throw new UsageError('no capture given. Usage: memray-tree-ink [options] FILE; see --help');
  }
  if (isFollowed) {
    if (paths.length > 1) throw new UsageError(`--follow reads one capture, but ${paths.length} were given`);
    if (path === '-') throw new UsageError('--follow reads a file, not standard input');
    return {results: path, input: {kind: 'follow', path}};
  }
  if (paths.length === 1) return {results: path, input: {kind: 'file', path}};
  if (paths.indexOf('-') !== paths.lastIndexOf('-'))
    throw new UsageError('standard input (-) can be given only once');
  const isMerged = switches.has('merge');
  return {results: nameCaptures(paths), input: {kind: 'files', paths, isMerged}};
}

/** Captures that are compared; null where nothing of that is asked for. */
function toRuns(values: OptionValues): Pick<CliOptions, 'results' | 'input'> | null {
  const {positionals, switches, texts} = values;
  const bases = texts.get('diff') ?? [];
  const against = texts.get('against') ?? [];
  const isFleet = switches.has('compare');
  if (bases.length === 0 && !isFleet) {
    for (const name of ['against', 'map-function'] as const) {
      if (texts.has(name)) throw new UsageError(`--${name} needs --diff BASE`);
    }
    return null;
  }
  checkRuns(values);
  if (against.length > 0 && positionals.length > 0) {
    throw new UsageError(`--against names what is compared; "${positionals[0]}" stands beside it`);
  }
  const paths = against.length > 0 ? against : positionals;
  const [path, ...others] = paths;
  if (path === undefined) {
    const usage = isFleet ? '--compare FILE FILE…' : '--diff BASE FILE';
    throw new UsageError(`no capture given to compare. Usage: memray-tree-ink ${usage}`);
  }
  if (isFleet && others.length === 0)
    throw new UsageError('--compare takes several captures, but one was given');
  const standardInputs = [...paths, ...bases].filter(each => each === '-');
  if (standardInputs.length > 1) throw new UsageError('standard input (-) can be given only once');
  return {
    results: nameCaptures(paths),
    input: {
      kind: 'runs',
      paths,
      bases,
      isMerged: switches.has('merge'),
      renames: {
        folders: (texts.get('path-map') ?? []).map(toPathMapping),
        functions: (texts.get('map-function') ?? []).map(text => toRename('map-function', 'OLD=NEW', text)),
      },
    },
  };
}

const NOT_COMPARED = ['follow', 'live'] as const;

function checkRuns({switches, texts}: OptionValues): void {
  const name = texts.has('diff') ? '--diff' : '--compare';
  if (texts.has('diff') && switches.has('compare')) {
    throw new UsageError('--diff and --compare cannot be used together');
  }
  if (switches.has('compare') && switches.has('merge')) {
    throw new UsageError(
      '--merge adds captures up, and --compare shows each; use it without --compare, or with --diff',
    );
  }
  for (const other of NOT_COMPARED) {
    if (switches.has(other) || texts.has(other)) {
      throw new UsageError(`${name} and --${other} cannot be used together`);
    }
  }
}

function toPort(values: OptionValues): number | null {
  const port = toCount(values, 'live');
  if (port !== null && (port < 1 || port > 65_535))
    throw new UsageError('--live takes a port number from 1 to 65535');
  return port;
}

/** Throws UsageError where the options for what is selected contradict one another. */
function checkSelections(values: OptionValues): void {
  const threshold = toInteger(values, 'temporary-allocation-threshold');
  const isShort = values.switches.has('temporary-allocations');
  if (isShort && threshold !== null) {
    throw new UsageError(
      '--temporary-allocations and --temporary-allocation-threshold cannot be used together',
    );
  }
  // As in memray, any number below 0 is "off".
  const isTemporary = isShort || (threshold !== null && threshold >= 0);
  if (values.switches.has('leaks') && isTemporary) {
    throw new UsageError('--leaks and temporary allocations cannot be shown together');
  }
}

function toInteger(values: OptionValues, name: OptionName): number | null {
  const text = getLast(values, name);
  if (text === undefined) return null;
  const number = Number(text);
  if (!/^[+-]?\d+$/.test(text) || !Number.isSafeInteger(number)) {
    throw new UsageError(`--${name} takes a whole number, not "${text}"`);
  }
  return number;
}

function toCount(values: OptionValues, name: OptionName): number | null {
  const number = toInteger(values, name);
  if (number !== null && number < 0)
    throw new UsageError(`--${name} takes a number that is not negative, not ${number}`);
  return number;
}

function toColor(values: OptionValues): CliOptions['color'] {
  const isOff = values.switches.has('no-color');
  const color = getLast(values, 'color') ?? (isOff ? 'never' : 'auto');
  if (isOff && color !== 'never') throw new UsageError('--color and --no-color cannot be used together');
  return choose('color', COLORS, color);
}

function toTheme(values: OptionValues): CliOptions['theme'] {
  return choose('theme', THEMES, getLast(values, 'theme') ?? 'auto');
}

function toPathMapping(text: string): PathMapping {
  return toRename('path-map', 'FROM=TO', text);
}

function toRename(
  name: OptionName,
  usage: string,
  text: string,
): {readonly from: string; readonly to: string} {
  const split = text.indexOf('=');
  if (split < 1 || split === text.length - 1) throw new UsageError(`--${name} takes ${usage}, not "${text}"`);
  return {from: text.slice(0, split), to: text.slice(split + 1)};
}
