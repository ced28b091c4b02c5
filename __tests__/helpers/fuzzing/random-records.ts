import {aggregatedRecords, aggregatedRecords10} from '../aggregated-writer.js';
import type {ByteWriter} from '../byte-writer.js';
import {allocators, type CaptureRecord, type WrittenHeader, writeCapture} from '../capture-writer.js';
import type {Random} from './random.js';

/** Where formats and machines have their borders; and numbers that refer to something in a small capture. */
const NUMBERS = [
  0,
  1,
  2,
  3,
  5,
  15,
  16,
  17,
  127,
  128,
  255,
  256,
  65535,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
];
const HUGE = [
  2n ** 52n,
  2n ** 47n,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 62n,
  2n ** 63n - 1n,
  2n ** 63n,
  2n ** 64n - 8n,
  2n ** 64n - 1n,
];
const NAMES = [
  'f',
  'main',
  '',
  '__proto__',
  '123',
  '\u001b[2J',
  '名前',
  '\ud800',
  '<module>',
  '_PyEval_Vector',
  'x'.repeat(300),
];
const FILES = [
  'app.py',
  '',
  '/lib/é.py',
  '<frozen importlib._bootstrap>',
  'Python/ceval.c',
  '[/nope]',
  '\u202e.py',
];
const PYTHONS = [0, 0x03080000, 0x03090cf0, 0x030a0000, 0x030b02f0, 0x030d01f0, 0x7fffffff, 0xffffffff];

export type InputSize = 'small' | 'large';

/** How many records there are. */
const LENGTHS = {
  streaming: {small: [3, 10, 20, 40], large: [20, 100, 300, 1000]},
  traces: {small: [1, 5], large: [5, 60]},
  aggregated: {small: [1, 10], large: [10, 80]},
} as const satisfies Readonly<Record<string, Readonly<Record<InputSize, readonly number[]>>>>;

export function createHeader(random: Random): WrittenHeader {
  return {
    version: random.pick([6, 7, 8, 9, 10, 11, 12, 13]),
    pythonHex: random.pick(PYTHONS),
    nativeTraces: random.chance(0.3),
    mainThread: 1,
    skippedFrames: random.pick([0, 0, 1, 2, 2 ** 40]),
    sysPath: random.pick([[], ['/lib'], ['']]),
  };
}

/** Records as a run could have written them. */
export function createRecords(random: Random, size: InputSize = 'large'): CaptureRecord[] {
  const records: CaptureRecord[] = [{type: 'thread', id: 1}];
  const depths = new Map([[1, 0]]);
  const codes = 1 + random.below(6);
  for (let id = 0; id < codes; id++) records.push(createCode(id, random));
  let thread = 1;
  for (let left = random.pick<number>(LENGTHS.streaming[size]); left > 0; left--) {
    const record = createRecord(codes, depths.get(thread) ?? 0, random);
    records.push(record);
    if (record.type === 'thread') thread = record.id;
    const depth = depths.get(thread) ?? 0;
    if (record.type === 'push') depths.set(thread, depth + 1);
    if (record.type === 'pop') depths.set(thread, depth - (record.count ?? 1));
  }
  if (random.chance(0.8)) records.push({type: 'trailer'});
  return records;
}

/** A capture that memray itself could have written, of a version before 12. */
export function createSoundCapture(version: number, random: Random): Uint8Array {
  const nativeTraces = random.chance(0.3);
  const codes = new Map<number, CaptureRecord>();
  const rest: CaptureRecord[] = [];
  for (const record of createRecords(random)) {
    if (record.type === 'code') {
      if (!codes.has(record.id)) codes.set(record.id, record);
      continue;
    }
    const isNative = record.type === 'native' || record.type === 'maps' || record.type === 'image';
    if ((isNative && !nativeTraces) || record.type === 'trailer') continue;
    if (isOtherwiseRead(record, version)) continue;
    if (record.type === 'image') rest.push({type: 'maps'});
    rest.push(record);
  }
  const records: CaptureRecord[] = [...codes.values(), ...rest, {type: 'trailer'}];
  const allocationRecords = records.filter(({type}) => type === 'allocate' || type === 'free').length;
  const skippedFrames = random.pick([0, 0, 1, 2]);
  return writeCapture(records, {version, allocationRecords, nativeTraces, mainThread: 1, skippedFrames});
}

/** What releases before 1.7 made something else of than all later ones, whose rules are ours. */
function isOtherwiseRead(record: CaptureRecord, version: number): boolean {
  if (version >= 10) return false;
  // Of equal peaks another one counted, which 0 bytes and names of threads can explain.
  return record.type === 'name' || (record.type === 'allocate' && record.size === 0);
}

function createCode(id: number, random: Random): CaptureRecord {
  return {
    type: 'code',
    id,
    function: random.pick(NAMES),
    file: random.pick(FILES),
    firstLine: random.pick([0, 1, 50, 2 ** 31 - 1]),
    table: Array.from({length: random.below(12)}, () => random.below(256)),
  };
}

