import {fstatSync, readdirSync, readFileSync, readlinkSync} from 'node:fs';

const DESCRIPTORS = '/proc/self/fd';

/**
 * Whether a descriptor was open when the program started. Node opens some for itself, with the next numbers:
 * event queues, which are no file of any kind, and pipes of which it has both ends. (The latter is known where
 * the system lists the descriptors of a process.)
 */
export function isInherited(descriptor: number): boolean {
  try {
    const stat = fstatSync(descriptor);
    if (stat.isFIFO()) return !hasReader(descriptor);
    return stat.isFile() || stat.isCharacterDevice() || stat.isSocket() || stat.isBlockDevice();
  } catch {
    return false;
  }
}

/** Whether this process could read what it writes to a pipe. */
function hasReader(descriptor: number): boolean {
  const pipe = readLink(descriptor);
  if (pipe?.startsWith('pipe:') !== true) return false;
  return readdirSync(DESCRIPTORS).some(other => readLink(Number(other)) === pipe && isReadOnly(other));
}

/** Null where there is no such list, or no such descriptor any more. */
function readLink(descriptor: number): string | null {
  try {
    return readlinkSync(`${DESCRIPTORS}/${descriptor}`);
  } catch {
    return null;
  }
}

/** The last octal digit of the flags is the access mode: 0 reads, 1 writes, 2 does both. */
function isReadOnly(descriptor: string): boolean {
  const info = readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1');
  return /^flags:\s*[0-7]*([0-7])$/m.exec(info)?.[1] === '0';
}
