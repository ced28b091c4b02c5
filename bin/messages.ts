import {sanitize} from '../src/format/sanitize.js';
import type {CaptureInfo, Snapshot} from '../src/heap/snapshot.js';
import {describeFailure, formatDamage} from '../src/store/notices.js';

import type {CliOptions} from './cli-values.js';

export {describeFailure};

/** One line for standard error: the program, where, what and what to do about it. */
export function formatError(where: string, message: string): string {
  const place = where === '-' ? 'standard input' : where;
  return `memray-tree-ink: ${sanitize(`${place}: ${message}`)}`;
}

/** What has to be said of one capture. */
export interface Remark {
  readonly where: string;
  readonly message: string;
}

/** What has to be said beside a result: what could not be read, damage, then remarks. One line each. */
export function describeEnd({capture}: Snapshot, {results}: Pick<CliOptions, 'results'>): readonly Remark[] {
  const parts = capture.parts ?? [{name: results, capture, failure: null}];
  return parts.flatMap(part => {
    const messages = part.capture === null ? [] : describeCapture(part.capture);
    if (part.failure !== null) messages.push(describeFailure(part.failure));
    return messages.map(message => ({where: part.name, message}));
  });
}

function describeCapture({damage, finished, notes}: CaptureInfo): string[] {
  const lines: string[] = [];
  if (damage) lines.push(formatDamage(damage));
  else if (!finished)
    lines.push('unfinished: its process was killed or still runs; this is the state it left');
  return [...lines, ...notes];
}
