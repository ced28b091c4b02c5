import {concatBytes} from '../base/bytes.js';
import {ByteReader, type Parsing} from '../capture/byte-reader.js';
import {CaptureError, type Damage, type DamageCode, toUnpacked} from '../capture/damage.js';
import type {CaptureHeader} from '../capture/header.js';
import {isLz4Magic, Lz4FrameReader} from '../capture/lz4-frame.js';
import {TOO_LARGE} from '../capture/streaming-records.js';
import {type CoreExports, createCore} from '../core/core.js';
import {AggregatedHeap, type RecordPosition} from './aggregated-heap.js';
import {addShownNotes, type ColumnFacts, createCaptureInfo} from './capture-info.js';
import {checkAggregated} from './check-aggregated.js';
import {type CoreOptions, type StartedCores, startCores} from './course.js';
import {hasAllRecords, parseFileHeader} from './file-header.js';
import type {HeapBackend, HeapColumns} from './heap-backend.js';
import {makeWithin} from './heap-budget.js';
import type {History} from './history.js';
import type {UnmergedSnapshot} from './native-traces.js';
import {describeParseError} from './parse-error.js';
import {selectHistory, selectNearest, selectUnmerged, selectWhole} from './select-within.js';
import {type CaptureInfo, isHeap, type Snapshot, type SnapshotOptions, type View} from './snapshot.js';
import {StreamingHeap} from './streaming-heap.js';
import type {Timeline} from './timeline.js';

/** Reads a capture piece by piece. Knows nothing of files: whoever has bytes pushes them. */
export interface CaptureParser {
  /**
   * Takes the next bytes of the file as stored. What is wrong with them ends up in the snapshot's `damage`.
   * @throws CaptureError if there is nothing to show: not a capture, a version that is not read, …
   */
  push(chunk: Uint8Array): void;
  /** No further byte can change anything: the trailer was read, or reading has ended at damage. */
  readonly isDone: boolean;
  /** Reading has ended where its course ends. */
  readonly isStopped: boolean;
  /** Damage was found. Together with `isDone`: what follows it is not looked at. */
  readonly hasDamage: boolean;
  /**
   * All frames of a compressed capture are complete so far: it may well end here. Always false for others.
   */
  readonly isAtFrameEnd: boolean;
  /**
   * The input is over. To be called once.
   * @param error why it ended before its time, where the source knows; null otherwise
   * @throws CaptureError if there is nothing to show: empty, or it ended inside the header
   */
  end(error?: InputError | null): void;
  /** Records of any kind so far. */
  readonly records: number;
  /** Records of allocations and deallocations so far. */
  readonly allocationRecords: number;
  /** The highest heap so far, of a range in it, and how many allocation records lead to it; null where only sums are recorded. */
  readonly peak: {readonly records: number | null; readonly bytes: number};
  /**
   * What is allocated after the records so far; null before the header was read, and where only sums are
   * recorded.
   */
  readonly heapBytes: number | null;
  readonly hasHeader: boolean;
  /** As far as is known. */
  readonly hasNativeTraces: boolean;
  /**
   * Whether snapshots of the peak and of leaks can both be taken: an aggregated capture is read for one view.
   */
  readonly hasViews: boolean;
  /**
   * What stands so far, with at most `mostLocations` of what was asked for. Throws an Error unless
   * `hasHeader`.
   * @param view another one than was asked for; only if `hasViews`
   * @param budgetBytes what the result may take of V8's heap: where that is not enough there are fewer
   * locations, and a note
   */
  getSnapshot(maxLocations?: number, view?: View, budgetBytes?: number): Snapshot;
  /** All locations, whatever was asked for; null if they, or their stacks, take much memory. */
  getWholeSnapshot(view?: View, budgetBytes?: number): Snapshot | null;
  /** The `asked` biggest locations, with what it takes to put native frames into their stacks. */
  getUnmergedSnapshot(view?: View, budgetBytes?: number, asked?: number): UnmergedSnapshot;
  /** The course of the run so far; null where it is not kept. Needs `hasHeader`. */
  getTimeline(): Timeline | null;
  /** What was held at the moment of those that are kept that is nearest to so many allocation records; null where none is. */
  getNearestSnapshot(records: number, maxLocations?: number, budgetBytes?: number): Snapshot | null;
  /** What was held when; null where that is not kept, the stacks are native, or it takes much memory. */
  getHistory(budgetBytes?: number): History | null;
  /** The facts of the capture so far, without a word on how much of it a snapshot holds. Needs `hasHeader`. */
  getInfo(): CaptureInfo;
}

