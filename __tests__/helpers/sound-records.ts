import type {CaptureRecord} from './capture-writer.js';

/** Two sound allocations of 100 and 200 bytes at a(app.py). */
export const sound: readonly CaptureRecord[] = [
  {type: 'thread', id: 1},
  {type: 'code', id: 7, function: 'a', file: 'app.py', firstLine: 3},
  {type: 'push', code: 7},
  {type: 'allocate', address: 0x1000, size: 100},
  {type: 'allocate', address: 0x2000, size: 200},
];

/** What stands after a record that is damaged or unknown. */
export const after: readonly CaptureRecord[] = [
  {type: 'allocate', address: 0x3000, size: 1000},
  {type: 'trailer'},
];

/** A record written as it is. */
export const bytesOf = (...bytes: number[]): CaptureRecord => ({type: 'bytes', bytes});
