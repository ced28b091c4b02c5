import {IntColumn} from '../base/int-column.js';
import type {AggregatedForm} from '../capture/aggregated-forms.js';
import {type AggregatedAllocation, parseAggregatedRecords} from '../capture/aggregated-records.js';
import {BadValue, type ByteFeed, type Parsing} from '../capture/byte-feed.js';
import type {CaptureHeader} from '../capture/header.js';
import type {RecordsEnd} from '../capture/streaming-records.js';
import {type FrameNamer, UNKNOWN_FRAME} from './frame-names.js';
import type {BadReferences, HeapBody, HeapColumns} from './heap-body.js';
import {LoadedImages} from './loaded-images.js';
import {NativeTraceCollector, type NativeTraces} from './native-traces.js';
import {createAggregatedForm} from './record-forms.js';
import type {SnapshotOptions, View} from './snapshot.js';
import {
  createLocationColumns,
  type FrameNames,
  SnapshotBuilder,
  type StackCollector,
} from './snapshot-builder.js';
import {formatThreadLabel} from './thread-names.js';

/** Where the reader stands, for references that turn out to lead nowhere. */
export interface RecordPlace {
  readonly byteOffset: number;
  readonly recordIndex: number;
}

/** Allocations of one stack, native stack and thread. */
interface Group {
  readonly trace: number;
  readonly thread: number;
  /** Of its first record. */
  readonly native: number;
  readonly generation: number;
  bytes: number;
  allocations: number;
}

const MAX_EXACT = Number.MAX_SAFE_INTEGER;
/** How many of each are kept; more would not fit in memory beside the rest. */
const MAX_COUNTS = {
  frames: 2 ** 22,
  traces: 2 ** 24,
  'native frames': 2 ** 24,
  groups: 2 ** 21,
  threads: 2 ** 20,
};
/** Ids beyond this can refer to nothing that fits in memory. */
const MAX_ID = 2 ** 31 - 1;

/** Sums that were made while the program ran. Only ids are kept until the end, then they are resolved. */
export class AggregatedHeap implements HeapBody {
  readonly #header: CaptureHeader;
  readonly #view: View;
  readonly #form: AggregatedForm;
  readonly #namer: FrameNamer;
  /** Columns of frames: code id, instruction offset. */
  readonly #codeIds: bigint[] = [];
  readonly #offsets = new IntColumn();
  readonly #isEntry = new IntColumn();
  /** Columns of traces, 0 = no stack: frame, parent. */
  readonly #traceFrame = new IntColumn();
  readonly #traceParent = new IntColumn();
  readonly #traceDepth = new IntColumn();
  readonly #groups = new Map<string, Group>();
  readonly #threadIds: bigint[] = [];
  readonly #threadOf = new Map<string, number>();
  readonly #threadNames = new Map<number, string>();
  /** Columns of native frames, 0 = none: address in two halves, caller. */
  readonly #nativeLow = new IntColumn();
  readonly #nativeHigh = new IntColumn();
  readonly #nativeParent = new IntColumn();
  readonly #images = new LoadedImages();
  #maxNative = 0;
  #firstUse: RecordPlace | null = null;
  #bad = {count: 0, byteOffset: 0, recordIndex: 0};
  #largestSnapshot = 0;
  #leakedBytes = 0;
  /** Of the view. */
  #allocations = 0;
  allocationRecords = 0;
  peakBytes = 0;
  readonly #onRecord: () => void;
  readonly #onRecordEnd: () => void;
  readonly #getPlace: () => RecordPlace;
  readonly #maxCounts: typeof MAX_COUNTS;

