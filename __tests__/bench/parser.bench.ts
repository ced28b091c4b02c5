import {describe, test} from 'vitest';
import {createCaptureParser} from '../../src/heap/capture-parser.js';
import {allocators, type CaptureRecord, writeCapture} from '../helpers/capture-writer.js';

const ROUNDS = 20_000;
const LIVE = 5000;
/** What one record can pop. */
const MAX_POPS = 16;

/** Each round: a call, an allocation, the return, and the free of an older allocation. */
function* writeRounds(depthOf: (round: number) => number): Generator<CaptureRecord> {
  yield {type: 'thread', id: 1};
  for (let code = 1; code <= 50; code++) yield {type: 'code', id: code, function: `f${code}`, file: 'app.py'};
  for (let round = 0; round < ROUNDS; round++) {
    const depth = depthOf(round);
    for (let level = 0; level < depth; level++) yield {type: 'push', code: 1 + ((round + level) % 50)};
    yield {type: 'allocate', address: 4096 + 64 * round, size: 16 + (round % 500)};
    for (let left = depth; left > 0; left -= MAX_POPS) yield {type: 'pop', count: Math.min(left, MAX_POPS)};
    if (round >= LIVE) yield {type: 'free', address: 4096 + 64 * (round - LIVE)};
  }
  yield {type: 'trailer'};
}

/** Ranges at scattered addresses, unmapped in another order. */
function* writeMappings(): Generator<CaptureRecord> {
  const addressOf = (i: number): number => 65536 * ((i * 7919) % ROUNDS);
  yield {type: 'thread', id: 1};
  for (let i = 0; i < ROUNDS; i++) {
    yield {type: 'allocate', address: addressOf(i), size: 4096 * (1 + (i % 15)), allocator: allocators.mmap};
  }
  for (let i = 0; i < ROUNDS; i++) {
    yield {
      type: 'allocate',
      address: addressOf(i * 13),
      size: 4096 * (1 + (i % 20)),
      allocator: allocators.munmap,
    };
  }
  yield {type: 'trailer'};
}

function readCapture(bytes: Uint8Array): void {
  const parser = createCaptureParser({view: {kind: 'peak'}, biggestAllocs: 200});
  parser.push(bytes);
  parser.end();
  const {damage} = parser.getSnapshot().capture;
  if (damage !== null) throw new Error(damage.message);
}

describe(`${ROUNDS} allocations`, () => {
  const shallow = writeCapture(writeRounds(() => 2));
  const deep = writeCapture(writeRounds(round => 5 + (round % 60)));
  const mapped = writeCapture(writeMappings());
  const header = writeCapture([{type: 'trailer'}]);

  test('read a capture', async ({bench}) => {
    await bench.compare(
      bench('nothing but the header', () => readCapture(header)),
      bench('2 frames each', () => readCapture(shallow)),
      bench('5 to 64 frames each', () => readCapture(deep)),
      bench('mapped and unmapped', () => readCapture(mapped)),
    );
  });
});
