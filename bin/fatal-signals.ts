import {constants} from 'node:os';
import type {Environment} from '../src/platform/environment.js';

/**
 * Signals that end a process unless it handles them, and that a Node program can handle. Not here:
 * - SIGKILL and SIGSTOP, which no program can handle, and real-time signals, which Node cannot name.
 * - SIGSEGV, SIGBUS, SIGFPE, SIGILL: after a real crash no JavaScript can run.
 * - SIGPIPE and SIGXFSZ, which Node ignores: the write that caused them fails instead.
 * - SIGTSTP, SIGTTIN and SIGTTOU, which stop a process: job-control.ts handles the first; a handler for the
 *   others would make a read in the background go on forever.
 *
 * Node starts its debugger at SIGUSR1 unless somebody listens to it, see memray-tree-ink.ts.
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
  'SIGUSR1',
  'SIGUSR2',
  'SIGALRM',
  'SIGTERM',
  'SIGSTKFLT',
  'SIGXCPU',
  'SIGVTALRM',
  'SIGPROF',
  'SIGIO',
  'SIGPOLL',
  'SIGPWR',
  'SIGSYS',
  'SIGBREAK',
] as const satisfies readonly NodeJS.Signals[];

/** Node's own profiler (`node --cpu-prof`) sends SIGPROF to its process all the time. */
export function isProfiled(nodeOptions: readonly string[], env: Environment): boolean {
  return [...nodeOptions, env.NODE_OPTIONS ?? ''].some(options => /--(?:cpu[-_])?prof/.test(options));
}

/** The fatal signals that this system has, with their numbers there. */
export const FATAL_SIGNALS: ReadonlyMap<NodeJS.Signals, number> = new Map(
  NAMES.flatMap(name => {
    const number = constants.signals[name];
    const isAbsent =
      number === undefined || (name === 'SIGPROF' && isProfiled(process.execArgv, process.env));
    return isAbsent ? [] : [[name, number]];
  }),
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
