import {DoubleColumn} from '../base/column.js';
import {partitionPoint} from '../base/partition-point.js';
import type {ByteReader, Parsing} from '../capture/byte-reader.js';
import {CaptureError} from '../capture/damage.js';
import type {CaptureHeader} from '../capture/header.js';
import {KeptTexts} from '../capture/kept-texts.js';
import {parseStreamingRecords, type RecordsEnd} from '../capture/streaming-records.js';
import type {BlockCoreExports} from '../core/block-core.js';
import {type CoreExports, selections} from '../core/core.js';
import {readBlocks} from './block-columns.js';
import type {Course, StartedCores} from './course.js';
import type {BadReferences, HeapBackend, HeapColumns} from './heap-backend.js';
import {BYTES_PER_LOCATION, type HeapBudget} from './heap-budget.js';
import {KeptCourse} from './kept-course.js';
import {LoadedImages} from './loaded-images.js';
import {NativeTraceCollector, type NativeTraces} from './native-traces.js';
import {createStreamingEncoding, type StreamingEncoding} from './record-encodings.js';
import {type Selection, selectInCore} from './selection.js';
import {isPeak, isSameView, type RunFacts, type SnapshotOptions, type View} from './snapshot.js';
import {createLocationColumns, SnapshotBuilder, type StackCollector} from './snapshot-builder.js';
import {getMaxStackNodes} from './stack-limit.js';
import type {FrameTexts} from './text-frame-table.js';
import {formatThreadLabel, ThreadNames} from './thread-names.js';

/**
 * Sizes from here on no machine of today could give out: 2^47 bytes are all the address space of a process.
 */
const IMPLAUSIBLE_BYTES = 2 ** 47;

/** What the core selects for a view. */
function toSelection(view: View): number {
  if (isPeak(view)) return selections.peak;
  if (view.kind === 'range' || view.kind === 'generations') return selections.born;
  return view.kind === 'leaks' || view.kind === 'moment' ? selections.live : selections.sums;
}

const TOO_MANY_BLOCKS = 'has too many allocations of different sizes to keep them in memory';

/** Memory records of header version 6 have the time since the epoch, later ones that since the start. */
function getTimeOffset({format, startTimeMs}: CaptureHeader): number {
  return format.recordEncoding === 6 ? 0 : startTimeMs;
}

/** All allocations: the core keeps the heap, this asks it for what is shown. */
export class StreamingHeap implements HeapBackend {
  readonly #core: CoreExports;
  readonly #header: CaptureHeader;
  readonly #encoding: StreamingEncoding;
  /** Names as the peak knows them, and as everything later does. */
  readonly #peakNames = new ThreadNames();
  readonly #names = new ThreadNames();
  readonly #texts: KeptTexts;
  readonly #images = new LoadedImages();
  /** For each generation how many allocation records came before it. */
  readonly #generationStarts = new DoubleColumn();
  readonly #onRecord: () => void;
  readonly #view: View;
  /** The core once more, where it keeps the blocks of the view. */
  readonly #blockCore: BlockCoreExports | null;
  readonly kept: KeptCourse | null;
  readonly #course: Course | null;
  /** All records are there, and so are the blocks. */
  #hasBlocks = false;

