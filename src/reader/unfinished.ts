import type {CaptureInfo} from '../heap/snapshot.js';
import type {ProcessState} from '../platform/process-state.js';

/**
 * What is known about a capture that has no end mark, as a list of at most one sentence. Damage is reported
 * by itself.
 * `state`: of the process that recorded it.
 */
export function explainUnfinished(
  {finished, damage, pid}: Pick<CaptureInfo, 'finished' | 'damage' | 'pid'>,
  state: ProcessState = 'unknown',
): readonly string[] {
  if (finished || damage !== null) return [];
  if (state === 'running')
    return [
      `No end mark: process ${pid} is still running. This is the state so far; --follow shows it grow.`,
    ];
  return [
    'No end mark: the process was killed, ended by os._exit, ran out of disk space, or is still running. ' +
      'This is what it wrote.',
  ];
}
