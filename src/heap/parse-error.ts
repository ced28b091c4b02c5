import {isOutOfMemory} from '../base/out-of-memory.js';
import {InvalidDataError} from '../capture/byte-reader.js';
import type {Damage} from '../capture/damage.js';
import {TOO_LARGE} from '../capture/streaming-records.js';

/** What an error says of a capture. Throws what is none of the capture's. */
export function describeParseError(error: unknown): Pick<Damage, 'code' | 'message'> {
  // Columns outside of the core grow as well.
  if (isOutOfMemory(error)) return {code: 'too-large', message: TOO_LARGE};
  if (!(error instanceof InvalidDataError)) throw error;
  return error.tooLarge
    ? {code: 'too-large', message: `${TOO_LARGE}: ${error.message}`}
    : {code: 'bad-value', message: `A record is damaged: ${error.message}`};
}
