import {createReadStream} from 'node:fs';
import {describeOpenFailure} from '../src/reader/regular-file.js';
import type {CliOptions} from './cli-values.js';

/** The files that options name, which are read and never written. */
export function listOptionFiles({gates, ignore}: Pick<CliOptions, 'gates' | 'ignore'>): readonly string[] {
  return [...(gates.budget === null ? [] : [gates.budget]), ...ignore];
}

/** A file that an option names cannot be used: one line, and the exit code. */
export class OptionFileError extends Error {
  readonly exitCode: 1 | 2;

  /** @param exitCode 1 where it cannot be read, 2 where it says something wrong */
  constructor(message: string, exitCode: 1 | 2) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Nobody writes so much by hand, and a device may go on without end. */
const MAX_BYTES = 16 << 20;

/** @throws OptionFileError */
export async function readOptionFile(path: string): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > MAX_BYTES) break;
      pieces.push(piece);
    }
  } catch (error) {
    throw new OptionFileError(`${path}: ${describeFailure(error as NodeJS.ErrnoException)}`, 1);
  }
  if (length > MAX_BYTES) throw new OptionFileError(`${path}: is larger than 16 MiB`, 1);
  // Some editors put a byte order mark before the text.
  return Buffer.concat(pieces)
    .toString('utf8')
    .replace(/^\ufeff/, '');
}

function describeFailure(error: NodeJS.ErrnoException): string {
  return error.code === 'EISDIR' ? 'is a directory, not a file' : describeOpenFailure(error);
}
