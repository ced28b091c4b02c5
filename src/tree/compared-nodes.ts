import {median} from '../base/median.js';
import {sum} from '../base/sum.js';

export const SUM_NAMES = ['bytes', 'allocations', 'selfBytes', 'selfAllocations'] as const;
export type SumName = (typeof SUM_NAMES)[number];

/** Sums of the nodes of a tree, one entry for each node. */
export type NodeSums = Readonly<Record<SumName, Float64Array>>;

/** Columns of all sums, each made by its name. */
export function mapSums<T>(toColumn: (name: SumName) => T): Record<SumName, T> {
  return {
    bytes: toColumn('bytes'),
    allocations: toColumn('allocations'),
    selfBytes: toColumn('selfBytes'),
    selfAllocations: toColumn('selfAllocations'),
  };
}

/** Which of several captures a value belongs to. */
export interface ComparedRun {
  /** Index into `parts` of the capture info. */
  readonly part: number;
  readonly isBase: boolean;
  /** Of a generation of one capture its name. */
  readonly generation?: string;
}

/** What a run is, without what it holds. */
export function toComparedRun({part, isBase, generation}: ComparedRun): ComparedRun {
  return {part, isBase, ...(generation !== undefined && {generation})};
}

/** Whether runs are generations of one capture: their sum is the whole, while captures have medians. */
export function areGenerations(runs: readonly Pick<ComparedRun, 'generation'>[]): boolean {
  return runs[0]?.generation !== undefined;
}

/** What each of some runs holds as one number: generations add up, captures have a median. There is at least one. */
export function combineValues(
  runs: readonly Pick<ComparedRun, 'generation'>[],
  values: Float64Array,
): number {
  return areGenerations(runs) ? sum(values) : median(values);
}

/** A snapshot of generations as one of all that they hold; any other as it is. */
export function joinGenerations<T extends {readonly runs?: readonly Pick<ComparedRun, 'generation'>[]}>(
  snapshot: T,
): T {
  if (!areGenerations(snapshot.runs ?? [])) return snapshot;
  const {runs: _, ...joined} = snapshot;
  return joined as T;
}

/** Whether a node is on one side only. */
export type Presence = 'both' | 'new' | 'gone';

/** Why nodes are left out: both sides are the same, they differ by no more than noise, or they have not grown. */
export type LeftOut = 'unchanged' | 'noise' | 'not grown';

/** What is left out of a tree of differences. */
export interface Unchanged {
  readonly reason: LeftOut;
  readonly nodes: number;
  /** The own bytes of all of them. */
  readonly bytes: number;
  /** Of the own bytes: what is compared minus the base. 0 where nothing but equal nodes is left out. */
  readonly difference: number;
  /** How many of them differ in all runs, but are not told from chance by so few runs. */
  readonly undecided: number;
  /** How many nodes of the whole tree were tested. */
  readonly tested: number;
}

/** What the test of noise does not tell from chance. */
export interface Undecided {
  /** 1 for nodes of which every run of one side holds more than all runs of the other. */
  readonly isUndecided: Uint8Array;
  readonly tested: number;
}

/**
 * What the captures that are compared hold in each node. The columns of the tree itself have what is compared with the
 * base; of several captures the medians, of generations the sums.
 */
export interface ComparedNodes {
  readonly runs: readonly ComparedRun[];
  /** What the base has, of several the medians; null where captures are compared with one another. */
  readonly base: NodeSums | null;
  /** The bytes of a node in each of the runs, in their order. */
  getValues(node: number): Float64Array;
  /** Of several captures 1 for nodes that differ by more than noise; null where nothing can be said about it. */
  readonly isChanged: Uint8Array | null;
  /** Of several captures, as long as nothing is left out; then `unchanged` counts it. */
  readonly undecided: Undecided | null;
  /** There are too few captures for a statistical test: nodes differ if the two sides do not overlap. */
  readonly hasFewRuns: boolean;
  readonly unchanged: Unchanged;
  /** For nodes that may only have been renamed or moved the node on the other side, −1 for all others; null where it was not looked for. */
  readonly moved: Int32Array | null;
  /** Rows are about what is there, and not about the difference. */
  readonly showsSizes: boolean;
}

interface ComparedSums extends NodeSums {
  readonly compared?: ComparedNodes;
}

/** What is compared minus the base, in bytes; all that the node holds where there is no base. */
export function getDifference({bytes, compared}: ComparedSums, node: number): number {
  return bytes[node]! - (compared?.base?.bytes[node] ?? 0);
}

/** `new` where the base has nothing of the node, `gone` where only the base has it. */
export function getPresence({bytes, allocations, compared}: ComparedSums, node: number): Presence {
  const base = compared?.base;
  if (base == null) return 'both';
  if (base.bytes[node] === 0 && base.allocations[node] === 0) return 'new';
  return bytes[node] === 0 && allocations[node] === 0 ? 'gone' : 'both';
}
