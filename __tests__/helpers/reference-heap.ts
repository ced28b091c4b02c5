import type {Moment} from '../../src/heap/moment.js';
import type {View} from '../../src/heap/snapshot.js';
import {allocators, type CaptureRecord} from './capture-writer.js';
import type {PlainLocation} from './read-snapshot.js';

interface Allocation {
  readonly address: bigint;
  readonly end: bigint;
  readonly size: number;
  readonly index: number;
  readonly location: string;
  /** Of version 12. */
  readonly allocator: number;
}

/** (index of the location, allocator, size) and how many there are. */
export type PlainBlock = readonly [location: number, allocator: number, size: number, count: number];

/** All that one record leads to, kept whole: slow, and hard to get wrong. */
interface State {
  readonly heap: number;
  /** Live addresses and mapped pieces. */
  readonly live: readonly Allocation[];
}

/** The outcome that memray's rules give for sound records, by replaying them without any cleverness. */
export function replay(
  records: readonly CaptureRecord[],
  view: View,
): {locations: PlainLocation[]; blocks: PlainBlock[]; peakBytes: number; allocationRecords: number} {
  const {states, temporaries, allocated} = replayAll(records, view);
  // After no record at all, and after each of them.
  const all: readonly State[] = [{heap: 0, live: []}, ...states];
  const peak = findPeak(all, 0, states.length);
  const chosen = choose(view, all, {peak, temporaries, allocated});
  const groups = group(chosen);
  return {
    locations: groups.map(toPlainLocation),
    blocks: groups.flatMap(([, {members}], location) => countBlocks(members, location)),
    peakBytes: all[peak]!.heap,
    allocationRecords: states.length,
  };
}

/** What is held after each number of records, by location: [bytes, allocations]. Those without any are left out. */
export function replayStates(
  records: readonly CaptureRecord[],
): readonly {readonly heap: number; readonly held: ReadonlyMap<string, readonly [number, number]>}[] {
  const {states} = replayAll(records, {kind: 'leaks'});
  return [{heap: 0, live: []}, ...states].map(({heap, live}) => ({
    heap,
    held: new Map(group(live).map(([location, {bytes, members}]) => [location, [bytes, members.length]])),
  }));
}

/** After how many records the heap is highest; the last of equals. */
function findPeak(all: readonly State[], from: number, to: number): number {
  let peak = from;
  for (let count = from; count <= to; count++) if (all[count]!.heap >= all[peak]!.heap) peak = count;
  return peak;
}

interface Chosen {
  readonly peak: number;
  readonly temporaries: readonly Allocation[];
  readonly allocated: readonly Allocation[];
}

function choose(
  view: View,
  all: readonly State[],
  {peak, temporaries, allocated}: Chosen,
): readonly Allocation[] {
  switch (view.kind) {
    case 'peak':
      return all[peak]!.live;
    case 'leaks':
      return all.at(-1)!.live;
    case 'temporary':
      return temporaries;
    case 'allocated':
      return allocated;
    case 'moment':
      return all[countOf(view.at, all)]!.live;
    case 'range': {
      const [from, to] = [countOf(view.from, all), countOf(view.to, all)];
      if (view.of === 'peak') return all[findPeak(all, from, to)]!.live;
      return all[to]!.live.filter(({index}) => index >= from);
    }
    case 'generations': {
      const [from, to] = [countOf(view.marks[0]!, all), countOf(view.marks.at(-1)!, all)];
      return all.at(-1)!.live.filter(({index}) => index >= from && index < to);
    }
  }
}

/** How many allocation records come before a moment: only what needs no memory records. */
function countOf(moment: Moment, all: readonly State[]): number {
  if (moment.kind === 'allocations') return moment.count;
  return moment.kind === 'share' && moment.percent === 100 ? all.length - 1 : 0;
}