/** What is wrong with the input as a whole, apart from its bytes. */
export type InputError = Omit<Damage, 'recordIndex'>;

export interface CaptureParserOptions extends SnapshotOptions, CoreOptions {}

export function createCaptureParser(options: CaptureParserOptions): CaptureParser {
  return new Parser(options);
}

/** Copied into the core at once: more would only make its window larger. */
const STEP_BYTES = 256 * 1024;

class Parser implements CaptureParser {
  readonly #options: CaptureParserOptions;
  readonly #core: CoreExports;
  readonly #cores: StartedCores;
  readonly #reader = new ByteReader(() => new Uint8Array(this.#core.memory.buffer));
  readonly #parsing: Parsing<void>;
  /** The first bytes, until it is clear whether they are compressed. */
  #start: Uint8Array | null = new Uint8Array(0);
  #frames: Lz4FrameReader | null = null;
  #header: CaptureHeader | null = null;
  #backend: HeapBackend | null = null;
  /** Where the present record begins; its position in the stream is only computed if somebody asks for it. */
  #recordPos = 0;
  #recordStart: RecordPosition | null = null;
  #damage: Damage | null = null;
  /** The records have ended: by the trailer, by damage, or with the input. */
  #isOver = false;
  #isFinished = false;
  #isStopped = false;

  constructor(options: CaptureParserOptions) {
    this.#options = options;
    this.#cores = startCores(options, createCore);
    this.#core = this.#cores.core;
    this.#parsing = this.#parse();
  }

  get records(): number {
    return this.#core.recordCount();
  }

  get allocationRecords(): number {
    return this.#backend?.allocationRecords ?? 0;
  }

