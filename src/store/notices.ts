import type {Damage} from '../capture/damage.js';
import {type Safe, sanitize} from '../format/sanitize.js';
import type {TreeState} from './state.js';

/** A line that must not be missed. */
export interface NoticeLine {
  readonly kind: 'error' | 'damage' | 'note';
  readonly text: Safe;
}

/** What is wrong with a capture, in one line; what is shown is said as well. */
export function formatDamage({code, byteOffset, recordIndex, message}: Damage): Safe {
  const where = `at byte ${byteOffset} (record ${recordIndex})`;
  const reason = message.replace(/\.$/, '');
  if (code === 'too-large') {
    return sanitize(`${reason}; reading stopped ${where}. Shown: everything before it.`);
  }
  return code === 'cut'
    ? sanitize(`Capture is cut off ${where}. Shown: everything before it.`)
    : sanitize(`Capture is damaged ${where}: ${reason}. Shown: everything before it.`);
}

/** The lines above the status line: a failure, the damage, remarks about the capture. Most important first. */
export function selectNotices({
  failure,
  capture,
  name,
}: Pick<TreeState, 'failure' | 'capture' | 'name'>): readonly NoticeLine[] {
  const lines: NoticeLine[] = [];
  if (failure !== null) lines.push(toNotice('error', name, failure.message));
  if (capture === null) return lines;
  for (const part of capture.parts ?? []) {
    if (part.failure !== null) lines.push(toNotice('error', part.name, part.failure.message));
  }
  const parts = capture.parts ?? [{name: '', capture}];
  for (const part of parts) {
    if (part.capture?.damage) lines.push(toNotice('damage', part.name, formatDamage(part.capture.damage)));
  }
  for (const part of parts) {
    for (const note of part.capture?.notes ?? []) lines.push(toNotice('note', part.name, note));
  }
  return lines;
}

/** `name`: of the capture, where that has to be said. */
function toNotice(kind: NoticeLine['kind'], name: string, text: string): NoticeLine {
  return {kind, text: sanitize(name === '' ? text : `${name}: ${text}`)};
}
