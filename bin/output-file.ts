import {randomBytes} from 'node:crypto';
import {linkSync, renameSync, statSync, unlinkSync} from 'node:fs';
import fs from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {FATAL_SIGNALS} from './fatal-signals.js';
import {checkTarget, type OutputTarget, type TargetFiles, throwOutputError} from './output-target.js';
import {OutputError} from './write-failure.js';

/** Access to the file system; tests pass their own. */
export type OutputFiles = TargetFiles & Pick<typeof fs, 'open' | 'link' | 'rename' | 'unlink'>;

/** What is needed of the process. */
export interface OutputHost {
  readonly pid: number;
  on(event: string, listener: () => void): unknown;
  off(event: string, listener: () => void): unknown;
  kill(pid: number, signal: NodeJS.Signals): unknown;
}

/** Somewhere to write to. */
export interface Output {
  /** Throws OutputError. */
  write(data: string | Uint8Array): Promise<void>;
  /** Completes what was written. Throws OutputError. */
  finish(): Promise<void>;
  /** Removes what was written, as far as it can be removed. */
  discard(): Promise<void>;
}

/** What a file system says that has no hard links. */
const NO_LINKS: ReadonlySet<string | undefined> = new Set([
  'EPERM',
  'EACCES',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
]);

/**
 * A new file that only its owner may read. It is written under another name in the same directory and gets
 * its own when it is complete, so that there is never half a file: not on a full disk, and not when the
 * process is ended by a signal. Throws OutputError.
 */
export async function createOutputFile(
  target: OutputTarget,
  files: OutputFiles = fs,
  host: OutputHost = process,
): Promise<Output> {
  const {path, isForced} = target;
  const temporary = join(dirname(path), `.memray-tree-ink-${randomBytes(6).toString('hex')}.tmp`);
  const unwatch = cleanUpAtExit(temporary, target, host);
  const file = await files.open(temporary, 'wx', 0o600).catch(error => {
    unwatch();
    return throwOutputError(error);
  });
  const discard = async (): Promise<void> => {
    await file.close().catch(() => {});
    await files.unlink(temporary).catch(() => {});
    unwatch();
  };
  return {
    write: data => file.writeFile(data).catch(throwOutputError),
    async finish() {
      try {
        // Some file systems say only now that they are full.
        await file.sync();
        await file.close();
        // Once more: it may have come meanwhile.
        await checkTarget(target, files);
        await (isForced ? files.rename(temporary, path) : putInPlace(temporary, path, files));
        unwatch();
      } catch (error) {
        await discard();
        if (error instanceof OutputError) throw error;
        throwOutputError(error as NodeJS.ErrnoException);
      }
    },
    discard,
  };
}

/** Gives a file its name unless there is a file of that name. */
async function putInPlace(temporary: string, path: string, files: OutputFiles): Promise<void> {
  try {
    await files.link(temporary, path);
    await files.unlink(temporary);
  } catch (error) {
    if (!NO_LINKS.has((error as NodeJS.ErrnoException).code)) throw error;
    // An empty file takes the name, so that nobody else's file is replaced.
    const claim = await files.open(path, 'wx', 0o600);
    await claim.close();
    await files.rename(temporary, path);
  }
}

/**
 * Removes the temporary file, or gives it its name where the target says so, when the process ends before the
 * result is called. Fatal signals stay fatal.
 */
function cleanUpAtExit(temporary: string, target: OutputTarget, host: OutputHost): () => void {
  const cleanUp = (): void => {
    if (target.isPartialKept) attempt(() => putInPlaceNow(temporary, target));
    attempt(() => unlinkSync(temporary));
  };
  const listeners = new Map<string, () => void>([['exit', cleanUp]]);
  const unwatch = (): void => {
    for (const [event, listener] of listeners) host.off(event, listener);
  };
  for (const signal of FATAL_SIGNALS.keys()) {
    listeners.set(signal, () => {
      unwatch();
      cleanUp();
      host.kill(host.pid, signal);
    });
  }
  for (const [event, listener] of listeners) host.on(event, listener);
  return unwatch;
}

function putInPlaceNow(temporary: string, {path, isForced}: OutputTarget): void {
  if (statSync(temporary).size === 0) return;
  if (isForced) renameSync(temporary, path);
  else linkSync(temporary, path);
}

/** For what may fail when the process ends: the file was not created yet, or is in place already. */
function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // Nothing more can be done.
  }
}