  constructor(
    header: CaptureHeader,
    view: View,
    callbacks: {
      readonly onRecord: () => void;
      readonly onRecordEnd: () => void;
      readonly getPlace: () => RecordPlace;
    },
    maxCounts = MAX_COUNTS,
  ) {
    this.#maxCounts = maxCounts;
    this.#header = header;
    ({form: this.#form, namer: this.#namer} = createAggregatedForm(header));
    this.#view = view;
    this.#onRecord = callbacks.onRecord;
    this.#onRecordEnd = callbacks.onRecordEnd;
    this.#getPlace = callbacks.getPlace;
    this.#pushTrace(-1, 0, 0);
    this.#pushNative(0n, 0);
  }

  parse(feed: ByteFeed): Parsing<RecordsEnd> {
    return parseAggregatedRecords(feed, this.#form, {
      startRecord: this.#onRecord,
      endRecord: this.#onRecordEnd,
      addMemorySnapshot: heapBytes => {
        this.#largestSnapshot = Math.max(this.#largestSnapshot, heapBytes);
      },
      nameThread: (thread, name) => {
        this.#threadNames.set(this.#addThread(thread), name);
      },
      addFrame: (id, code, offset, isEntry) => {
        this.#ensureRoom('frames', this.#codeIds.length);
        // Ids run in the order of the file; one that does not cannot be meant by anything.
        if (id !== this.#codeIds.length) this.#noteBad(this.#getPlace());
        this.#codeIds.push(code);
        this.#offsets.push(offset);
        this.#isEntry.push(Number(isEntry));
      },
      addTrace: (frame, parent) => this.#addTrace(frame, parent),
      addNativeTrace: (ip, parent) => this.#addNative(ip, parent),
      startGeneration: () => this.#images.startGeneration(),
      addImage: ({path, address}) => this.#images.addImage(path, address),
      addSegment: (address, bytes) => this.#images.addSegment(address, bytes),
      addAllocation: allocation => this.#addAllocation(allocation),
    });
  }

  #pushTrace(frame: number, parent: number, depth: number): void {
    this.#traceFrame.push(frame);
    this.#traceParent.push(parent);
    this.#traceDepth.push(depth);
  }

  #addTrace(frame: number, parent: number): void {
    this.#ensureRoom('traces', this.#traceFrame.length);
    // Parents come first; anything else could make a circle.
    const isBad = parent >= this.#traceFrame.length;
    if (isBad) this.#noteBad(this.#getPlace());
    const sound = isBad ? 0 : parent;
    this.#pushTrace(Math.min(frame, MAX_ID), sound, this.#traceDepth.at(sound) + 1);
  }

