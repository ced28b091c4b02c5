import {getPlatform} from '../../src/platform/platform.js';
import {releaseFatalSignals, type SignalHost} from '../fatal-signals.js';
import {type SuspendableHost, stopAndWait, suspend} from './suspend.js';

/** What is needed of the process. */
export interface JobHost extends SuspendableHost, SignalHost {
  readonly pid: number;
  off(event: 'SIGTSTP' | 'SIGCONT' | 'SIGINT' | 'SIGQUIT', listener: () => void): unknown;
}

/** Ink's: gives the terminal away while the callback runs, then draws everything again. */
export type SuspendTerminal = (callback: () => Promise<void>) => Promise<void>;

export interface JobControlOptions {
  readonly host: JobHost;
  setReports(isOn: boolean): void;
  /** Called after each stop, when the terminal belongs to the program again. */
  onResume(): void;
  /** Windows has no stopped processes. */
  readonly isSupported?: boolean;
}

/** Ctrl+C and Ctrl+\. */
const TERMINAL_SIGNALS = ['SIGINT', 'SIGQUIT'] as const;
const ignore = (): void => {};
/** After a stop that could not be handled the terminal is only taken back. */
const takeBack = async (): Promise<void> => {};

/** Stopping and continuing the program, and lending its terminal to another one. */
export interface JobControl {
  /** Whether the terminal is being given away, is away, or is being taken back. */
  isSuspended(): boolean;
  /** Whether it has the modes of the shell just now. */
  isAway(): boolean;
  /** Before it is called nothing can be suspended; what was to be suspended until then is suspended now. */
  setSuspender(suspendTerminal: SuspendTerminal): void;
  /** Stops the program: Ctrl+Z, or SIGTSTP from outside. */
  stop(): void;
  /**
   * Lends the terminal to another program while `run` is under way. Resolves to what that does, null where the
   * terminal is away already or there is no screen yet.
   */
  lend<T>(run: () => Promise<T>): Promise<T | null>;
  dispose(): void;
}

/**
 * Stops on Ctrl+Z and SIGTSTP with the terminal given back. SIGSTOP cannot be handled, so nothing is given
 * back before it; but after it, as after every SIGCONT, the modes of the terminal are set again and the
 * screen is drawn again.
 */
export function createJobControl({host, setReports, onResume, ...options}: JobControlOptions): JobControl {
  const isSupported = options.isSupported ?? getPlatform().hasJobControl;
  let suspendTerminal: SuspendTerminal | null = null;
  let isActive = false;
  let isAway = false;
  let isStopWanted = false;

  // Only the foreground process group gets the signal for a new size, and Node asks for the size at that
  // signal.
  const refreshSize = (): void => {
    if (isSupported) host.kill(host.pid, 'SIGWINCH');
  };
  const giveAway = (suspender: SuspendTerminal, whileAway: () => Promise<void>): Promise<void> => {
    isActive = true;
    // While the program listens to the signal that stops it, it is not stopped by it.
    host.off('SIGTSTP', stop);
    let takeSignals = (): void => {};
    const setAway = (isNowAway: boolean): void => {
      isAway = isNowAway;
      if (isAway) takeSignals = releaseFatalSignals(host);
      else takeSignals();
    };
    const giving = {suspendTerminal: suspender, setReports, refreshSize, setAway, whileAway};
    return suspend(giving).finally(() => {
      isActive = false;
      if (isSupported) host.on('SIGTSTP', stop);
      onResume();
    });
  };
  const stop = (): void => {
    if (suspendTerminal === null) isStopWanted = true;
    else if (!isActive && isSupported) void giveAway(suspendTerminal, () => stopAndWait(host));
  };
  const comeBack = (): void => {
    const suspender = suspendTerminal;
    if (suspender === null || isActive) return;
    // After a stop that could not be handled other signals may be waiting: they come first.
    setImmediate(() => {
      if (!isActive) void giveAway(suspender, takeBack);
    });
  };
  if (isSupported) {
    host.on('SIGTSTP', stop);
    host.on('SIGCONT', comeBack);
  }
  return {
    isSuspended: () => isActive,
    isAway: () => isAway,
    setSuspender(suspender) {
      suspendTerminal = suspender;
      if (isStopWanted) stop();
      isStopWanted = false;
    },
    stop,
    async lend(run) {
      if (suspendTerminal === null || isActive) return null;
      let result: Awaited<ReturnType<typeof run>> | null = null;
      await giveAway(suspendTerminal, async () => {
        // The terminal sends them to both programs. It is the other one that is meant.
        for (const signal of TERMINAL_SIGNALS) host.on(signal, ignore);
        try {
          result = await run();
        } finally {
          for (const signal of TERMINAL_SIGNALS) host.off(signal, ignore);
        }
      });
      return result;
    },
    dispose() {
      host.off('SIGTSTP', stop);
      host.off('SIGCONT', comeBack);
    },
  };
}
