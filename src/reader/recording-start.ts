import {ByteReader} from '../capture/byte-reader.js';
import {parseHeader} from '../capture/header.js';
import type {RecordedProcess} from '../platform/process-state.js';

/**
 * What the header says about the recording; null if the bytes are not the start of a capture, or not all of
 * its header.
 */
export function readRecording(bytes: Uint8Array): RecordedProcess | null {
  const reader = new ByteReader();
  reader.bytes = bytes;
  reader.end = bytes.length;
  try {
    const {value} = parseHeader(reader).next();
    if (value === undefined) return null;
    return {startTimeMs: value.startTimeMs, pid: value.pid, commandLine: value.commandLine};
  } catch {
    // The parser reports what is wrong with it.
    return null;
  }
}
