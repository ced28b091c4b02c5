import {readFile} from 'node:fs/promises';
import {describeOpenFailure} from '../src/reader/capture-source.js';

/** A file that an option names cannot be used: one line, and the exit code. */
export class OptionFileError extends Error {
  readonly exitCode: 1 | 2;

  /** @param exitCode 1 where it cannot be read, 2 where it says something wrong */
  constructor(message: string, exitCode: 1 | 2) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** @throws OptionFileError */
export async function readOptionFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const failure = error as NodeJS.ErrnoException;
    const message = failure.code === 'EISDIR' ? 'is a directory, not a file' : describeOpenFailure(failure);
    throw new OptionFileError(`${path}: ${message}`, 1);
  }
}
