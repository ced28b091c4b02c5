import {isOutOfMemory, OUT_OF_MEMORY} from '../base/out-of-memory.js';
import {CaptureError} from '../capture/damage.js';
import {isDebugMode} from '../platform/debug-mode.js';
import {getEnvironment} from '../platform/environment.js';
import type {LoadMessage} from './load-messages.js';

/** The end of a load that an error has ended. */
export function toFailure(error: unknown): LoadMessage & {type: 'failed'} {
  if (error instanceof CaptureError) return {type: 'failed', code: error.code, message: error.message};
  if (isOutOfMemory(error)) return {type: 'failed', code: 'internal', message: OUT_OF_MEMORY};
  const {stack, message} = error instanceof Error ? error : new Error(String(error));
  return {
    type: 'failed',
    code: 'internal',
    message: isDebugMode(getEnvironment()) ? (stack ?? message) : message,
  };
}
