import {expect} from 'vitest';
import {createCaptureParser} from '../../src/heap/capture-parser.js';
import type {Snapshot} from '../../src/heap/snapshot.js';
import {allocators, type CaptureRecord, writeCapture} from './capture-writer.js';
import {MappedRanges, type Range, recordMap, recordUnmap} from './mapped-ranges.js';
import {parseWithBlocks, toPlainBlocks, toPlainLocations} from './read-snapshot.js';

/** Records, and what is to be left of the ranges once some of them were read. */
export class RangeTrial {
  readonly records: CaptureRecord[] = [{type: 'thread', id: 1}];
  readonly model = new MappedRanges();
  readonly #checks: {
    readonly records: number;
    readonly left: MappedRanges['left'];
    readonly leftAtPeak: MappedRanges['left'];
    readonly peakBytes: number;
  }[] = [];
  #maps = 0;
  readonly #functions: number;

  /** @param functions how many functions map the ranges, in turn */
  constructor(functions = Infinity) {
    this.#functions = functions;
  }

  map(range: Range): void {
    const origin = this.#maps++ % this.#functions;
    this.records.push(...recordMap(origin, range));
    this.model.map(origin, range);
  }

  unmap(range: Range): void {
    this.records.push(recordUnmap(range));
    this.model.unmap(range);
  }

  check(): void {
    const {left, leftAtPeak, peakBytes} = this.model;
    this.#checks.push({records: this.records.length, left, leftAtPeak, peakBytes});
  }

  /** Reads all records and compares the sizes of the pieces, at the end and at the peak. */
  runBlocks(): void {
    const bytes = writeCapture(this.records);
    const read = (kind: 'peak' | 'leaks') =>
      sizesByFunction(parseWithBlocks(bytes, {view: {kind}, biggestAllocs: this.#maps}));
    expect(read('leaks')).toEqual(this.model.sizes);
    expect(read('peak')).toEqual(this.model.sizesAtPeak);
  }

  /** Reads the records and compares what is left at each check, then and at the peak so far. */
  run(): void {
    const bytes = writeCapture(this.records);
    const parser = createCaptureParser({view: {kind: 'leaks'}, biggestAllocs: this.#maps});
    let pushed = 0;
    for (const {records, left, leftAtPeak, peakBytes} of this.#checks) {
      const end = writeCapture(this.records.slice(0, records)).length;
      parser.push(bytes.subarray(pushed, end));
      pushed = end;
      const snapshot = parser.getSnapshot();
      expect(byFunction(snapshot)).toEqual(left);
      expect(snapshot.capture).toMatchObject({peakBytes, damage: null});
      expect(byFunction(parser.getSnapshot(Infinity, {kind: 'peak'}))).toEqual(leftAtPeak);
    }
    parser.end();
  }
}

function sizesByFunction(snapshot: Snapshot): Map<string, number[]> {
  const locations = toPlainLocations(snapshot);
  const sizes = new Map<string, number[]>();
  for (const [location, allocator, size, count] of toPlainBlocks(snapshot)) {
    expect(allocator).toBe(allocators.mmap);
    const name = locations[location]!.stack[0]![0];
    sizes.set(name, [...(sizes.get(name) ?? []), ...Array.from({length: count}, () => size)]);
  }
  for (const list of sizes.values()) list.sort((a, b) => a - b);
  return sizes;
}

function byFunction(snapshot: Snapshot): MappedRanges['left'] {
  return new Map(
    toPlainLocations(snapshot).map(({stack, bytes, allocations}) => [stack[0]![0], {bytes, allocations}]),
  );
}
