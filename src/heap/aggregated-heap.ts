import {DoubleColumn, IntColumn} from '../base/column.js';
import {listBiggest} from '../base/list-biggest.js';
import {TripleTable} from '../base/triple-table.js';
import type {AggregatedEncoding} from '../capture/aggregated-encodings.js';
import {type AggregatedAllocation, parseAggregatedRecords} from '../capture/aggregated-records.js';
import {type ByteReader, InvalidDataError, type Parsing} from '../capture/byte-reader.js';
import type {CaptureHeader} from '../capture/header.js';
import {KeptTexts} from '../capture/kept-texts.js';
import type {RecordsEnd} from '../capture/streaming-records.js';
import type {CoreExports} from '../core/core.js';
import {BYTES_OF, CHECK_INTERVAL, MAX_BYTES, MAX_COUNTS, MAX_EXACT, MAX_ID} from './aggregated-limits.js';
import type {FrameResolver} from './frame-resolver.js';
import type {BadReferences, HeapBackend, HeapColumns} from './heap-backend.js';
import {BYTES_PER_LOCATION, type HeapBudget} from './heap-budget.js';
import {LoadedImages} from './loaded-images.js';
import {MemorySnapshots} from './memory-snapshots.js';
import {NativeTraceCollector, type NativeTraces} from './native-traces.js';
import {createAggregatedEncoding} from './record-encodings.js';
import type {RunFacts, SnapshotOptions, View} from './snapshot.js';
import {createLocationColumns, SnapshotBuilder, type StackCollector} from './snapshot-builder.js';
import {getMaxStackNodes, OutermostNodes} from './stack-limit.js';
import type {FrameTexts} from './text-frame-table.js';
import {formatThreadLabel} from './thread-names.js';
import type {Timeline} from './timeline.js';

/** Where the reader stands, for references that turn out to lead nowhere. */
export interface RecordPosition {
  readonly byteOffset: number;
  readonly recordIndex: number;
}

/** Sums that were made while the program ran. Only ids are kept until the end, then they are resolved. */
export class AggregatedHeap implements HeapBackend {
  readonly #header: CaptureHeader;
  readonly #view: View;
  readonly #encoding: AggregatedEncoding;
  readonly #resolver: FrameResolver;
  readonly #core: CoreExports;
  readonly #texts: KeptTexts;
  /** Columns of frames: code id in two halves, instruction offset. */
  readonly #codeLow = new IntColumn();
  readonly #codeHigh = new IntColumn();
  readonly #offsets = new IntColumn();
  readonly #isInterpreterEntry = new IntColumn();
  /** Columns of traces, 0 = no stack: frame, parent. */
  readonly #traceFrame = new IntColumn();
  readonly #traceParent = new IntColumn();
  readonly #traceDepth = new IntColumn();
  /**
   * Allocations of one (trace, native stack, thread), with the columns of their sums and of the first one's
   * images.
   */
  readonly #groups = new TripleTable();
  readonly #groupBytes = new DoubleColumn();
  readonly #groupAllocations = new DoubleColumn();
  readonly #generations = new DoubleColumn();
  /** Kept names of threads, by the core's numbers. */
  readonly #threadNames = new IntColumn();
  #lastThread = {id: -1n, number: 0};
  /** Columns of native frames, 0 = none: address in two halves, caller. */
  readonly #nativeLow = new IntColumn();
  readonly #nativeHigh = new IntColumn();
  readonly #nativeParent = new IntColumn();
  readonly #images = new LoadedImages();
  #maxNative = 0;
  #firstUse: RecordPosition | null = null;
  #bad = {count: 0, byteOffset: 0, recordIndex: 0};
  readonly #memory = new MemorySnapshots();
  #leakedBytes = 0;
  /** Of all groups. */
  #bytes = 0;
  #allocations = 0;
  allocationRecords = 0;
  peakBytes = 0;
  readonly heapBytes = null;
  readonly #onRecord: () => void;
  readonly #onRecordEnd: () => void;
  readonly #getPosition: () => RecordPosition;
  readonly #maxCounts: typeof MAX_COUNTS;

