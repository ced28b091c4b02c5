import {isDeepStrictEqual} from 'node:util';
import {CaptureError} from '../../../src/capture/damage.js';
import {createCaptureParser} from '../../../src/heap/capture-parser.js';
import type {Snapshot, SnapshotOptions} from '../../../src/heap/snapshot.js';
import {checkInput} from './check-input.js';
import {createRandom} from './random.js';

const OPTIONS: SnapshotOptions = {view: {kind: 'peak'}, biggestAllocs: 200};

/**
 * Cuts a sound capture at every `step` bytes. Throws unless each part shows exactly what the whole one had
 * shown after as many records, and a longer part has no fewer of them. Returns the number of cuts.
 * @param content the same capture without compression
 */
export function sweepCuts(bytes: Uint8Array, content: Uint8Array = bytes, step = 1): number {
  const whole = new Stepper(content);
  let cuts = 0;
  let records = 0;
  for (let length = 0; length <= bytes.length; length += step, cuts++) {
    const part = readPart(bytes.subarray(0, length));
    if (part === null) {
      if (records > 0) throw new Error(`nothing can be read of the first ${length} bytes`);
      continue;
    }
    if (part.records < records) throw new Error(`there are fewer records in the first ${length} bytes`);
    records = part.records;
    const expected = whole.readRecords(records);
    if (!isDeepStrictEqual(pickHeap(part.snapshot), pickHeap(expected))) {
      throw new Error(
        `the first ${length} bytes (${records} records) show something else than the whole did there`,
      );
    }
  }
  return cuts;
}

function readPart(bytes: Uint8Array): {records: number; snapshot: Snapshot} | null {
  const parser = createCaptureParser(OPTIONS);
  try {
    parser.push(bytes);
    parser.end();
  } catch (error) {
    if (error instanceof CaptureError) return null;
    throw error;
  }
  return {records: parser.records, snapshot: parser.getSnapshot()};
}

/** What the records lead to; not how the load ended. */
function pickHeap({capture, ...heap}: Snapshot): object {
  return {...heap, peakBytes: capture.peakBytes, allocationRecords: capture.allocationRecords};
}

/** Reads the whole capture byte by byte, up to a number of records that only grows. */
class Stepper {
  readonly #bytes: Uint8Array;
  readonly #parser = createCaptureParser(OPTIONS);
  #at = 0;
  #records = -1;
  #snapshot: Snapshot | null = null;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  readRecords(records: number): Snapshot {
    const parser = this.#parser;
    while (!parser.hasHeader || parser.records < records) {
      if (this.#at === this.#bytes.length) throw new Error(`the whole capture has no ${records} records`);
      parser.push(this.#bytes.subarray(this.#at, ++this.#at));
    }
    if (this.#snapshot === null || this.#records !== records) this.#snapshot = parser.getSnapshot();
    this.#records = records;
    return this.#snapshot;
  }
}

/** Flips each bit of a capture on its own, and checks what is read. Returns the number of flips. */
export function sweepFlips(bytes: Uint8Array, step = 1): number {
  let flips = 0;
  for (let bit = 0; bit < 8 * bytes.length; bit += step, flips++) {
    const flipped = Uint8Array.from(bytes);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    try {
      checkInput(flipped, createRandom(bit));
    } catch (cause) {
      throw new Error(`with bit ${bit & 7} of byte ${bit >> 3} flipped: ${String(cause)}`, {cause});
    }
  }
  return flips;
}