  /**
   * @param onRecord called before each record that the core does not read
   * @param cores the core once more, as what it keeps
   * @param course that has begun
   */
  constructor(
    core: CoreExports,
    header: CaptureHeader,
    view: View,
    onRecord: () => void,
    {blockCore, historyCore}: Pick<StartedCores, 'blockCore' | 'historyCore'>,
    course: Course | null = null,
  ) {
    this.#core = core;
    this.#course = course;
    this.#view = view;
    this.#blockCore = blockCore;
    this.kept =
      historyCore &&
      new KeptCourse(
        historyCore,
        {startTimeMs: header.startTimeMs, timeOffsetMs: getTimeOffset(header)},
        (...args) => this.#makeColumns(...args, null),
      );
    this.#texts = new KeptTexts(core);
    this.#header = header;
    this.#onRecord = onRecord;
    this.#encoding = createStreamingEncoding(core, this.#texts, header, {
      nameThread: text => {
        const name = this.#texts.keep(text);
        if (name === 0) return;
        const thread = core.currentThread();
        const records = this.allocationRecords;
        this.#peakNames.add(thread, name, records, core.peakRecords());
        this.#names.add(thread, name, records, records);
      },
      startGeneration: () => {
        this.#takeSegments();
        this.#images.startGeneration();
        this.#generationStarts.push(this.allocationRecords);
      },
      addImage: ({path, address}) => {
        this.#takeSegments();
        this.#images.addImage(path, address);
      },
    });
    if (view.kind === 'temporary')
      core.initTemporary(BigInt(Math.min(view.threshold, Number.MAX_SAFE_INTEGER)));
  }

  parse(reader: ByteReader): Parsing<RecordsEnd> {
    return parseStreamingRecords(this.#core, reader, {
      startRecord: this.#onRecord,
      parseColdRecord: this.#encoding.parseColdRecord,
      passStop: () => this.#course?.pass() ?? false,
    });
  }

  finish(): void {
    this.#takeSegments();
    this.kept?.finish();
    this.#course?.finish();
    if (this.#blockCore === null) return;
    if (this.#blockCore.finishBlocks() === 0) throw new CaptureError('no-blocks', TOO_MANY_BLOCKS);
    this.#hasBlocks = true;
  }

  /** The core has read the segments of the image that was added last. */
  #takeSegments(): void {
    const core = this.#core;
    const at = core.segments() >>> 0;
    const count = core.segmentCount();
    const pairs = new BigUint64Array(core.memory.buffer, at, 2 * count);
    for (let i = 0; i < pairs.length; i += 2) this.#images.addSegment(pairs[i]!, pairs[i + 1]!);
  }

  /** The number of the generation that an allocation record belongs to; they count from 1. */
  #getGeneration(record: number): number {
    const starts = this.#generationStarts;
    return partitionPoint(0, starts.length, generation => starts.at(generation) <= record);
  }

  get allocationRecords(): number {
    return this.#core.allocationRecords();
  }

  get peakBytes(): number {
    return this.#core.peakBytes();
  }

  get run(): RunFacts {
    const core = this.#core;
    const hasMemoryRecords = core.memoryRecords() > 0;
    const peakMs = core.peakMs();
    return {
      peakRecords: core.peakRecords(),
      peakTimeMs: Number.isNaN(peakMs) ? null : this.#toTime(peakMs),
      highestRss: hasMemoryRecords ? core.highestRss() : null,
      highestRssTimeMs: hasMemoryRecords ? this.#toTime(core.highestRssMs()) : null,
    };
  }

  /** The time of a memory record; from version 7 on they count from the start. */
  #toTime(ms: number): number {
    return getTimeOffset(this.#header) + ms;
  }

  get heapBytes(): number {
    return this.#core.heapBytes();
  }

  get badReferences(): BadReferences {
    const core = this.#core;
    return {
      count: core.badReferences(),
      byteOffset: core.firstBadOffset(),
      recordIndex: core.firstBadRecord(),
    };
  }

  /** The name of a thread, as far as the records that a view needs contain it. */
  #getName(thread: number, view: View): string {
    const name = isPeak(view)
      ? this.#peakNames.get(thread, this.#core.peakRecords())
      : this.#names.get(thread, this.allocationRecords);
    return this.#texts.get(name);
  }

  getNotes(): string[] {
    const core = this.#core;
    const notes: string[] = [];
    if (core.clockSteps() > 0) notes.push('The clock stepped back during the recording.');
    if (core.largestSize() > IMPLAUSIBLE_BYTES)
      notes.push('An allocation is implausibly large; the file may be damaged.');
    if (core.unknownFrees() * 2 > core.frees()) {
      notes.push(
        'More than half of what was freed was not allocated in this recording: it began late, or the file is damaged.',
      );
    }
    if (core.implausibleRss() > 0)
      notes.push(
        'The heap is far larger than the recorded resident memory: mappings were hardly used, or the file is damaged.',
      );
    return notes;
  }

  selectColumns(options: SnapshotOptions, budget: HeapBudget): HeapColumns {
    return this.#selectColumns(options, budget, null);
  }

  getUnmergedSnapshot(
    options: SnapshotOptions,
    budget: HeapBudget,
  ): HeapColumns & {readonly native: NativeTraces} {
    const core = this.#core;
    const trie = {
      getIp: (entry: number) => core.nativeIp(entry),
      getParent: (entry: number) => core.nativeParent(entry),
    };
    const collector = new NativeTraceCollector(trie);
    const columns = this.#selectColumns(options, budget, collector);
    const cutStacks = columns.cutStacks + collector.cutStacks;
    return {...columns, cutStacks, native: collector.finish(this.#images.finish())};
  }

  #selectColumns(
    {view, biggestAllocs}: SnapshotOptions,
    budget: HeapBudget,
    traces: NativeTraceCollector | null,
  ): HeapColumns {
    const maxLocations = Math.min(biggestAllocs, 2 ** 32 - 1);
    const selection = selectInCore(this.#core, toSelection(view), maxLocations);
    const columns = this.#makeColumns(selection, view, budget, traces);
    return {...columns, ...this.#getBlocks(view, selection.length)};
  }

  #makeColumns(
    selection: Selection,
    view: View,
    budget: HeapBudget,
    traces: NativeTraceCollector | null,
  ): HeapColumns {
    const core = this.#core;
    const {length} = selection;
    const builder = this.#createBuilder(budget, getMaxStackNodes(length));
    budget.spend(length * BYTES_PER_LOCATION);
    const locations = createLocationColumns(length);
    let shownBytes = 0;
    let shownAllocations = 0;
    for (let i = 0; i < length; i++) {
      const id = selection.getLocation(i);
      const thread = core.locationThread(id);
      const threadId = BigInt.asUintN(64, core.threadId(thread));
      const isMain = threadId === this.#header.mainThread;
      locations.bytes[i] = selection.getBytes(id);
      locations.allocations[i] = selection.getAllocations(id);
      locations.stack[i] = builder.addStack(core.locationNode(id), isMain && traces === null);
      const skippedFrames = isMain ? this.#header.skippedFrames : 0;
      traces?.add(core.locationNative(id), this.#getGeneration(selection.getFirst(id)), skippedFrames);
      locations.thread[i] = builder.addThread(thread, () =>
        formatThreadLabel(threadId, this.#getName(thread, view)),
      );
      shownBytes += locations.bytes[i]!;
      shownAllocations += locations.allocations[i]!;
    }
    return {
      ...builder.finish(locations, traces),
      elided: {
        locations: selection.totalLocations - length,
        allocations: selection.totalAllocations - shownAllocations,
        bytes: selection.totalBytes - shownBytes,
      },
    };
  }

  /** Of the chosen locations. */
  #getBlocks(view: View, length: number): Pick<HeapColumns, 'blocks'> {
    const core = this.#blockCore;
    if (core === null || !this.#hasBlocks || !isSameView(view, this.#view)) return {};
    const addresses = Array.from(
      {length},
      (_, index) => core.locationAddress(core.chosenLocation(index)) >>> 0,
    );
    return {blocks: readBlocks(core, addresses)};
  }

  #createBuilder(budget: HeapBudget, maxStackNodes: number): SnapshotBuilder {
    return new SnapshotBuilder(
      this.#texts,
      budget,
      this.#createCollector(maxStackNodes),
      frame => this.#getNames(frame),
      frame => this.#isInterpreterEntry(frame),
    );
  }

  #createCollector(maxRows: number): StackCollector {
    const core = this.#core;
    const {skippedFrames} = this.#header;
    const hiddenOfMain = Math.min(skippedFrames, 2 ** 32 - 1);
    let cutStacks = 0;
    return {
      get cutStacks() {
        return cutStacks;
      },
      add: (node, isMain) => {
        const row = core.collectStack(node, isMain ? hiddenOfMain : 0, maxRows);
        cutStacks += core.isStackCut();
        // No memory for a stack (−2) is shown as no stack: the capture is then marked as too large anyway.
        return Math.max(-1, row);
      },
      finish: () => {
        const length = core.finishCollecting() >>> 0;
        const at = core.collectedRows() >>> 0;
        const rows = new Int32Array(core.memory.buffer, at, 2 * length);
        const prefix = new Int32Array(length);
        const frame = new Int32Array(length);
        for (let i = 0; i < length; i++) {
          prefix[i] = rows[2 * i]!;
          frame[i] = rows[2 * i + 1]!;
        }
        return {prefix, frame};
      },
    };
  }

  #isInterpreterEntry(frame: number): boolean {
    const code = BigInt.asUintN(64, this.#core.frameCode(frame));
    return this.#encoding.resolver.isInterpreterEntry(code, this.#core.frameIsEntry(frame) !== 0);
  }

  #getNames(frame: number): FrameTexts {
    const core = this.#core;
    const code = BigInt.asUintN(64, core.frameCode(frame));
    return this.#encoding.resolver.getNames(code, core.frameOffset(frame));
  }
}
