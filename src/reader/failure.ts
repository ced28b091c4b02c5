import {isOutOfMemory} from '../base/out-of-memory.js';
import {CaptureError} from '../capture/damage.js';
import type {ReadingMessage} from './reading.js';

/** What is said where the memory of this process is not enough. */
export const OUT_OF_MEMORY = 'there is not enough memory; a smaller number for -b needs less';

/** The end of a reading that an error has ended. */
export function toFailure(error: unknown): ReadingMessage & {type: 'failed'} {
  if (error instanceof CaptureError) return {type: 'failed', code: error.code, message: error.message};
  if (isOutOfMemory(error)) return {type: 'failed', code: 'internal', message: OUT_OF_MEMORY};
  const {stack, message} = error instanceof Error ? error : new Error(String(error));
  return {
    type: 'failed',
    code: 'internal',
    message: process.env.MEMRAY_TREE_DEBUG ? (stack ?? message) : message,
  };
}
