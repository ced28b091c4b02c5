/** A moment of a run, as it is asked for. The state of the heap at it is that after some of the allocation records. */
export type Moment =
  /**
   * `12.3s`: the last memory record that is not later than so long after the start, the first where there is none. From the end
   * of the recording on it is the state after its last record.
   */
  | {readonly kind: 'time'; readonly ms: number}
  /** `50%`: the same for a share of the time from start to end. `0%` is before the first record, `100%` after the last one. */
  | {readonly kind: 'share'; readonly percent: number}
  /** `#17`: right before this memory record, counted from 0, was written. */
  | {readonly kind: 'record'; readonly record: number}
  /** `@12345`: after so many allocation records. */
  | {readonly kind: 'allocations'; readonly count: number};

/** A moment that was found in a capture. */
export interface MomentFacts {
  /** How many allocation records come before it. */
  readonly allocationRecords: number;
  /**
   * The last memory record that is not later, its time (ms since the epoch) and the resident memory that it tells; null where
   * there is none. Of `@N` the first one of those that have the same state.
   */
  readonly record: number | null;
  readonly timeMs: number | null;
  readonly rss: number | null;
  /** The running heap in bytes. */
  readonly heap: number;
  /** It is after the last record: `100%`, or a time that is not before the end of the recording. */
  readonly isEnd?: true;
}

/** Before the first memory record. */
export const NO_RECORD: MomentFacts = {
  record: null,
  allocationRecords: 0,
  timeMs: null,
  rss: null,
  heap: 0,
};

export function isSameMoment(a: Moment, b: Moment): boolean {
  return a.kind === b.kind && getNumber(a) === getNumber(b);
}

/** The number that is written in a moment; times in ms. */
export function getNumber(moment: Moment): number {
  switch (moment.kind) {
    case 'time':
      return moment.ms;
    case 'share':
      return moment.percent;
    case 'record':
      return moment.record;
    case 'allocations':
      return moment.count;
  }
}

/** Before the first record: nothing is alive. */
export function isStart(moment: Moment): boolean {
  return getNumber(moment) === 0 && moment.kind !== 'record';
}

/** After the last record, of any recording. */
export function isEnd(moment: Moment): boolean {
  return moment.kind === 'share' && moment.percent === 100;
}

/** As it is written: `12.3s`, `50%`, `#17`, `@12345`. */
export function formatMoment(moment: Moment): string {
  switch (moment.kind) {
    case 'time':
      return `${moment.ms / 1000}s`;
    case 'share':
      return `${moment.percent}%`;
    case 'record':
      return `#${moment.record}`;
    case 'allocations':
      return `@${moment.count}`;
  }
}
