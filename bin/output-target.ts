import {type BigIntStats, constants, fstatSync} from 'node:fs';
import type fs from 'node:fs/promises';
import {dirname, sep} from 'node:path';
import {describeWriteFailure, OutputError} from './write-failure.js';

/** A file that is to be written. */
export interface OutputTarget {
  readonly path: string;
  /** Whether a file that exists is replaced. */
  readonly isForced: boolean;
  /** Whether the file gets its name, with what was written until then, when the program is interrupted. */
  readonly isPartialKept?: boolean;
  /** What is read meanwhile, `-` for standard input. It is never replaced. */
  readonly inputs: readonly string[];
  /** Files that options name. They are never replaced. */
  readonly optionFiles?: readonly string[];
}

/** Access to the file system; tests pass their own. */
export type TargetFiles = Pick<typeof fs, 'access' | 'lstat' | 'stat'>;

/** Throws OutputError if the file must not or cannot be written, as far as that can be known before. */
export async function checkTarget(target: OutputTarget, files: TargetFiles): Promise<void> {
  const {path, isForced} = target;
  const present = await files.lstat(path).catch(toNullIfMissing);
  if (present === null) {
    if (path.endsWith(sep)) throw new OutputError('is the name of a directory, not of a file');
    await files.access(dirname(path), constants.W_OK).catch(throwOutputError);
    return;
  }
  if (await isOneOf(target.path, target.inputs, files)) {
    throw new OutputError('is the capture itself; choose another file');
  }
  if (await isOneOf(target.path, target.optionFiles ?? [], files)) {
    throw new OutputError('is a file of options of this command; choose another file');
  }
  // Not followed: who may put a link there could have any file of the user written over.
  if (present.isSymbolicLink()) throw new OutputError('is a symbolic link; name the file itself');
  if (!present.isFile()) throw new OutputError(`is ${describeKind(present)}, not a regular file`);
  if (!isForced) throwOutputError({code: 'EEXIST'});
}

/** By the identity of the file: links and other spellings of its path count. */
async function isOneOf(path: string, paths: readonly string[], files: TargetFiles): Promise<boolean> {
  if (paths.length === 0) return false;
  const target = await getIdentity(path, files);
  const others = await Promise.all(paths.map(other => getIdentity(other, files)));
  return target !== null && others.includes(target);
}

async function getIdentity(path: string, files: TargetFiles): Promise<string | null> {
  try {
    const stat = path === '-' ? fstatSync(0, {bigint: true}) : await files.stat(path, {bigint: true});
    return `${stat.dev} ${stat.ino}`;
  } catch {
    return null;
  }
}

function describeKind(stat: Pick<BigIntStats, 'isDirectory' | 'isFIFO' | 'isSocket'>): string {
  if (stat.isDirectory()) return 'a directory';
  if (stat.isFIFO()) return 'a named pipe';
  return stat.isSocket() ? 'a socket' : 'a device';
}

function toNullIfMissing(error: NodeJS.ErrnoException): null {
  return error.code === 'ENOENT' ? null : throwOutputError(error);
}

export function throwOutputError(cause: Pick<NodeJS.ErrnoException, 'code'>): never {
  const message =
    cause.code === 'EEXIST' ? 'exists already; --force overwrites it' : describeWriteFailure(cause);
  throw new OutputError(message, {cause});
}
