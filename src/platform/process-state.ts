import {readFileSync} from 'node:fs';

/** What a capture says about the process that recorded it. */
export interface RecordedProcess {
  readonly pid: number;
  /** When the recording began, milliseconds since 1970. */
  readonly startTimeMs: number;
  readonly commandLine: string;
}

/**
 * What this machine knows about the process of a capture:
 * - `running`: a process of this number is older than the recording and was started by the same command line;
 * - `gone`: there is no process of this number, or only one that is younger than the recording;
 * - `unknown`: there is one, but it may be another: the capture may come from another machine or a container.
 */
export type ProcessState = 'running' | 'gone' | 'unknown';

/** The system as it is asked about processes; tests pass their own. */
export interface ProcessTable {
  exists(pid: number): boolean;
  /** The content of a file below /proc, or null where there is none. */
  readProc(path: string): string | null;
}

const nodeProcessTable: ProcessTable = {
  exists(pid) {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
  },
  readProc(path) {
    try {
      return readFileSync(`/proc/${path}`, 'latin1');
    } catch {
      return null;
    }
  },
};

/** Linux counts the age of processes in these, on all platforms that Node runs on. */
const TICK_MS = 10;
/** The time of the last start of the system is known to the second only. */
const CLOCK_ERROR_MS = 2000;

export function getProcessState(
  recorded: RecordedProcess,
  table: ProcessTable = nodeProcessTable,
): ProcessState {
  const {pid, startTimeMs, commandLine} = recorded;
  if (pid <= 0 || !table.exists(pid)) return 'gone';
  const stat = parseStat(table.readProc(`${pid}/stat`), table.readProc('stat'));
  if (stat === null) return 'unknown';
  if (stat.hasEnded || stat.startTimeMs > startTimeMs + CLOCK_ERROR_MS) return 'gone';
  return isSameCommand(commandLine, table.readProc(`${pid}/cmdline`) ?? '') ? 'running' : 'unknown';
}

/**
 * `123 (name) S …`: state and, as the 20th field after the name, the start in ticks since the system's. Null
 * elsewhere.
 */
function parseStat(
  stat: string | null,
  systemStat: string | null,
): {readonly hasEnded: boolean; readonly startTimeMs: number} | null {
  // The name may hold anything, parentheses included.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  const bootSeconds = Number(/^btime (\d+)$/m.exec(systemStat ?? '')?.[1]);
  const startTimeMs = bootSeconds * 1000 + Number(fields[19]) * TICK_MS;
  if (Number.isNaN(startTimeMs)) return null;
  // A zombie has ended, although its number is still taken.
  return {hasEnded: fields[0] === 'Z' || fields[0] === 'X', startTimeMs};
}

/**
 * memray records Python's `sys.argv`, the system the whole command: `python app.py 1` for `app.py 1`. The
 * first word may differ (`-m app`), so the others have to be the end of the command; a single word has to be
 * there itself.
 */
function isSameCommand(recorded: string, nulTerminated: string): boolean {
  const command = nulTerminated.replace(/\0$/, '').replaceAll('\0', ' ');
  const space = recorded.indexOf(' ');
  const end = space < 0 ? recorded : recorded.slice(space);
  // /proc was read byte by byte.
  return end !== '' && command.endsWith(Buffer.from(end).toString('latin1'));
}
