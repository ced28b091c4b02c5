import {readFileSync} from 'node:fs';
import {isatty} from 'node:tty';
import {Worker} from 'node:worker_threads';
import {readInWorker} from '../src/reader/read-in-worker.js';
import {type CliOptions, parseCliOptions} from './cli-options.js';

import {runReport, type StartReading} from './run-report.js';

/** Understands the command line and runs what it asks for. The result is the process's exit code. */
export async function main(): Promise<void> {
  const command = parseCliOptions(process.argv.slice(2), {
    columns: Math.min(process.stdout.columns ?? 80, 110),
  });
  switch (command.kind) {
    case 'help':
      process.stdout.write(`${command.text}\n`);
      return;
    case 'version':
      process.stdout.write(`${readVersion()}\n`);
      return;
    case 'usage-error':
      process.stderr.write(`memray-tree-ink: ${command.message}\n`);
      process.exitCode = 2;
      return;
    case 'run':
      await run(command.options);
  }
}

async function run(options: CliOptions): Promise<void> {
  // Nobody's typing is a capture: that is told in one line, as for all that cannot be opened.
  const isTypedIn = options.results === '-' && isatty(0);
  const isReport =
    options.text || options.json || options.output !== null || !process.stdout.isTTY || isTypedIn;
  const keyboard = isReport ? null : (await import('./terminal/keyboard.js')).openKeyboard(options.results);
  if (keyboard === null) {
    process.exitCode = await runReport(options, createReading(options, false));
    return;
  }
  const {runInteractive} = await import('./run-interactive.js');
  // Not only the exit code: a read from a file system that hangs must not keep the process.
  process.exit(await runInteractive(options, keyboard, createReading(options, true)));
}

/** Every reading has a worker of its own, so that reading again is the same as reading. */
function createReading(options: CliOptions, wantsPartials: boolean): StartReading {
  const {results: path, view, biggestAllocs} = options;
  return emit => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {stdin: false});
    return readInWorker(worker, {path, options: {view, biggestAllocs, wantsPartials}}, emit);
  };
}

function readVersion(): string {
  const manifest = new URL('../../package.json', import.meta.url);
  return String(JSON.parse(readFileSync(manifest, 'utf8')).version);
}
