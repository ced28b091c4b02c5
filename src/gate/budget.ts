import type {TreeQuery} from '../query/tree-query.js';
import {type CaptureAmount, findGreatest, type JudgedAmounts} from './captures.js';
import {explainGaps, type Gaps} from './gaps.js';
import {type Limit, toBytes} from './limit.js';

/** How much a view may keep, or may have grown by since the base. */
export interface Budget {
  readonly name: string;
  readonly query: TreeQuery;
  /** `query` as it was written. */
  readonly view: string;
  readonly max: Limit;
  /** Whether `max` is about the growth since the base. */
  readonly isGrowth: boolean;
  /** Why it is so, for who breaks it; empty where nobody said. */
  readonly why: string;
  /** Whether it fails where a step that keeps only what it names matches nothing. */
  readonly mustMatch: boolean;
}

/** What the steps of a view leave, before the cut. */
export interface Measurement extends JudgedAmounts, Gaps {
  /** The steps that match nothing, as they are written, so that nothing is kept: perhaps misspelt. */
  readonly unmatched: readonly string[];
  /** Where the sum of several captures is judged: how many they are. */
  readonly sumOf: number | null;
}

/** A measurement that lacks something may show neither that a limit is kept nor that it is not. */
export type Outcome = 'passed' | 'failed' | 'incomplete';

/** Where each of several captures has to keep a limit: the one that is furthest over it, or nearest to it. */
export interface WorstCapture {
  readonly name: string;
  /** How many captures are over the limit. */
  readonly over: number;
  readonly captures: number;
}

export interface Verdict extends Measurement {
  readonly budget: Budget;
  /** What is limited: the bytes, or the growth. */
  readonly measured: number;
  /** The greatest measured size that passes. */
  readonly limit: number;
  /** How far it is over the limit; negative where there is room. */
  readonly over: number;
  /** Null where captures are not judged one by one. */
  readonly worst: WorstCapture | null;
  readonly outcome: Outcome;
  /** Why it is incomplete; null where it is not. */
  readonly reason: string | null;
  /** The medians of several runs have grown too much, but no node by more than the noise of the runs. */
  readonly isWithinNoise: boolean;
}

/** The limit itself passes, and so does what has shrunk; what has to match, and does not, never passes. */
export function judge(budget: Budget, measurement: Measurement): Verdict {
  const base = measurement.base ?? 0;
  const measured = budget.isGrowth ? measurement.bytes - base : measurement.bytes;
  const limit = toBytes(budget.max, base);
  const over = measured - limit;
  const worst = findWorst(measurement.each, limit);
  const reason = explainGaps(measurement, {isGrowth: budget.isGrowth, isOver: over > 0});
  const hasFailed = over > 0 || listMissed({budget, unmatched: measurement.unmatched}).length > 0;
  const outcome = reason !== null ? 'incomplete' : hasFailed ? 'failed' : 'passed';
  return {...measurement, budget, measured, limit, over, worst, outcome, reason, isWithinNoise: false};
}

function findWorst(each: readonly CaptureAmount[], limit: number): WorstCapture | null {
  if (each.length === 0) return null;
  const over = each.filter(({bytes}) => bytes > limit).length;
  return {name: findGreatest(each).name, over, captures: each.length};
}

export function countOutcomes(verdicts: readonly Verdict[], outcome: Outcome): number {
  return verdicts.filter(verdict => verdict.outcome === outcome).length;
}

/** Why verdicts are incomplete, each reason once. */
export function listReasons(verdicts: readonly Verdict[]): readonly string[] {
  return [...new Set(verdicts.flatMap(({reason}) => reason ?? []))];
}

/** The steps that match nothing, although the budget says that they have to. */
export function listMissed({budget, unmatched}: Pick<Verdict, 'budget' | 'unmatched'>): readonly string[] {
  return budget.mustMatch ? unmatched : [];
}

/** Those that failed first, the furthest over their limit before the others. */
export function sortVerdicts(verdicts: readonly Verdict[]): readonly Verdict[] {
  const hasFailed = ({outcome}: Verdict): number => Number(outcome === 'failed');
  return verdicts.toSorted((a, b) => hasFailed(b) - hasFailed(a) || b.over - a.over);
}
