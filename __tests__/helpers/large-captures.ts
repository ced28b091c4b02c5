import {type CaptureRecord, writeCapture} from './capture-writer.js';

/**
 * A sound capture with so many locations, each in a function of its own whose name has more than 100
 * characters.
 */
export function writeManyLocations(count: number): Uint8Array {
  const name = 'long_'.repeat(20);
  const records: CaptureRecord[] = [{type: 'thread', id: 1}];
  for (let id = 1; id <= count; id++) {
    records.push({type: 'code', id, function: `${name}${id}`, file: 'f.py'});
  }
  for (let id = 1; id <= count; id++) {
    records.push({type: 'push', code: id}, {type: 'allocate', address: id * 4096, size: id}, {type: 'pop'});
  }
  return writeCapture([...records, {type: 'trailer'}]);
}
