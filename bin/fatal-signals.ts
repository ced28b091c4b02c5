import {constants} from 'node:os';

/**
 * Signals that end a process unless it handles them, and that a Node program can handle. Not here:
 * - SIGKILL and SIGSTOP, which no program can handle, and real-time signals, which Node cannot name.
 * - SIGSEGV, SIGBUS, SIGFPE, SIGILL: after a real fault no JavaScript can run.
 * - SIGPIPE and SIGXFSZ, which Node ignores: the write that caused them fails instead.
 * - SIGUSR1, with which Node starts its debugger, and SIGPROF, which belongs to profilers.
 */
const NAMES = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGTRAP',
  'SIGABRT',
  'SIGUSR2',
  'SIGALRM',
  'SIGTERM',
  'SIGSTKFLT',
  'SIGXCPU',
  'SIGVTALRM',
  'SIGIO',
  'SIGPWR',
  'SIGSYS',
  'SIGBREAK',
] as const satisfies readonly NodeJS.Signals[];

/** The fatal signals that this system has, with their numbers there. */
export const FATAL_SIGNALS: ReadonlyMap<NodeJS.Signals, number> = new Map(
  NAMES.flatMap(name => (constants.signals[name] === undefined ? [] : [[name, constants.signals[name]]])),
);