  get peak(): CaptureParser['peak'] {
    return {records: this.#backend?.run?.peakRecords ?? null, bytes: this.#backend?.peakBytes ?? 0};
  }

  get heapBytes(): number | null {
    return this.#backend?.heapBytes ?? null;
  }

  get hasHeader(): boolean {
    return this.#header !== null;
  }

  get hasNativeTraces(): boolean {
    return this.#header?.nativeTraces ?? false;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  get isDone(): boolean {
    if (this.#isStopped || this.#frames === null || this.#damage !== null) return this.#isOver;
    // The frame's end may still reveal damage to what was read.
    return this.#frames.isOver || (this.#isOver && this.#frames.isBetweenFrames);
  }

  get hasDamage(): boolean {
    return this.#damage !== null;
  }

  get isAtFrameEnd(): boolean {
    return this.#header !== null && this.#frames?.isBetweenFrames === true;
  }

  push(chunk: Uint8Array): void {
    if (this.isDone) return;
    if (this.#start === null) {
      this.#pushStored(chunk);
      return;
    }
    const start = concatBytes([this.#start, chunk]);
    this.#start = start.length < 4 ? start : null;
    if (this.#start !== null) return;
    if (isLz4Magic(new DataView(start.buffer, start.byteOffset).getUint32(0, true))) {
      this.#frames = new Lz4FrameReader(this.#core, () => this.#advance());
    }
    this.#pushStored(start);
  }

  #pushStored(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length && !this.isDone; at += STEP_BYTES) {
      const piece = chunk.subarray(at, at + STEP_BYTES);
      if (this.#frames === null) this.#pushRaw(piece);
      else this.#frames.push(piece);
      this.#checkFrames();
    }
  }

  #pushRaw(bytes: Uint8Array): void {
    const target = this.#core.reserveWindow(bytes.length) >>> 0;
    if (target === 0) {
      this.#noteEnd('too-large', TOO_LARGE, this.#here());
      return;
    }
    new Uint8Array(this.#core.memory.buffer, target, bytes.length).set(bytes);
    this.#core.commitWindow(bytes.length);
    this.#advance();
  }

  /** Parses what has been added to the window. */
  #advance(): void {
    if (!this.#isOver) {
      this.#syncReader();
      if (this.#parsing.next().done === true) this.#isOver = true;
      // The window may move before the rest of a record comes.
      this.#getRecordStart();
    }
    this.#core.setParsePos(this.#isOver ? this.#core.writePos() : this.#reader.pos);
  }

  /** The window moves when it is full. */
  #syncReader(): void {
    this.#reader.pos = this.#core.parsePos() >>> 0;
    this.#reader.end = this.#core.writePos() >>> 0;
  }

  #checkFrames(): void {
    const error = this.#frames?.error;
    if (error == null || this.#damage !== null) return;
    if (this.#header === null) {
      throw new CaptureError('bad-header', `is damaged before its header ends: ${error.message}`);
    }
    const {message, ...offset} = error;
    const position = {...offset, recordIndex: this.records};
    if (this.#core.isExhausted() !== 0) this.#noteEnd('too-large', TOO_LARGE, position);
    else this.#noteEnd('lz4', message, position);
  }

  *#parse(): Parsing<void> {
    const header = yield* parseFileHeader(this.#reader, this.#frames !== null);
    if (header.isAggregated) checkAggregated(this.#options.view, this.#cores.blockCore !== null);
    this.#header = header;
    this.#backend = this.#createBody(header);
    this.#startRecord();
    try {
      const end = yield* this.#backend.parse(this.#reader);
      if (end.kind === 'trailer') this.#isFinished = true;
      else if (end.kind === 'stopped') this.#isStopped = true;
      else this.#noteEnd(end.code, end.message, this.#getRecordStart());
    } catch (error) {
      const {code, message} = describeParseError(error);
      this.#noteEnd(code, message, this.#getRecordStart());
    }
  }

  #createBody(header: CaptureHeader): HeapBackend {
    const onRecord = (): void => this.#startRecord();
    if (!header.isAggregated) {
      const {view, course = null} = this.#options;
      const {steered} = this.#cores;
      if (steered !== null) course?.begin(steered, header);
      return new StreamingHeap(this.#core, header, view, onRecord, this.#cores, course);
    }
    return new AggregatedHeap(this.#core, header, this.#options.view, {
      onRecord,
      onRecordEnd: () => this.#core.addRecord(),
      getPosition: () => this.#getRecordStart(),
    });
  }

  #startRecord(): void {
    this.#recordPos = this.#reader.pos;
    this.#recordStart = null;
  }

  #getRecordStart(): RecordPosition {
    if (this.#recordStart === null) {
      this.#core.setParsePos(this.#recordPos);
      this.#recordStart = this.#here();
    }
    return this.#recordStart;
  }

  #here(): RecordPosition {
    const position = {byteOffset: this.#core.streamOffset(), recordIndex: this.records};
    return this.#frames === null ? position : toUnpacked(position);
  }

  /** Damage that ends the load. */
  #noteEnd(code: DamageCode, message: string, position: Omit<Damage, 'code' | 'message'>): void {
    this.#damage ??= {code, ...position, message};
    this.#isOver = true;
  }

  end(error: InputError | null = null): void {
    if (this.#start !== null) {
      if (this.#start.length === 0 && error === null) {
        throw new CaptureError('empty', 'is empty; an --aggregate run writes its file only when it ends');
      }
      // Too few bytes to recognize the container: they can only be the beginning of the header.
      const start = this.#start;
      this.#start = null;
      this.#pushRaw(start);
    }
    if (this.#frames !== null) {
      this.#frames.end();
      // The reason of the cut is what the source says.
      if (error === null) this.#noteCut(this.#frames);
    }
    if (this.#header === null && error !== null && error.code !== 'cut') {
      throw new CaptureError('bad-header', `is damaged before its header ends: ${error.message}`);
    }
    if (this.#header === null) {
      throw new CaptureError('header-cut', 'ends inside its header; it was cut off or never finished');
    }
    if (error !== null) this.#damage ??= {...error, recordIndex: this.records};
    this.#isOver = true;
    this.#backend?.finish();
    this.#isFinished ||=
      this.#damage === null && hasAllRecords(this.#header, this.#backend?.allocationRecords ?? 0);
  }

  #noteCut({error}: Lz4FrameReader): void {
    if (error === null || this.#header === null) return;
    this.#damage ??= {
      code: 'cut',
      byteOffset: error.byteOffset,
      recordIndex: this.records,
      message: error.message,
    };
  }

