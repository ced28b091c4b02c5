import {CaptureError} from '../../../src/capture/damage.js';
import {LiveHeader} from '../../../src/reader/live-header.js';
import {writeHeader} from '../capture-writer.js';
import {mutateBytes} from './mutate-bytes.js';
import type {Random} from './random.js';
import {createHeader} from './random-records.js';

/** What a live run sends first, mostly with a defect. */
export function createLiveBytes(random: Random): Uint8Array {
  const header = writeHeader({
    ...createHeader(random),
    commandLine: random.pick(['', 'app.py', 'x'.repeat(300)]),
  });
  return random.chance(0.9) ? mutateBytes(header, [header], random) : header;
}

/** Hands them to the header of a live run, at once and in pieces. Throws unless both end the same way. */
export function checkLiveBytes(bytes: Uint8Array, random: Random): void {
  const whole = receive(bytes, bytes.length + 1);
  const pieces = receive(bytes, 1 + random.below(random.pick([3, 50])));
  if (whole !== pieces) throw new Error(`in pieces it is ${pieces} instead of ${whole}`);
}

function receive(bytes: Uint8Array, pieceBytes: number): string {
  const header = new LiveHeader();
  try {
    for (let at = 0; at < bytes.length; at += pieceBytes) header.add(bytes.subarray(at, at + pieceBytes));
    header.checkTime(0, 0);
  } catch (error) {
    if (error instanceof CaptureError) return error.code;
    throw error;
  }
  return header.isComplete ? 'complete' : 'a part';
}
