import {type FileHandle, open} from 'node:fs/promises';
import {CaptureError} from '../capture/damage.js';
import {READ_AT_ONCE} from '../platform/open-flags.js';

/** Opens a file for reading. Throws CaptureError ("cannot-open", "not-a-file"). */
export async function openRegularFile(path: string | URL): Promise<FileHandle> {
  const file = await open(path, READ_AT_ONCE).catch(cause => {
    throw new CaptureError('cannot-open', describeOpenFailure(cause), {cause});
  });
  const stat = await file.stat();
  if (stat.isFile()) return file;
  await file.close();
  const message = stat.isDirectory() ? 'is a directory, not a file' : 'is not a regular file';
  throw new CaptureError('not-a-file', message);
}

/** Why a file cannot be opened, as the end of a sentence that begins with its name. */
export function describeOpenFailure(cause: NodeJS.ErrnoException): string {
  switch (cause.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'no such file';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'ENXIO':
      return 'is not a regular file';
    case 'ENAMETOOLONG':
      return 'cannot be opened: the path is too long';
    case 'ELOOP':
      return 'cannot be opened: too many symbolic links';
    case 'ERR_INVALID_ARG_VALUE':
      return 'cannot be opened: the path contains a NUL character';
    case 'ERR_INVALID_URL_SCHEME':
      return 'cannot be opened: only file: URLs can';
    default:
      return `cannot be opened (${cause.code ?? cause.message})`;
  }
}
