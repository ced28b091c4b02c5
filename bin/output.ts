import {createWriteStream} from 'node:fs';
import fs from 'node:fs/promises';
import {devNull} from 'node:os';
import {isatty} from 'node:tty';
import {isInherited} from './open-descriptors.js';
import {createOutputFile, type Output} from './output-file.js';
import type {OutputForm} from './output-form.js';
import {checkTarget, type OutputTarget, throwOutputError} from './output-target.js';
import {type OutputStream, watchOutput} from './standard-streams.js';
import {checkForm, createStreamOutput} from './stream-output.js';

/** The names that systems give to what is open already; shells use them for `>(…)`. */
const DESCRIPTOR = /^(?:\/dev\/fd|\/proc\/self\/fd)\/(\d{1,9})$/;
const NAMED_DESCRIPTORS: ReadonlyMap<string, number> = new Map([
  ['-', 1],
  ['/dev/stdout', 1],
  ['/dev/stderr', 2],
]);

/**
 * Checks where the output is to go before anything is read, and returns what opens it: a new file, a
 * descriptor by its name (`-`, `/dev/stdout`, `/dev/fd/3`), or the null device. Nothing else that exists is
 * written to, since a pipe or a device may wait forever. Throws OutputError, and so does the function
 * returned.
 */
export async function prepareOutput(target: OutputTarget, form: OutputForm): Promise<() => Promise<Output>> {
  const {path} = target;
  if (path === devNull) return async () => NOWHERE;
  const descriptor = Number(NAMED_DESCRIPTORS.get(path) ?? DESCRIPTOR.exec(path)?.[1]);
  if (!Number.isNaN(descriptor)) {
    // Standard streams that are closed are nobody's fault, and handled where they are written.
    if (descriptor > 2 && !isInherited(descriptor)) throwOutputError({code: 'EBADF'});
    const isTerminal = isatty(descriptor);
    checkForm({isTerminal, form});
    return async () => createStreamOutput({stream: openDescriptor(descriptor, path), isTerminal, form});
  }
  await checkTarget(target, fs);
  return () => createOutputFile(target);
}

const NOWHERE: Output = {write: async () => {}, finish: async () => {}, discard: async () => {}};

function openDescriptor(descriptor: number, path: string): OutputStream {
  if (descriptor === 1) return process.stdout;
  const stream =
    descriptor === 2 ? process.stderr : createWriteStream('', {fd: descriptor, autoClose: false});
  watchOutput(process, stream, path);
  return stream;
}
