import {getPlatform} from '../../src/platform/platform.js';
import {releaseFatalSignals, type SignalHost} from '../fatal-signals.js';
import {type SuspendableHost, suspend} from './suspend.js';

/** What is needed of the process. */
export interface JobHost extends SuspendableHost, SignalHost {
  readonly pid: number;
  off(event: 'SIGTSTP' | 'SIGCONT', listener: () => void): unknown;
}

/** Ink's: gives the terminal away while the callback runs, then draws everything again. */
export type SuspendTerminal = (callback: () => Promise<void>) => Promise<void>;

export interface JobControlOptions {
  readonly host: JobHost;
  setMouse(isOn: boolean): void;
  /** Called after each stop, when the terminal belongs to the program again. */
  onResume(): void;
  /** Windows has no stopped processes. */
  readonly isSupported?: boolean;
}

/** Stopping and continuing the program. */
export interface JobControl {
  /** Whether the terminal is being given away, is away, or is being taken back. */
  isSuspended(): boolean;
  /** Whether it has the modes of the shell just now. */
  isAway(): boolean;
  /** Before it is called nothing can be suspended; what was to be suspended until then is suspended now. */
  setSuspender(suspendTerminal: SuspendTerminal): void;
  /** Stops the program: Ctrl+Z, or SIGTSTP from outside. */
  stop(): void;
  dispose(): void;
}

/**
 * Stops on Ctrl+Z and SIGTSTP with the terminal given back. SIGSTOP cannot be handled, so nothing is given
 * back before it; but after it, as after every SIGCONT, the modes of the terminal are set again and the
 * screen is drawn again.
 */
export function createJobControl({host, setMouse, onResume, ...options}: JobControlOptions): JobControl {
  const isSupported = options.isSupported ?? getPlatform().hasJobControl;
  let suspendTerminal: SuspendTerminal | null = null;
  let isActive = false;
  let isAway = false;
  let isStopWanted = false;

  // Only the foreground process group gets the signal for a new size, and Node asks for the size at that
  // signal.
  const refreshSize = (): void => void host.kill(host.pid, 'SIGWINCH');
  const giveAway = (suspender: SuspendTerminal, isStopping: boolean): void => {
    isActive = true;
    // While the program listens to the signal that stops it, it is not stopped by it.
    host.off('SIGTSTP', stop);
    let takeSignals = (): void => {};
    const setAway = (isNowAway: boolean): void => {
      isAway = isNowAway;
      if (isAway) takeSignals = releaseFatalSignals(host);
      else takeSignals();
    };
    const giving = {host, suspendTerminal: suspender, setMouse, refreshSize, setAway, isStopping};
    void suspend(giving).finally(() => {
      isActive = false;
      host.on('SIGTSTP', stop);
      onResume();
    });
  };
  const stop = (): void => {
    if (suspendTerminal === null) isStopWanted = true;
    else if (!isActive && isSupported) giveAway(suspendTerminal, true);
  };
  const comeBack = (): void => {
    const suspender = suspendTerminal;
    if (suspender === null || isActive) return;
    // After a stop that could not be handled other signals may be waiting: they come first.
    setImmediate(() => {
      if (!isActive) giveAway(suspender, false);
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
    dispose() {
      host.off('SIGTSTP', stop);
      host.off('SIGCONT', comeBack);
    },
  };
}