function replayAll(
  records: readonly CaptureRecord[],
  view: View,
): {states: State[]; temporaries: Allocation[]; allocated: Allocation[]} {
  const stacks = new Map<number, string[]>();
  const recent = new Map<number, Allocation[]>();
  const names = new Map<number, string>();
  const states: State[] = [];
  const temporaries: Allocation[] = [];
  const allocated: Allocation[] = [];
  let simple = new Map<bigint, Allocation>();
  let mapped: Allocation[] = [];
  let heap = 0;
  let thread = 0;
  const windowSize = view.kind === 'temporary' ? view.threshold + 1 : 0;
  for (const record of records) {
    if (record.type === 'thread') {
      thread = record.id;
      if (!stacks.has(thread)) stacks.set(thread, []);
    } else if (record.type === 'code') {
      names.set(record.id, record.function);
    } else if (record.type === 'push') {
      stacks.get(thread)!.push(names.get(record.code)!);
    } else if (record.type === 'pop') {
      stacks.get(thread)!.splice(-(record.count ?? 1));
    } else if (record.type === 'allocate' || record.type === 'free') {
      const address = BigInt(record.address);
      const size = record.type === 'allocate' ? Number(record.size) : 0;
      const window = recent.get(thread) ?? [];
      recent.set(thread, window);
      const isUnmap = record.type === 'allocate' && record.allocator === allocators.munmap;
      const isMap = record.type === 'allocate' && record.allocator === allocators.mmap;
      simple = new Map(simple);
      if (record.type === 'free' || isUnmap) {
        const hit = window.find(other => other.address === address && (!isUnmap || other.size === size));
        if (hit) temporaries.push(hit);
        if (isUnmap) {
          const before = sum(mapped);
          mapped = mapped.flatMap(piece => cut(piece, address, address + BigInt(size)));
          heap -= before - sum(mapped);
        } else {
          heap -= simple.get(address)?.size ?? 0;
          simple.delete(address);
        }
      } else {
        const location = JSON.stringify([thread, stacks.get(thread)]);
        const end = address + BigInt(size);
        const allocator = record.allocator ?? allocators.malloc;
        const added = {address, end, size, index: states.length, location, allocator};
        allocated.push(added);
        window.unshift(added);
        window.splice(windowSize);
        heap += size;
        if (!isMap) simple.set(address, added);
        else if (size > 0) mapped = [...mapped, added];
      }
      states.push({heap, live: [...simple.values(), ...mapped]});
    }
  }
  return {states, temporaries, allocated};
}

const sum = (pieces: readonly Allocation[]): number => pieces.reduce((total, {size}) => total + size, 0);

/** What is left of a mapped piece without [start, end). */
function cut(piece: Allocation, start: bigint, end: bigint): Allocation[] {
  if (start === end || start >= piece.end || end <= piece.address) return [piece];
  const parts = [
    {...piece, end: start, size: Number(start - piece.address)},
    {...piece, address: end, size: Number(piece.end - end)},
  ];
  return parts.filter(({size}) => size > 0);
}

interface Group {
  readonly first: number;
  readonly bytes: number;
  readonly members: readonly Allocation[];
}

/** By location: biggest first, equals by their first allocation. */
function group(allocations: readonly Allocation[]): [string, Group][] {
  const groups = Map.groupBy(allocations, ({location}) => location);
  return [...groups]
    .map(([location, members]): [string, Group] => {
      const first = Math.min(...members.map(({index}) => index));
      return [location, {first, bytes: sum(members), members}];
    })
    .sort(([, a], [, b]) => b.bytes - a.bytes || a.first - b.first);
}

function toPlainLocation([location, {bytes, members}]: [string, Group]): PlainLocation {
  const [thread, stack] = JSON.parse(location) as [number, string[]];
  return {
    thread: `0x${thread.toString(16)}`,
    bytes,
    allocations: members.length,
    stack: stack.toReversed().map(name => [name, 'app.py', 0] as const),
  };
}

function countBlocks(members: readonly Allocation[], location: number): PlainBlock[] {
  const alike = Map.groupBy(members, ({allocator, size}) => `${allocator} ${size}`);
  return [...alike.values()]
    .map((same): PlainBlock => [location, same[0]!.allocator, same[0]!.size, same.length])
    .sort((a, b) => a[1] - b[1] || a[2] - b[2]);
}
