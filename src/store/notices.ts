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
  return code === 'cut'
    ? sanitize(`Capture is cut off ${where}. Shown: everything before it.`)
    : sanitize(`Capture is damaged ${where}: ${message.replace(/\.$/, '')}. Shown: everything before it.`);
}

/** The lines above the status line: a failure, the damage, remarks about the capture. Most important first. */
export function selectNotices({
  failure,
  capture,
  name,
}: Pick<TreeState, 'failure' | 'capture' | 'name'>): readonly NoticeLine[] {
  const lines: NoticeLine[] = [];
  if (failure !== null) {
    lines.push({
      kind: 'error',
      text: sanitize(name === '' ? failure.message : `${name}: ${failure.message}`),
    });
  }
  if (capture !== null && capture.damage !== null) {
    lines.push({kind: 'damage', text: formatDamage(capture.damage)});
  }
  for (const note of capture?.notes ?? []) {
    lines.push({kind: 'note', text: sanitize(note)});
  }
  return lines;
}
