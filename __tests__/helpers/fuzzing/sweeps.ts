import {readFileSync} from 'node:fs';
import {isDeepStrictEqual} from 'node:util';
import {CaptureError} from '../../../src/capture/damage.js';
import {isLz4Magic} from '../../../src/capture/lz4-frame.js';
import {createCaptureParser} from '../../../src/heap/capture-parser.js';
import type {Snapshot, SnapshotOptions} from '../../../src/heap/snapshot.js';
import {fixturesDirectory} from '../captures.js';
import {decodeLz4} from '../decode-lz4.js';
import {checkInput} from './check-input.js';
import {createRandom} from './random.js';
import {createTinyCaptures} from './tiny-captures.js';

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

/**
 * Flips each bit of a capture on its own, and checks what is read. Returns the number of flips.
 * @param afterEach called when one is done
 */
export function sweepFlips(bytes: Uint8Array, step = 1, afterEach: () => void = () => {}): number {
  let flips = 0;
  for (let bit = 0; bit < 8 * bytes.length; bit += step, flips++) {
    const flipped = Uint8Array.from(bytes);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    try {
      checkInput(flipped, createRandom(bit));
    } catch (cause) {
      throw new Error(`with bit ${bit & 7} of byte ${bit >> 3} flipped: ${String(cause)}`, {cause});
    }
    afterEach();
  }
  return flips;
}

/** A capture, and what it holds if it is compressed. */
export interface SweptCapture {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
}

/** Of several versions of the format, raw and in LZ4 frames, aggregated, with native stacks, with mapped memory. */
const SEEDS = [
  ...['api', 'native-calls', 'mmaps', 'aggregate-middle', 'old-versions/v07-1.1.0-versions'],
  ...[
    'old-versions/v09-1.6.0-versions',
    'old-versions/v10-1.10.0-aggregate',
    'old-versions/v12-1.19.3-nested',
  ],
];

/** What `npm run sweep` goes through: captures of one record of each kind, and eight real ones. */
export function listSwept(): readonly SweptCapture[] {
  const seeds = SEEDS.map(name => {
    const bytes = readFileSync(`${fixturesDirectory}/${name}.bin`);
    return {name, bytes, content: isLz4Magic(bytes.readUInt32LE()) ? decodeLz4(bytes) : bytes};
  });
  return [...createTinyCaptures(), ...seeds];
}
