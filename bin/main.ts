import type {CaptureInfo} from '../src/heap/snapshot.js';
import {RegexError} from '../src/query/bounded-regex.js';
import {prepareQuery} from '../src/query/prepare-query.js';
import type {WholeAnswer} from '../src/reader/capture-session.js';
import {type CliCommand, type CliOptions, toCommand} from './cli-values.js';
import {type CurrentDirectory, watchCurrentDirectory} from './current-directory.js';
import {type BeginReading, beginEarly} from './early-session.js';
import {hasGates} from './gate-options.js';
import {isStandardInput, mapPaths} from './input-paths.js';
import type {LiveRecording} from './live-recording.js';
import {readPlainArguments} from './plain-arguments.js';
import {findWrongExpression} from './query-options.js';
import {toRequest} from './query-request.js';
import {say} from './say.js';
import {spreadRuns} from './spread-runs.js';
import {print, watchStandardStreams} from './standard-streams.js';
import {toQuestion} from './to-question.js';
import {watchUnexpectedErrors} from './watch-errors.js';

/** Understands the command line and runs what it asks for. The result is the process's exit code. */
export async function main(): Promise<void> {
  watchStandardStreams(process);
  watchUnexpectedErrors(process);
  const directory = watchCurrentDirectory(process);
  const command = await parseCommand(process.argv.slice(2));
  switch (command.kind) {
    case 'help':
      await print(process.stdout, `${await formatHelpText()}\n`);
      return;
    case 'version':
      await print(process.stdout, `${await readVersion()}\n`);
      return;
    case 'usage-error':
      say('', command.message);
      process.exitCode = 2;
      return;
    case 'run':
      await run(command.options, directory);
  }
}

async function parseCommand(words: readonly string[]): Promise<CliCommand> {
  const defaults = process.env.MEMRAY_TREE_ARGS;
  if (!defaults) return parseWords(words);
  const {addDefaults} = await import('./default-arguments.js');
  return addDefaults(defaults, words, parseWords);
}

/** yargs is loaded only for unusual spellings and for mistakes. */
async function parseWords(words: readonly string[]): Promise<CliCommand> {
  const argv = spreadRuns(words);
  const plain = readPlainArguments(argv);
  if (plain !== null) return toCommand(plain);
  const {parseCliOptions} = await import('./cli-options.js');
  return parseCliOptions(argv);
}

const DUMB_TERMINAL = 'this terminal cannot show the screen (TERM=dumb), so the tree is printed as text';

/** What only shows when the query is prepared: regular expressions that cannot be read. */
async function findMistake({query, given}: CliOptions): Promise<string | null> {
  try {
    await prepareQuery(query);
    return null;
  } catch (error) {
    if (error instanceof RegexError) return findWrongExpression(given) ?? error.message;
    throw error;
  }
}

async function formatHelpText(): Promise<string> {
  const {formatHelp} = await import('./help.js');
  return formatHelp(process.stdout.columns);
}

async function run(given: CliOptions, directory: CurrentDirectory): Promise<void> {
  const options = await addIgnored(given);
  if (options === null) return;
  const mistake = await findMistake(options);
  if (mistake !== null) {
    say('', mistake);
    process.exitCode = 2;
    return;
  }
  // A keyboard is no capture: say so in one line, as for everything that cannot be opened.
  const isPiped = isStandardInput(options.input);
  const isTypedIn = isPiped && (await import('node:tty')).isatty(0);
  const {text, json, csv, timeline, exportFormat, output, gates} = options;
  const isForm = text || json || csv || timeline || exportFormat !== null;
  const isPrinted = isForm || output !== null || hasGates(gates);
  // Such a terminal cannot place text, so there is no screen to draw on.
  const isDumb = process.stdout.isTTY && process.env.TERM === 'dumb';
  if (isDumb && !isPrinted) say('', DUMB_TERMINAL);
  const isReport = isPrinted || isDumb || !process.stdout.isTTY || isTypedIn;
  const savedRun = options.save === null ? null : await openRecording(options);
  if (savedRun !== null && savedRun.state.failure !== null) {
    process.exitCode = await closeRecording(savedRun, 1);
    return;
  }
  const keyboard = isReport ? null : (await import('./terminal/keyboard.js')).openKeyboard(isPiped);
  if (keyboard === null) {
    const exitCode = await printReport(options, savedRun);
    process.exitCode = await closeRecording(savedRun, exitCode);
    return;
  }
  const recording = options.input.kind === 'live' ? (savedRun ?? (await openRecording(options))) : null;
  // The file is read while the screen is being loaded.
  const begin = beginEarly(await createBeginning(options, directory, recording), options.query);
  const {runInteractive} = await import('./run-interactive.js');
  // Not only the exit code: a read from a file system that hangs must not keep the process.
  const exitCode = await runInteractive(options, keyboard, begin, recording);
  process.exit(await closeRecording(recording, exitCode));
}