function createRecord(codes: number, depth: number, random: Random): CaptureRecord {
  const address = 4096 * (1 + random.below(20));
  const kind = random.below(20);
  if (kind < 4) return {type: 'push', code: random.below(codes), offset: random.below(12)};
  if (kind < 6) {
    return depth > 0
      ? {type: 'pop', count: Math.min(depth, 1 + random.below(16))}
      : {type: 'thread', id: 1 + random.below(3)};
  }
  if (kind < 11) {
    const allocator = random.pick([allocators.malloc, allocators.pymalloc, allocators.calloc]);
    return {type: 'allocate', address, size: random.pick([0, 1, 64, 100, 4096]), allocator};
  }
  if (kind < 14) return {type: 'free', address};
  if (kind < 17) {
    const allocator = random.pick([allocators.mmap, allocators.munmap]);
    return {type: 'allocate', address, size: 4096 * random.below(8), allocator};
  }
  return createColdRecord(random);
}

function createColdRecord(random: Random): CaptureRecord {
  switch (random.below(7)) {
    case 0:
      return {type: 'name', name: random.pick(NAMES)};
    case 1:
      return {type: 'memory', rss: random.below(10 ** 6), ms: random.below(1000)};
    case 2:
      return {type: 'object', address: 8 * random.below(50), isCreated: random.chance(0.5)};
    case 3:
      return {type: 'native', ip: random.below(1000), parent: 0};
    case 4:
      return {type: 'maps'};
    case 5:
      return {type: 'image', path: '/lib/x.so', address: 4096, segments: [[0, 100]]};
    default:
      return createCode(random.below(8), random);
  }
}

/** A copy with one to six defects in the records: removed, doubled, moved, foreign bytes, other numbers. */
export function editRecords(records: readonly CaptureRecord[], random: Random): CaptureRecord[] {
  const edited = [...records];
  for (let left = 1 + random.below(6); left > 0; left--) {
    const at = random.below(edited.length);
    const record = edited[at];
    switch (random.below(5)) {
      case 0:
        edited.splice(at, 1 + random.below(5));
        break;
      case 1:
        edited.splice(at, 0, ...edited.slice(at, at + 1 + random.below(20)));
        break;
      case 2:
        edited.splice(random.below(edited.length), 0, ...edited.splice(at, 1));
        break;
      case 3:
        edited.splice(at, 0, {type: 'bytes', bytes: [random.below(256), random.below(256)]});
        break;
      default:
        if (record !== undefined) edited[at] = editNumber(record, random);
    }
  }
  return edited;
}

/** Gives one of a record's numbers another value. */
function editNumber(record: CaptureRecord, random: Random): CaptureRecord {
  const names = Object.entries(record).flatMap(([name, value]) => (typeof value === 'number' ? [name] : []));
  if (names.length === 0) return record;
  const name = random.pick(names);
  const isWide = name === 'address' || name === 'size' || name === 'ip';
  const value = isWide && random.chance(0.5) ? random.pick(HUGE) : random.pick(NUMBERS);
  return {...record, [name]: name === 'address' ? BigInt(value) & ~7n : value} as CaptureRecord;
}

/** Aggregated records, most of them sound. */
export function createAggregatedRecords(random: Random, version: number, size: InputSize): ByteWriter[] {
  const records: ByteWriter[] = [];
  const isOld = version < 12;
  const form = isOld ? aggregatedRecords10 : aggregatedRecords;
  const number = (limit: number): number =>
    random.chance(0.02) ? random.pick(NUMBERS) : random.below(limit);
  if (isOld) {
    for (let id = 5; id >= 0; id--) {
      records.push(aggregatedRecords10.frame(id, random.pick(NAMES), random.pick([0, 7, 2 ** 31])));
    }
  } else {
    for (let id = 0; id < 4; id++) records.push(aggregatedRecords.code(id, random.pick(NAMES)));
    for (let id = 0; id < 6; id++) records.push(aggregatedRecords.frame(id, number(4)));
  }
  const traces = random.pick<number>(LENGTHS.traces[size]);
  for (let trace = 0; trace < traces; trace++) records.push(form.trace(number(6), number(trace + 1)));
  records.push(aggregatedRecords.name(number(3), random.pick(NAMES)), aggregatedRecords.heap(number(5000)));
  for (let left = random.pick<number>(LENGTHS.aggregated[size]); left > 0; left--) {
    const amount = (limit: number): number | bigint =>
      random.chance(0.02) ? random.pick(HUGE) : number(limit);
    records.push(
      form.use({
        thread: number(3),
        trace: number(traces + 1),
        native: number(2),
        allocator: random.chance(0.02) ? random.below(256) : isOld ? 1 : 6,
        peak: [amount(4), amount(5000)],
        leaked: [amount(3), amount(5000)],
      }),
    );
  }
  // Any order is legal, and some of it refers forward then.
  for (let left = random.below(4); left > 0; left--) {
    records.splice(random.below(records.length), 0, ...records.splice(random.below(records.length), 1));
  }
  if (random.chance(0.1))
    records.splice(random.below(records.length), 0, aggregatedRecords.bytes(random.below(256)));
  if (random.chance(0.8)) records.push(aggregatedRecords.bytes(15));
  return records;
}
