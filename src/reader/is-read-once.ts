import type {InputSpec} from './input-spec.js';

/** Whether an input is gone once it was read: a second reading is not possible. */
export function isReadOnce(input: InputSpec): boolean {
  switch (input.kind) {
    case 'file':
      return input.path === '-';
    case 'files':
      return input.paths.includes('-');
    case 'follow':
      return false;
    case 'live':
      return true;
  }
}