  get hasViews(): boolean {
    return this.#header !== null && !this.#header.isAggregated && isHeap(this.#options.view);
  }

  getSnapshot(maxLocations = Infinity, view: View = this.#options.view, budgetBytes = Infinity): Snapshot {
    const asked = Math.min(this.#options.biggestAllocs, maxLocations);
    const columns = makeWithin(budgetBytes, asked, (biggestAllocs, budget) =>
      this.#getBackend().selectColumns({view, biggestAllocs}, budget),
    );
    return this.#describe(columns, view, asked);
  }

  getWholeSnapshot(view: View = this.#options.view, budgetBytes = Infinity): Snapshot | null {
    const columns = selectWhole(this.#getBackend(), view, budgetBytes);
    return columns && this.#describe(columns, view, columns.locations.length);
  }

  getUnmergedSnapshot(
    view: View = this.#options.view,
    budgetBytes = Infinity,
    asked = this.#options.biggestAllocs,
  ): UnmergedSnapshot {
    const columns = selectUnmerged(this.#getBackend(), {view, biggestAllocs: asked}, budgetBytes);
    return this.#describe(columns, view, asked);
  }

  /** Columns with the facts of the capture. */
  #describe<Columns extends HeapColumns>({cutStacks, ...rest}: Columns, view: View, asked: number) {
    return {capture: this.#getInfo({...rest, cutStacks}, asked), view, ...rest};
  }

  getTimeline(): Timeline | null {
    const timeline = this.#backend?.kept?.getTimeline();
    if (timeline !== undefined || this.#options.history === undefined) return timeline ?? null;
    return this.#backend?.getTimeline?.() ?? null;
  }

  getNearestSnapshot(records: number, maxLocations = Infinity, budgetBytes = Infinity): Snapshot | null {
    const nearest = selectNearest(this.#backend?.kept ?? null, records, maxLocations, budgetBytes);
    return nearest && this.#describe(nearest.columns, nearest.view, maxLocations);
  }

  getHistory(budgetBytes = Infinity): History | null {
    const {view} = this.#options;
    const history = selectHistory(this.#backend?.kept ?? null, view, budgetBytes);
    return history && {...history, base: this.#describe(history.base, view, history.base.locations.length)};
  }

  getInfo(): CaptureInfo {
    return this.#getInfo({locations: {length: 0}, elided: {locations: 0}, cutStacks: 0}, 0);
  }

  #getBackend(): HeapBackend {
    if (this.#backend === null) throw new Error('the header has not been read yet');
    return this.#backend;
  }

  /** @param asked how many locations the columns were to hold */
  #getInfo({locations, elided, cutStacks}: ColumnFacts, asked: number): CaptureInfo {
    if (this.#header === null) throw new Error('the header has not been read yet');
    const shown = {
      isCut: elided.locations > 0 && locations.length < asked,
      shownLocations: locations.length,
      cutStacks,
    };
    const whole = this.#options.course?.capture ?? null;
    if (whole !== null) return addShownNotes(whole, shown);
    return createCaptureInfo(this.#header, this.#getBackend(), {
      ...shown,
      compression: this.#frames === null ? 'none' : 'lz4',
      isFinished: this.#isFinished,
      damage: this.#damage,
    });
  }
}
