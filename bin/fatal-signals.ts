import {constants} from 'node:os';

/**
 * Signals that end a process unless it handles them, and that a Node program can handle. Not here:
 * - SIGKILL and SIGSTOP, which no program can handle, and real-time signals, which Node cannot name.
 * - SIGSEGV, SIGBUS, SIGFPE, SIGILL: after a real crash no JavaScript can run.
 * - SIGPIPE and SIGXFSZ, which Node ignores: the write that caused them fails instead.
 * - SIGUSR1, with which Node starts its debugger, and SIGPROF, which belongs to profilers.
 *
 * Some are there under both of their names: Node calls the listeners of each name, and Ink listens to both.
 */
const NAMES = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGTRAP',
  'SIGABRT',
  'SIGIOT',
  'SIGUSR2',
  'SIGALRM',
  'SIGTERM',
  'SIGSTKFLT',
  'SIGXCPU',
  'SIGVTALRM',
  'SIGIO',
  'SIGPOLL',
  'SIGPWR',
  'SIGSYS',
  'SIGBREAK',
] as const satisfies readonly NodeJS.Signals[];

/** The fatal signals that this system has, with their numbers there. */
export const FATAL_SIGNALS: ReadonlyMap<NodeJS.Signals, number> = new Map(
  NAMES.flatMap(name => (constants.signals[name] === undefined ? [] : [[name, constants.signals[name]]])),
);

/** What is needed of the process. */
export interface SignalHost {
  listeners(event: string): readonly unknown[];
  removeAllListeners(event: string): unknown;
  on(event: string, listener: (...values: unknown[]) => void): unknown;
}

/**
 * Gives the fatal signals their usual effect, whoever listens to them, until the result is called. The system
 * itself ends the process then: even while it is stopped, and without touching a terminal that belongs to
 * somebody else.
 */
export function releaseFatalSignals(host: SignalHost): () => void {
  const released = [...FATAL_SIGNALS.keys()].map(signal => {
    const listeners = [...host.listeners(signal)] as ((...values: unknown[]) => void)[];
    host.removeAllListeners(signal);
    return {signal, listeners};
  });
  return () => {
    for (const {signal, listeners} of released) {
      for (const listener of listeners) host.on(signal, listener);
    }
  };
}
