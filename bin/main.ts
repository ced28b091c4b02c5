import {type CliCommand, type CliOptions, toCommand} from './cli-values.js';
import {type StartReading, startEarly} from './early-reading.js';
import {isStandardInput} from './order-paths.js';
import {readPlainArguments} from './plain-arguments.js';

/** Understands the command line and runs what it asks for. The result is the process's exit code. */
export async function main(): Promise<void> {
  const command = await parseCommand(process.argv.slice(2));
  switch (command.kind) {
    case 'help':
      process.stdout.write(`${await formatHelpText()}\n`);
      return;
    case 'version':
      process.stdout.write(`${await readVersion()}\n`);
      return;
    case 'usage-error':
      process.stderr.write(`memray-tree-ink: ${command.message}\n`);
      process.exitCode = 2;
      return;
    case 'run':
      await run(command.options);
  }
}

/** yargs is loaded only for unusual spellings and for mistakes. */
async function parseCommand(argv: readonly string[]): Promise<CliCommand> {
  const plain = readPlainArguments(argv);
  if (plain !== null) return toCommand(plain);
  const {parseCliOptions} = await import('./cli-options.js');
  return parseCliOptions(argv);
}

async function formatHelpText(): Promise<string> {
  const {formatHelp} = await import('./help.js');
  return formatHelp(process.stdout.columns);
}

async function run(options: CliOptions): Promise<void> {
  // Nobody's typing is a capture: that is told in one line, as for all that cannot be opened.
  const isPiped = isStandardInput(options.order);
  const isTypedIn = isPiped && (await import('node:tty')).isatty(0);
  const isReport =
    options.text || options.json || options.output !== null || !process.stdout.isTTY || isTypedIn;
  const keyboard = isReport ? null : (await import('./terminal/keyboard.js')).openKeyboard(isPiped);
  if (keyboard === null) {
    const {runReport} = await import('./run-report.js');
    process.exitCode = await runReport(options);
    return;
  }
  // The file is read while the screen is being loaded.
  const startReading = startEarly(await createReading(options));
  const {runInteractive} = await import('./run-interactive.js');
  // Not only the exit code: a read from a file system that hangs must not keep the process.
  process.exit(await runInteractive(options, keyboard, startReading));
}

/** Every reading has a worker of its own, so that reading again is the same as reading. */
async function createReading(options: CliOptions): Promise<StartReading> {
  const {order, view, biggestAllocs, pythonOnly, symbolsDirectory} = options;
  const {Worker} = await import('node:worker_threads');
  const {readInWorker} = await import('../src/reader/read-in-worker.js');
  return emit => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {stdin: false});
    return readInWorker(worker, order, {view, biggestAllocs, pythonOnly, symbolsDirectory}, emit);
  };
}

async function readVersion(): Promise<string> {
  const {readFile} = await import('node:fs/promises');
  const manifest = new URL('../../package.json', import.meta.url);
  return String(JSON.parse(await readFile(manifest, 'utf8')).version);
}
