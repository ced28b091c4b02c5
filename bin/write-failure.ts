/** What is known of a failed write. */
type WriteError = Pick<NodeJS.ErrnoException, 'code'>;

/** EIO is not among them: on a terminal it means a hang-up, on a file a broken disk. */
const GONE: ReadonlySet<string | undefined> = new Set(['EPIPE', 'ECONNRESET', 'ENOTCONN', 'EOF']);

const REASONS: ReadonlyMap<string | undefined, string> = new Map([
  ['ENOSPC', 'no space left on the device'],
  ['EDQUOT', 'disk quota exceeded'],
  ['EFBIG', 'file size limit reached'],
  ['EIO', 'input/output error'],
  ['EROFS', 'read-only file system'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'operation not permitted'],
  ['EBADF', 'not open for writing'],
  ['ENOENT', 'no such directory'],
  ['ENOTDIR', 'no such directory'],
  ['ENAMETOOLONG', 'name too long'],
  ['ELOOP', 'too many symbolic links'],
]);

/**
 * Whether whoever read a stream has gone: a pipe closed by `head`, or a terminal window that was closed. The
 * rest of the output is not wanted then, which is no failure.
 */
export function isReaderGone({code}: WriteError, isTerminal: boolean): boolean {
  return GONE.has(code) || (isTerminal && (code === 'EIO' || code === 'ENXIO'));
}

/** For example "cannot be written: no space left on the device (ENOSPC)". */
export function describeWriteFailure({code}: WriteError): string {
  const reason = REASONS.get(code);
  return `cannot be written: ${reason === undefined ? `${code ?? 'unknown error'}` : `${reason} (${code})`}`;
}

/** Why something cannot be written, in one line without the program's and the file's name. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
  /** What it is about, where that is not the output. */
  readonly file: string | undefined;

  constructor(message: string, options?: ErrorOptions & {readonly file?: string}) {
    super(message, options);
    this.file = options?.file;
  }
}
