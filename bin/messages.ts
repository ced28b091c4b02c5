import {sanitize} from '../src/format/sanitize.js';
import type {Snapshot} from '../src/heap/snapshot.js';
import {formatDamage} from '../src/store/notices.js';
import type {CliOptions} from './cli-values.js';

/** One line for standard error: the program, where, what and what to do about it. */
export function formatError(where: string, message: string): string {
  const place = where === '-' ? 'standard input' : where;
  return `memray-tree-ink: ${sanitize(`${place}: ${message}`)}`;
}

/** What has to be said beside a result: damage first, then remarks. One line each. */
export function describeEnd(snapshot: Snapshot, options: Pick<CliOptions, 'pythonOnly'>): readonly string[] {
  const {damage, finished, nativeTraces, notes} = snapshot.capture;
  const lines: string[] = [];
  if (damage) lines.push(formatDamage(damage));
  else if (!finished)
    lines.push('unfinished: its process was killed or still runs; this is the state it left');
  if (nativeTraces && !options.pythonOnly) lines.push('native frames are not shown, only the Python frames');
  return [...lines, ...notes];
}
