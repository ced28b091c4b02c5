/** What is needed of the process. */
export interface SuspendableHost {
  once(event: 'SIGCONT', listener: () => void): unknown;
  off(event: 'SIGCONT', listener: () => void): unknown;
  kill(pid: number, signal: NodeJS.Signals): unknown;
}

export interface SuspendOptions {
  /** Ink's: gives the terminal away while the callback runs, then draws everything again. */
  suspendTerminal(callback: () => Promise<void>): Promise<void>;
  /** Switches the mouse and the marks of pasted text off before and on again after. */
  setReports(isOn: boolean): void;
  /** Learns the terminal's size, which may have changed meanwhile without a signal. */
  refreshSize(): void;
  /** Called when the terminal has been given away, and before it is taken back. */
  setAway(isAway: boolean): void;
  /** What happens meanwhile. */
  whileAway(): Promise<void>;
}

/** Longer than it takes to be stopped. While the process is stopped this time does not end it. */
const STOP_MS = 250;

/** Gives the terminal away for a while: to the shell that stops the program, or to another program. */
export async function suspend(options: SuspendOptions): Promise<void> {
  const {suspendTerminal, setReports, refreshSize, setAway, whileAway} = options;
  setReports(false);
  try {
    await suspendTerminal(async () => {
      setAway(true);
      try {
        await whileAway();
      } finally {
        setAway(false);
      }
      refreshSize();
    });
  } finally {
    setReports(true);
  }
}

/**
 * Stops the program as Ctrl+Z does, until it is continued. The whole process group is stopped: the shell waits
 * for `npx` or a script around it as well. Where nothing stops it (no job control), it goes on by itself.
 */
export function stopAndWait(host: SuspendableHost): Promise<void> {
  return new Promise(resolve => {
    const goOn = (): void => {
      clearTimeout(timer);
      host.off('SIGCONT', goOn);
      resolve();
    };
    // It also keeps the event loop alive: nothing else does while the terminal's input is paused.
    const timer = setTimeout(goOn, STOP_MS);
    host.once('SIGCONT', goOn);
    host.kill(0, 'SIGTSTP');
  });
}