  #pushNative(ip: bigint, parent: number): void {
    this.#nativeLow.push(Number(BigInt.asIntN(32, ip)));
    this.#nativeHigh.push(Number(BigInt.asIntN(32, ip >> 32n)));
    this.#nativeParent.push(parent);
  }

  #addNative(ip: bigint, parent: bigint): void {
    const count = this.#nativeParent.length;
    this.#ensureRoom('native frames', count);
    const isBad = parent >= count;
    if (isBad) this.#noteBad(this.#getPlace());
    this.#pushNative(ip, isBad ? 0 : Number(parent));
  }

  #addAllocation(allocation: AggregatedAllocation): void {
    const isLeaks = this.#view.kind === 'leaks';
    const bytes = isLeaks ? allocation.leakedBytes : allocation.peakBytes;
    const allocations = isLeaks ? allocation.leakedCount : allocation.peakCount;
    const sum = Math.max(
      this.peakBytes + allocation.peakBytes,
      this.#leakedBytes + allocation.leakedBytes,
      this.#allocations + allocations,
    );
    if (sum > MAX_EXACT) throw new BadValue('the sum of all allocations is too large to be true');
    this.#firstUse ??= this.#getPlace();
    if (allocations > 0) this.#addToGroup(allocation, bytes, allocations);
    this.allocationRecords++;
    this.peakBytes += allocation.peakBytes;
    this.#leakedBytes += allocation.leakedBytes;
    this.#allocations += allocations;
    this.#maxNative = Math.max(this.#maxNative, allocation.native);
  }

  #addToGroup(allocation: AggregatedAllocation, bytes: number, allocations: number): void {
    const {thread: id, trace, native, generation} = allocation;
    const thread = this.#addThread(id);
    const key = `${trace}:${native}:${thread}`;
    const group = this.#groups.get(key);
    if (group !== undefined) {
      group.bytes += bytes;
      group.allocations += allocations;
      return;
    }
    this.#ensureRoom('groups', this.#groups.size);
    const kept = {trace: Math.min(trace, MAX_ID), thread, native, generation};
    this.#groups.set(key, {...kept, bytes, allocations});
  }

  #addThread(id: bigint): number {
    const key = `#${id}`;
    const known = this.#threadOf.get(key);
    if (known !== undefined) return known;
    this.#ensureRoom('threads', this.#threadIds.length);
    this.#threadOf.set(key, this.#threadIds.length);
    this.#threadIds.push(id);
    return this.#threadIds.length - 1;
  }

  /** Throws BadValue if there are too many of a kind. */
  #ensureRoom(kind: keyof typeof MAX_COUNTS, count: number): void {
    if (count >= this.#maxCounts[kind]) throw new BadValue(`there are more than ${count} ${kind}`, true);
  }

  #noteBad(place: RecordPlace): void {
    if (this.#bad.count === 0) this.#bad = {...place, count: 0};
    this.#bad.count++;
  }

  get badReferences(): BadReferences {
    return this.#bad;
  }

  /** References may point forward, so most can only be checked now. They are told with the first allocation's place. */
  finish(): void {
    const place = this.#firstUse ?? this.#getPlace();
    for (let trace = 1; trace < this.#traceFrame.length; trace++) {
      if (this.#traceFrame.at(trace) >= this.#codeIds.length) this.#noteBad(place);
    }
    for (const group of this.#groups.values()) {
      if (group.trace >= this.#traceFrame.length) this.#noteBad(place);
    }
    for (const code of this.#codeIds) if (!this.#namer.has(code)) this.#noteBad(place);
    if (this.#maxNative >= this.#nativeParent.length) this.#noteBad(place);
  }

  getNotes(): string[] {
    // The recording notes the heap now and then; its peak cannot be lower than what was noted.
    if (this.peakBytes >= this.#largestSnapshot) return [];
    return ['The recorded allocations are less than the heap that was noted while recording.'];
  }

  takeColumns(options: SnapshotOptions): HeapColumns {
    return this.#take(options, null);
  }

  takeUnmerged(options: SnapshotOptions): HeapColumns & {readonly native: NativeTraces} {
    const trie = {
      getIp: (entry: number) =>
        (BigInt(this.#nativeHigh.at(entry)) << 32n) | BigInt(this.#nativeLow.at(entry) >>> 0),
      getParent: (entry: number) => this.#nativeParent.at(entry),
    };
    const collector = new NativeTraceCollector(trie);
    return {...this.#take(options, collector), native: collector.finish(this.#images.finish())};
  }

  #take({biggestAllocs}: SnapshotOptions, traces: NativeTraceCollector | null): HeapColumns {
    // A stable sort: equals keep the order in which their first record came.
    const sorted = [...this.#groups.values()].sort((a, b) => b.bytes - a.bytes);
    const shown = sorted.slice(0, biggestAllocs);
    const builder = new SnapshotBuilder(
      this.#createCollector(),
      frame => this.#getNames(frame),
      frame => this.#namer.isEntry(this.#codeIds[frame] ?? 0n, this.#isEntry.at(frame) === 1),
    );
    const locations = createLocationColumns(shown.length);
    shown.forEach((group, i) => {
      const id = this.#threadIds[group.thread]!;
      const trace = group.trace < this.#traceFrame.length ? group.trace : 0;
      locations.bytes[i] = group.bytes;
      locations.allocations[i] = group.allocations;
      const isMain = id === this.#header.mainThread;
      locations.stack[i] = builder.addStack(trace, isMain && traces === null);
      const native = group.native < this.#nativeParent.length ? group.native : 0;
      traces?.add(native, group.generation, isMain ? this.#header.skippedFrames : 0);
      locations.thread[i] = builder.addThread(group.thread, () =>
        formatThreadLabel(id, this.#threadNames.get(group.thread) ?? ''),
      );
    });
    const rest = sorted.slice(shown.length);
    return {
      ...builder.finish(locations, traces),
      elided: {
        locations: rest.length,
        allocations: rest.reduce((sum, group) => sum + group.allocations, 0),
        bytes: rest.reduce((sum, group) => sum + group.bytes, 0),
      },
    };
  }

  #createCollector(): StackCollector {
    const {skippedFrames} = this.#header;
    const prefixes = new IntColumn();
    const frames = new IntColumn();
    // Traces belong to all threads, but on the main thread their outermost frames are hidden: two trees.
    const rows = [new Map<number, number>(), new Map<number, number>()] as const;
    return {
      add: (trace, isMain) => {
        const rowOf = rows[isMain ? 1 : 0];
        const added: number[] = [];
        let at = trace;
        for (; this.#traceDepth.at(at) > (isMain ? skippedFrames : 0); at = this.#traceParent.at(at)) {
          if (rowOf.has(at)) break;
          added.push(at);
        }
        let prefix = rowOf.get(at) ?? -1;
        for (const node of added.reverse()) {
          prefixes.push(prefix);
          frames.push(this.#traceFrame.at(node));
          prefix = prefixes.length - 1;
          rowOf.set(node, prefix);
        }
        return prefix;
      },
      finish: () => ({prefix: prefixes.toArray(), frame: frames.toArray()}),
    };
  }

  #getNames(frame: number): FrameNames {
    const code = this.#codeIds[frame];
    if (code === undefined) return UNKNOWN_FRAME;
    return this.#namer.getNames(code, this.#offsets.at(frame));
  }
}
