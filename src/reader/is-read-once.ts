import {CaptureError} from '../capture/damage.js';
import {isOfMoments} from '../heap/snapshot.js';
import type {InputSpec} from './input-spec.js';
import type {LoadRequest} from './run-load.js';

/** Whether an input is gone once it was read: a second reading is not possible. */
export function isReadOnce(input: InputSpec): boolean {
  switch (input.kind) {
    case 'file':
      return input.path === '-';
    case 'files':
      return input.paths.includes('-');
    case 'runs':
      return [...input.paths, ...input.bases].includes('-');
    case 'follow':
      return false;
    case 'live':
      return true;
  }
}

/** @throws CaptureError where one reading is not enough for what is wanted of a source that can be read once */
export function checkReadOnce({view, blocks}: Pick<LoadRequest, 'view' | 'blocks'>): void {
  if (isOfMoments(view)) {
    throw new CaptureError(
      'read-once',
      'can be read only once, but a moment takes two readings; save it to a file first',
    );
  }
  if (!blocks || view.kind !== 'peak') return;
  throw new CaptureError(
    'read-once',
    'can be read only once, but the blocks of the peak take two readings; save it to a file first',
  );
}
