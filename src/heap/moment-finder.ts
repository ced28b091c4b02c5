import type {CaptureHeader} from '../capture/header.js';
import type {HistoryCoreExports} from '../core/history-core.js';
import type {Course, SteeredCore} from './course.js';
import {createHistoryKeeper} from './history-keeper.js';
import {isEnd, isStart, type Moment, type MomentFacts, NO_RECORD} from './moment.js';
import {getRunEnd, isAtRunEnd} from './run-end.js';

/** What the core looks for (src/core/assembly/timeline.ts). */
const OF_RECORD = 0;
const OF_TIME = 1;
const OF_ALLOCATIONS = 2;

/** Beyond all numbers of records, and times. */
const MOST = Number.MAX_SAFE_INTEGER;

/** Finds moments of a run by reading it to its end. */
export class MomentFinder implements Course {
  readonly capture = null;
  readonly #moments: readonly Moment[];
  readonly #knownEnd: number | null;
  #core: HistoryCoreExports | null = null;
  #header: CaptureHeader | null = null;
  /** The core's number for each moment; null where nothing has to be looked for. */
  #watches: readonly (number | null)[] = [];
  #last = -1;

  /** @param endTimeMs when the last memory record was written, where an earlier reading has found that the header does not tell */
  constructor(moments: readonly Moment[], endTimeMs: number | null = null) {
    this.#moments = moments;
    this.#knownEnd = endTimeMs;
  }

  startCore(memoryLimitBytes?: number, started: HistoryCoreExports | null = null): SteeredCore {
    this.#core = started ?? createHistoryKeeper(false).startCore(memoryLimitBytes);
    return this.#core;
  }

  begin(_core: SteeredCore, header: CaptureHeader): void {
    this.#header = header;
    this.#last = this.#watch(OF_ALLOCATIONS, MOST);
    this.#watches = this.#moments.map(moment => this.#look(moment));
  }

  pass(): boolean {
    return false;
  }

  finish(): void {}

  #look(moment: Moment): number | null {
    if (isStart(moment) || isEnd(moment)) return null;
    switch (moment.kind) {
      case 'record':
        return this.#watch(OF_RECORD, moment.record);
      case 'allocations':
        return this.#watch(OF_ALLOCATIONS, moment.count);
      case 'time':
        return this.#watch(OF_TIME, this.#toRecorded(this.#start + moment.ms));
      case 'share': {
        const end = this.#end;
        if (end === null) return null;
        return this.#watch(
          OF_TIME,
          this.#toRecorded(this.#start + (moment.percent / 100) * (end - this.#start)),
        );
      }
    }
  }

  #watch(kind: number, target: number): number {
    return this.#core!.watch(kind, Math.min(MOST, Math.max(0, Math.floor(target))));
  }

  get #start(): number {
    return this.#header!.startTimeMs;
  }

  /** Null where the header does not tell it. While a recording goes on its header may tell an end that was long ago. */
  get #end(): number | null {
    return getRunEnd(this.#header!, this.#knownEnd);
  }

  /** As memory records have times: from header 7 on they count from the start. */
  #toRecorded(timeMs: number): number {
    return this.#countsFromStart ? timeMs - this.#start : timeMs;
  }

  get #countsFromStart(): boolean {
    return this.#header!.format.recordEncoding !== 6;
  }

  /** When the recording ended as far as memory records tell; null where that is not needed, not later than known, or not known. */
  getMissingEnd(): number | null {
    const isNeeded = this.#moments.some(
      moment => moment.kind === 'share' && !isStart(moment) && !isEnd(moment),
    );
    if (!isNeeded || this.#header === null) return null;
    const last = this.#read(this.#last)?.timeMs ?? null;
    return last !== null && last > (this.#end ?? 0) ? last : null;
  }

  get memoryRecords(): number {
    return this.#core?.memoryRecords() ?? 0;
  }

  /** Where each moment is, after all records; null where it is not in the recording. */
  getFound(): readonly (MomentFacts | null)[] {
    return this.#moments.map((moment, index) => {
      if (isStart(moment)) return NO_RECORD;
      const lastMs = this.#read(this.#last)?.timeMs ?? null;
      if (isAtRunEnd(moment, this.#header!, lastMs)) return this.#getEndFacts();
      const watch = this.#watches[index] ?? null;
      const found = watch === null ? null : this.#read(watch);
      return moment.kind === 'allocations' ? this.#getCounted(moment.count, found) : found;
    });
  }

  #getEndFacts(): MomentFacts {
    const core = this.#core!;
    const last = this.#read(this.#last) ?? NO_RECORD;
    return {...last, allocationRecords: core.allocationRecords(), heap: core.heapBytes(), isEnd: true};
  }

  /** The heap after so many records is known when they are read again. */
  #getCounted(count: number, found: MomentFacts | null): MomentFacts | null {
    if (count > this.#core!.allocationRecords()) return null;
    return {...(found ?? NO_RECORD), allocationRecords: count};
  }

  /** u64 target · u32 kind · u32 whether it is found · u64 memory record · allocation records · ms · heap · rss */
  #read(watch: number): MomentFacts | null {
    const core = this.#core!;
    const row = new DataView(core.memory.buffer, core.watchAt(watch) >>> 0, 56);
    if (row.getUint32(12, true) === 0) return null;
    const [record, allocationRecords, heap, rss] = [16, 24, 40, 48].map(at =>
      Number(row.getBigUint64(at, true)),
    ) as [number, number, number, number];
    // Before the start where the clock was set back.
    const ms = Number(row.getBigInt64(32, true));
    const timeMs = this.#countsFromStart ? this.#start + ms : ms;
    return {record, allocationRecords, timeMs, heap, rss};
  }
}
