/** Options of `memray run` that take a value. */
const VALUED_OPTIONS: ReadonlySet<string> = new Set(['-o', '--output', '-p', '--live-port']);

/**
 * A process as rows name it: `app.py (pid 123)`, `app.py (pid 124, forked)`; without a command line `pid
 * 123`.
 */
export function labelProcess({
  commandLine,
  pid,
  fileName,
}: {
  readonly commandLine: string;
  readonly pid: number;
  /** What the user calls the capture; memray adds the number of a forked process to it. */
  readonly fileName: string;
}): string {
  const facts = isForkedFile(fileName, pid) ? `pid ${pid}, forked` : `pid ${pid}`;
  const program = getProgramName(commandLine);
  return program === '' ? facts : `${program} (${facts})`;
}

/** memray adds the number of a forked process to the name of the file. */
export function isForkedFile(fileName: string, pid: number): boolean {
  return dropPacking(fileName).endsWith(`.${pid}`);
}

/** The file that memray was told to write: that of the process which forked, if this one was forked. */
export function getRunFile(fileName: string, pid: number): string {
  const name = dropPacking(fileName);
  return isForkedFile(fileName, pid) ? name.slice(0, -`.${pid}`.length) : name;
}

function dropPacking(fileName: string): string {
  return fileName.replace(/\.(?:gz|zst)$/, '');
}

/**
 * The program of a recorded command line, which does not quote: the script's file name, the module after
 * `-m`, or the first word. Of `/usr/bin/memray run -o x.bin src/app.py 1` it is "app.py".
 */
export function getProgramName(commandLine: string): string {
  const words = commandLine.split(' ');
  if (words[1] !== 'run') return getFileName(words[0]!);
  for (let at = 2; at < words.length; at++) {
    const word = words[at]!;
    if (word === '-m') return words[at + 1] ?? word;
    if (word === '-c') return word;
    if (VALUED_OPTIONS.has(word)) at++;
    else if (!word.startsWith('-')) return getScriptName(words.slice(at));
  }
  return getFileName(words[0]!);
}

/** A name with blanks is several words, the last of which ends in ".py". */
function getScriptName(words: readonly string[]): string {
  const end = words.findIndex(word => word.endsWith('.py'));
  return getFileName(words.slice(0, end + 1).join(' ') || words[0]!);
}

function getFileName(path: string): string {
  const parts = path.split(/[\\/]/).filter(part => part !== '');
  const isPackage = parts.length > 1 && parts.at(-1) === '__main__.py';
  return parts.at(isPackage ? -2 : -1) ?? path;
}
