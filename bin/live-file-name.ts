import {lstat} from 'node:fs/promises';
import {getProgramName} from '../src/heap/process-label.js';
import type {CaptureInfo} from '../src/heap/snapshot.js';

const MAX_NAME_LETTERS = 60;

/**
 * A name for a live run that no file has yet, as memray names its captures: `memray-app.py.123.bin`, or else
 * `memray-app.py.123-2.bin` and so on. The command line is what another program sent: only plain letters are
 * taken over.
 */
export async function chooseLiveFileName(
  {commandLine, pid}: Pick<CaptureInfo, 'commandLine' | 'pid'>,
  exists: (name: string) => Promise<boolean> = isPresent,
): Promise<string> {
  const program = getProgramName(commandLine)
    .replaceAll(/[^A-Za-z0-9._-]+/g, '_')
    .slice(0, MAX_NAME_LETTERS);
  const stem = `memray-${program || 'live'}.${pid}`;
  let name = `${stem}.bin`;
  for (let number = 2; await exists(name); number++) name = `${stem}-${number}.bin`;
  return name;
}

function isPresent(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
