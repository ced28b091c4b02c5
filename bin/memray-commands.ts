import {quoteArgument} from '../src/format/quote-argument.js';

/** The commands of memray that print a capture in another way. */
const REPORTS: ReadonlySet<string> = new Set([
  'flamegraph',
  'table',
  'summary',
  'stats',
  'transform',
  'parse',
]);

const RECORDERS: ReadonlyMap<string, string> = new Map([
  ['run', '"memray run -o results.bin SCRIPT", then "memray-tree-ink results.bin"'],
  ['attach', '"memray attach -o results.bin PID", then "memray-tree-ink --follow results.bin"'],
  ['detach', '"memray detach PID"'],
  ['live', '"memray-tree-ink --live PORT"'],
]);

/**
 * What to use instead, in one line, where a command line begins with the name of a memray command that this
 * program does not have; else null. `positionals`: the words of the command line that are no options.
 */
export function explainMemrayCommand(positionals: readonly string[]): string | null {
  const [name = '', file = 'FILE'] = positionals;
  const advice = getAdvice(name, file);
  return advice === null
    ? null
    : `"${name}" is a command of memray, not of memray-tree-ink; use ${advice} (for a file of that name: ./${name})`;
}

function getAdvice(name: string, file: string): string | null {
  if (REPORTS.has(name)) {
    const quoted = quoteArgument(file);
    return `"memray ${name} ${quoted}", or "memray-tree-ink ${quoted}" for the tree`;
  }
  return RECORDERS.get(name) ?? null;
}