  constructor(
    core: CoreExports,
    header: CaptureHeader,
    view: View,
    callbacks: {
      readonly onRecord: () => void;
      readonly onRecordEnd: () => void;
      readonly getPosition: () => RecordPosition;
    },
    maxCounts = MAX_COUNTS,
  ) {
    this.#core = core;
    this.#texts = new KeptTexts(core);
    this.#maxCounts = maxCounts;
    this.#header = header;
    ({encoding: this.#encoding, resolver: this.#resolver} = createAggregatedEncoding(
      core,
      this.#texts,
      header,
    ));
    this.#view = view;
    this.#onRecord = callbacks.onRecord;
    this.#onRecordEnd = callbacks.onRecordEnd;
    this.#getPosition = callbacks.getPosition;
    this.#pushTrace(-1, 0, 0);
    this.#pushNative(0n, 0);
  }

  get run(): RunFacts {
    return this.#memory.run;
  }

  getTimeline(): Timeline | null {
    return this.#memory.getTimeline(this.#header.startTimeMs);
  }

  parse(reader: ByteReader): Parsing<RecordsEnd> {
    return parseAggregatedRecords(reader, this.#encoding, {
      startRecord: this.#onRecord,
      endRecord: () => {
        this.#onRecordEnd();
        if (this.#core.isExhausted() !== 0)
          throw new InvalidDataError('there are too many names or threads', true);
      },
      addMemorySnapshot: (...facts) => this.#memory.add(...facts),
      nameThread: (thread, name) => {
        this.#threadNames.set(this.#addThread(thread), this.#texts.keep(name));
      },
      addFrame: (id, code, offset, isInterpreterEntry) => {
        this.#checkLimit('frames', this.#codeLow.length);
        // Ids run in the order of the file; one that does not cannot be meant by anything.
        if (id !== this.#codeLow.length) this.#noteBad(this.#getPosition());
        this.#codeLow.push(Number(BigInt.asIntN(32, code)));
        this.#codeHigh.push(Number(BigInt.asIntN(32, code >> 32n)));
        this.#offsets.push(offset);
        this.#isInterpreterEntry.push(Number(isInterpreterEntry));
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
    this.#checkLimit('traces', this.#traceFrame.length);
    // Parents come first; anything else could make a circle.
    const isBad = parent >= this.#traceFrame.length;
    if (isBad) this.#noteBad(this.#getPosition());
    const validParent = isBad ? 0 : parent;
    this.#pushTrace(Math.min(frame, MAX_ID), validParent, this.#traceDepth.at(validParent) + 1);
  }

  #pushNative(ip: bigint, parent: number): void {
    this.#nativeLow.push(Number(BigInt.asIntN(32, ip)));
    this.#nativeHigh.push(Number(BigInt.asIntN(32, ip >> 32n)));
    this.#nativeParent.push(parent);
  }

  #addNative(ip: bigint, parent: bigint): void {
    const count = this.#nativeParent.length;
    this.#checkLimit('native frames', count);
    const isBad = parent >= count;
    if (isBad) this.#noteBad(this.#getPosition());
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
    if (sum > MAX_EXACT) throw new InvalidDataError('the sum of all allocations is too large to be true');
    this.#firstUse ??= this.#getPosition();
    if (allocations > 0) {
      this.#addToGroup(allocation, bytes, allocations);
      this.#bytes += bytes;
    }
    this.allocationRecords++;
    this.peakBytes += allocation.peakBytes;
    this.#leakedBytes += allocation.leakedBytes;
    this.#allocations += allocations;
    this.#maxNative = Math.max(this.#maxNative, allocation.native);
  }

  #addToGroup(allocation: AggregatedAllocation, bytes: number, allocations: number): void {
    const {trace, native, generation} = allocation;
    const thread = this.#addThread(allocation.thread);
    const known = this.#groups.get(trace, native, thread);
    if (known >= 0) {
      this.#groupBytes.addTo(known, bytes);
      this.#groupAllocations.addTo(known, allocations);
      return;
    }
    this.#checkLimit('groups', this.#groups.length);
    this.#groups.add(trace, native, thread);
    this.#groupBytes.push(bytes);
    this.#groupAllocations.push(allocations);
    this.#generations.push(generation);
  }

  /** The core's number of a thread, whose table knows all of them. */
  #addThread(id: bigint): number {
    if (this.#lastThread.id === id) return this.#lastThread.number;
    const count = this.#core.threadCount();
    this.#core.switchThread(id);
    const number = this.#core.currentThread();
    // The core counts from 1.
    if (this.#core.threadCount() > count) this.#checkLimit('threads', count - 1);
    while (this.#threadNames.length <= number) this.#threadNames.push(0);
    this.#lastThread = {id, number};
    return number;
  }

  /** Throws InvalidDataError if there are too many of a kind. */
  #checkLimit(kind: keyof typeof MAX_COUNTS, count: number): void {
    if (count >= this.#maxCounts[kind])
      throw new InvalidDataError(`there are more than ${count} ${kind}`, true);
    if (count % CHECK_INTERVAL === 0 && this.#countBytes() > MAX_BYTES) {
      throw new InvalidDataError(`frames, traces and groups take more than ${MAX_BYTES} bytes`, true);
    }
  }

  #countBytes(): number {
    return (
      this.#core.memoryInUse() +
      BYTES_OF.frames * this.#codeLow.length +
      BYTES_OF.traces * this.#traceFrame.length +
      BYTES_OF['native frames'] * this.#nativeParent.length +
      BYTES_OF.groups * this.#groups.length +
      BYTES_OF.threads * this.#threadNames.length
    );
  }

  #noteBad(position: RecordPosition): void {
    if (this.#bad.count === 0) this.#bad = {...position, count: 0};
    this.#bad.count++;
  }

  get badReferences(): BadReferences {
    return this.#bad;
  }

  /**
   * References may point forward, so most can only be checked now. They are reported with the first
   * allocation's position.
   */
  finish(): void {
    const position = this.#firstUse ?? this.#getPosition();
    for (let trace = 1; trace < this.#traceFrame.length; trace++) {
      if (this.#traceFrame.at(trace) >= this.#codeLow.length) this.#noteBad(position);
    }
    for (let group = 0; group < this.#groups.length; group++) {
      if (this.#groups.firstAt(group) >= this.#traceFrame.length) this.#noteBad(position);
    }
    for (let frame = 0; frame < this.#codeLow.length; frame++) {
      if (!this.#resolver.has(this.#getCode(frame))) this.#noteBad(position);
    }
    if (this.#maxNative >= this.#nativeParent.length) this.#noteBad(position);
  }

  getNotes(): string[] {
    // The recording notes the heap now and then; its peak cannot be lower than what was noted.
    if (this.peakBytes >= this.#memory.largestHeap) return [];
    return [
      'The recorded sums are smaller than the heap size noted during the recording; the file may be damaged.',
    ];
  }

  selectColumns(options: SnapshotOptions, budget: HeapBudget): HeapColumns {
    return this.#selectColumns(options, budget, null);
  }

  getUnmergedSnapshot(
    options: SnapshotOptions,
    budget: HeapBudget,
  ): HeapColumns & {readonly native: NativeTraces} {
    const trie = {
      getIp: (entry: number) => joinHalves(this.#nativeLow.at(entry), this.#nativeHigh.at(entry)),
      getParent: (entry: number) => this.#nativeParent.at(entry),
    };
    const collector = new NativeTraceCollector(trie);
    const columns = this.#selectColumns(options, budget, collector);
    const cutStacks = columns.cutStacks + collector.cutStacks;
    return {...columns, cutStacks, native: collector.finish(this.#images.finish())};
  }

  #selectColumns(
    {biggestAllocs}: SnapshotOptions,
    budget: HeapBudget,
    traces: NativeTraceCollector | null,
  ): HeapColumns {
    const shown = listBiggest(this.#groupBytes.values, biggestAllocs);
    const builder = new SnapshotBuilder(
      this.#texts,
      budget,
      this.#createCollector(getMaxStackNodes(shown.length)),
      frame => this.#getNames(frame),
      frame =>
        this.#resolver.isInterpreterEntry(this.#getCode(frame), this.#isInterpreterEntry.at(frame) === 1),
    );
    budget.spend(shown.length * BYTES_PER_LOCATION);
    const locations = createLocationColumns(shown.length);
    let shownBytes = 0;
    let shownAllocations = 0;
    shown.forEach((group, i) => {
      const thread = this.#groups.thirdAt(group);
      const id = BigInt.asUintN(64, this.#core.threadId(thread));
      const isMain = id === this.#header.mainThread;
      locations.bytes[i] = this.#groupBytes.at(group);
      locations.allocations[i] = this.#groupAllocations.at(group);
      const trace = orNone(this.#groups.firstAt(group), this.#traceFrame);
      locations.stack[i] = builder.addStack(trace, isMain && traces === null);
      const native = orNone(this.#groups.secondAt(group), this.#nativeParent);
      traces?.add(native, this.#generations.at(group), isMain ? this.#header.skippedFrames : 0);
      locations.thread[i] = builder.addThread(thread, () =>
        formatThreadLabel(id, this.#texts.get(this.#threadNames.at(thread))),
      );
      shownBytes += locations.bytes[i]!;
      shownAllocations += locations.allocations[i]!;
    });
    return {
      ...builder.finish(locations, traces),
      elided: {
        locations: this.#groups.length - shown.length,
        allocations: this.#allocations - shownAllocations,
        bytes: this.#bytes - shownBytes,
      },
    };
  }

  #createCollector(maxRows: number): StackCollector {
    const {skippedFrames} = this.#header;
    const prefixes = new IntColumn();
    const frames = new IntColumn();
    // Traces belong to all threads, but on the main thread their outermost frames are skipped: two trees.
    const rows: Record<'main' | 'other', Int32Array | null> = {main: null, other: null};
    let cutStacks = 0;
    return {
      get cutStacks() {
        return cutStacks;
      },
      add: (trace, isMain) => {
        rows[isMain ? 'main' : 'other'] ??= new Int32Array(this.#traceFrame.length);
        // Number + 1 of the row of each trace.
        const rowOf = rows[isMain ? 'main' : 'other']!;
        const added = new OutermostNodes(maxRows - prefixes.length);
        let at = trace;
        for (; this.#traceDepth.at(at) > (isMain ? skippedFrames : 0); at = this.#traceParent.at(at)) {
          if (rowOf[at] !== 0) break;
          added.add(at);
        }
        let prefix = rowOf[at]! - 1;
        for (const node of added.list()) {
          prefixes.push(prefix);
          frames.push(this.#traceFrame.at(node));
          prefix = prefixes.length - 1;
          rowOf[node] = prefix + 1;
        }
        cutStacks += Number(added.isCut);
        return prefix;
      },
      finish: () => ({prefix: prefixes.toArray(), frame: frames.toArray()}),
    };
  }

  #getNames(frame: number): FrameTexts {
    if (frame >= this.#codeLow.length) return this.#resolver.unknown;
    return this.#resolver.getNames(this.#getCode(frame), this.#offsets.at(frame));
  }

  /** Of a frame that is not there it is 0. */
  #getCode(frame: number): bigint {
    if (frame >= this.#codeLow.length) return 0n;
    return joinHalves(this.#codeLow.at(frame), this.#codeHigh.at(frame));
  }
}

/** The unsigned number of 64 bits whose halves these are. */
function joinHalves(low: number, high: number): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}

/** What an id refers to, 0 where that is nothing. */
function orNone(id: number, {length}: IntColumn): number {
  return id < length ? id : 0;
}
