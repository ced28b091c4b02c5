import {formatError} from './say.js';
import {describeWriteFailure, isReaderGone} from './write-failure.js';

/** What is needed of a stream that is written to. */
export interface OutputStream {
  readonly isTTY?: boolean;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
  write(data: string | Uint8Array, callback: (error?: Error | null) => void): unknown;
}

/** What is needed of the process. */
export interface StreamHost {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** What the exit code is to be, where that is known already. */
  readonly exitCode?: number | string | null | undefined;
  exit(code: number): void;
}

/**
 * Handles every failed write to standard output and standard error, whoever wrote: the report, the help, Ink.
 * Without it Node would end the process with a stack trace. A failure of standard error is ignored, since it
 * cannot be reported; the exit code stays what it was to be.
 */
export function watchStandardStreams(host: StreamHost): void {
  host.stderr.on('error', () => {});
  watchOutput(host, host.stdout, 'standard output');
}

/**
 * Ends the process when a write to `stream` fails: quietly if its reader is gone, with the exit code that is known already
 * or 0; otherwise (disk full) with one line on standard error and exit code 1.
 */
export function watchOutput(host: StreamHost, stream: OutputStream, name: string): void {
  stream.on('error', error => {
    if (isReaderGone(error, stream.isTTY === true)) return host.exit(Number(host.exitCode ?? 0));
    const line = formatError(name, describeWriteFailure(error));
    host.stderr.write(`${line}\n`, () => host.exit(1));
  });
}

/**
 * Writes to a watched stream and resolves once that is done; never if it fails, since that ends the process.
 */
export function print(stream: OutputStream, data: string | Uint8Array): Promise<void> {
  return new Promise(resolve => {
    stream.write(data, error => {
      if (!error) resolve();
    });
  });
}
