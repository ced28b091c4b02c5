import {type FileHandle, open} from 'node:fs/promises';
import type {Snapshot} from '../src/heap/snapshot.js';
import {getWriteFlags} from '../src/platform/platform.js';
import type {ReadingMessage, ReadingProgress} from '../src/reader/reading.js';
import {runOrder} from '../src/reader/reading-order.js';
import {formatJson} from '../src/report/json.js';
import {buildCallTree} from '../src/tree/build-call-tree.js';
import type {CliOptions} from './cli-values.js';
import {describeEnd, formatError} from './messages.js';

/** Reads the capture in this thread, which has nothing else to do, and prints its tree. Resolves to the exit code. */
export async function runReport(options: CliOptions): Promise<number> {
  const progressLine = createProgressLine(options);
  const ending = await read(options, progressLine.show);
  progressLine.clear();
  if (ending.type === 'failed') return fail(options.results, ending.message);
  return printReport(options, ending.snapshot);
}

type Ending = Exclude<ReadingMessage, {type: 'progress'}>;

function read(
  {order, view, biggestAllocs, pythonOnly, symbolsDirectory}: CliOptions,
  onProgress: (progress: ReadingProgress) => void,
): Promise<Ending> {
  const request = {view, biggestAllocs, pythonOnly, symbolsDirectory};
  return new Promise((resolve, reject) => {
    runOrder(order, {...request, wantsPartial: () => false}, message => {
      if (message.type === 'progress') onProgress(message.progress);
      else resolve(message);
    }).catch(reject);
  });
}

async function printReport(options: CliOptions, snapshot: Snapshot): Promise<number> {
  const written = await writeOut(options, await formatReport(options, snapshot));
  if (written !== null) return fail(options.output ?? 'standard output', written);
  for (const {where, message} of describeEnd(snapshot, options))
    process.stderr.write(`${formatError(where, message)}\n`);
  const {damage, parts = []} = snapshot.capture;
  if (parts.some(part => part.failure !== null)) return 1;
  return damage ? 3 : 0;
}

/** The text is loaded only if it is asked for: what cuts it into cells takes longer to load than a small file to read. */
async function formatReport(options: CliOptions, snapshot: Snapshot): Promise<Iterable<string>> {
  const {wholePeak, pythonOnly, biggestAllocs} = options;
  const result = {
    capture: snapshot.capture,
    view: snapshot.view,
    options: {biggestAllocs, wholePeak, pythonOnly},
    elided: snapshot.elided,
    tree: buildCallTree(snapshot, {wholePeak}),
  };
  if (options.json) return formatJson(result, {depth: options.depth ?? undefined});
  return (await import('./text-report.js')).formatTextReport(options, result);
}

function fail(where: string, message: string): number {
  process.stderr.write(`${formatError(where, message)}\n`);
  return 1;
}

/** Writes everything; returns what went wrong, or null. A reader that went away (`| head`) is no fault. */
async function writeOut(options: CliOptions, parts: Iterable<string>): Promise<string | null> {
  if (options.output === null) return writeAll(parts, text => writeToStandardOutput(text));
  let file: FileHandle;
  try {
    file = await open(options.output, getWriteFlags(options.force), 0o600);
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    return code === 'EEXIST' ? 'exists already; --force writes over it' : `cannot be written (${code})`;
  }
  try {
    return await writeAll(parts, async text => {
      await file.writeFile(text);
    });
  } finally {
    await file.close();
  }
}

const BATCH_CHARACTERS = 1 << 16;

async function writeAll(
  parts: Iterable<string>,
  write: (text: string) => Promise<void>,
): Promise<string | null> {
  let batch = '';
  try {
    for (const part of parts) {
      batch += part;
      if (batch.length < BATCH_CHARACTERS) continue;
      await write(batch);
      batch = '';
    }
    await write(batch);
    return null;
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (code === 'EPIPE') return null;
    if (code === undefined) throw error;
    return `cannot be written (${code})`;
  }
}

function writeToStandardOutput(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, error => (error ? reject(error) : resolve()));
  });
}

/** One line on standard error, written over and over, where that is a terminal. */
function createProgressLine(options: CliOptions) {
  const isShown = process.stderr.isTTY === true;
  return {
    show({bytesRead, totalBytes, elapsedMs, resolving}: ReadingProgress) {
      if (!isShown) return;
      if (resolving !== undefined) {
        const doing = `resolving native names ${resolving.done}/${resolving.total}`;
        process.stderr.write(`\r\u001b[K${formatError(options.results, doing)}`);
        return;
      }
      const rate = `${(bytesRead / 1000 / Math.max(elapsedMs, 1)).toFixed(0)} MB/s`;
      const share = totalBytes
        ? `${Math.floor((100 * bytesRead) / totalBytes)} %`
        : `${(bytesRead / 1e6).toFixed(0)} MB`;
      process.stderr.write(`\r\u001b[K${formatError(options.results, `reading ${share}, ${rate}`)}`);
    },
    clear() {
      if (isShown) process.stderr.write('\r\u001b[K');
    },
  };
}