/** The options with what their file of suppressions says; null where it says nothing that can be used. */
async function addIgnored(options: CliOptions): Promise<CliOptions | null> {
  // Budgets have views of their own.
  if (options.ignore.length === 0 || options.gates.budget !== null) return options;
  const {withIgnored} = await import('./suppress.js');
  const {OptionFileError} = await import('./option-file.js');
  try {
    return await withIgnored(options);
  } catch (error) {
    if (!(error instanceof OptionFileError)) throw error;
    say('', error.message);
    process.exitCode = error.exitCode;
    return null;
  }
}

async function printReport(options: CliOptions, savedRun: LiveRecording | null): Promise<number> {
  if (options.gates.budget !== null) {
    const {runBudgets} = await import('./run-budgets.js');
    return runBudgets(options, savedRun);
  }
  const {runReport} = await import('./run-report.js');
  return runReport(options, savedRun);
}

async function openRecording(options: CliOptions): Promise<LiveRecording> {
  const {openLiveRecording} = await import('./live-run.js');
  return openLiveRecording(options);
}

async function closeRecording(recording: LiveRecording | null, exitCode: number): Promise<number> {
  if (recording === null) return exitCode;
  const {closeLiveRecording} = await import('./live-run.js');
  return closeLiveRecording(recording, exitCode);
}

/** Each reading is a session of its own. It is asked at once for what is shown first. */
async function createBeginning(
  options: CliOptions,
  directory: CurrentDirectory,
  recording: LiveRecording | null,
): Promise<BeginReading> {
  const {input, pythonOnly, symbolsDirectory, wholePeak, save} = options;
  const {resolve} = await import('node:path');
  const {Worker} = await import('node:worker_threads');
  const {openSession} = await import('../src/reader/worker-session.js');
  const startWorker = () => new Worker(new URL('./worker.js', import.meta.url), {stdin: false});
  let peakRecords: number | undefined;
  let known: CaptureInfo | undefined;
  return (query, wantsBlocks, isAnew = false) => {
    if (isAnew) {
      peakRecords = undefined;
      known = undefined;
    }
    const toPath = directory.leaveIfDeleted() ? (path: string) => resolve(path) : (path: string) => path;
    const request = {
      ...toRequest(query, wantsBlocks),
      wantsAll: true,
      history: true,
      pythonOnly,
      symbolsDirectory: symbolsDirectory === null ? null : toPath(symbolsDirectory),
      receivesAll: save !== null,
      ...(peakRecords !== undefined && {peakRecords}),
      ...(known !== undefined && {known}),
    };
    void recording?.begin();
    const hooks = {
      startWorker,
      ...(recording !== null && {onReceived: (bytes: Uint8Array) => recording.add(bytes)}),
      onEnd(ending: WholeAnswer) {
        recording?.noteEnd(ending);
        if (ending.type !== 'done') return;
        const {capture} = ending.snapshot;
        peakRecords = capture.run?.peakRecords ?? undefined;
        known = capture.finished && capture.parts === undefined ? capture : undefined;
      },
    };
    const session = openSession(mapPaths(input, toPath), request, hooks);
    const partial = session.getPartial(query.select);
    const whole = session.getWhole(toQuestion(query, wholePeak, wantsBlocks));
    return {session, partial, whole};
  };
}

async function readVersion(): Promise<string> {
  const {readFile} = await import('node:fs/promises');
  const manifest = new URL('../../package.json', import.meta.url);
  return String(JSON.parse(await readFile(manifest, 'utf8')).version);
}
