import {ALLOCATORS} from '../heap/allocators.js';
import {listSide} from '../heap/compared-sides.js';
import {type ComparedRun, combineValues} from '../tree/compared-nodes.js';
import type {ExportedStacks} from './exported-stacks.js';

export interface Sums {
  readonly bytes: number;
  readonly allocations: number;
}

/** What each of the captures has of some samples of one stack. */
export interface RunSums {
  readonly bytes: Float64Array;
  readonly allocations: Float64Array;
}

/** Whether each side is one capture: there are no medians. */
export function isOneASide(runs: readonly ComparedRun[]): boolean {
  return listSide(runs, true).length < 2 && listSide(runs, false).length < 2;
}

/** The samples that ended at a node. */
export function listSamplesAt({firstSample}: ExportedStacks, node: number): readonly number[] {
  const first = firstSample[node]!;
  const end = firstSample[node + 1]!;
  // Most nodes of a large capture have none or one.
  if (end - first < 2) return first === end ? NO_SAMPLES : [first];
  return Array.from({length: end - first}, (_, index) => first + index);
}

const NO_SAMPLES: readonly number[] = [];

/** The same, those of one place and one allocator together. */
export function groupSamplesAt(stacks: ExportedStacks, node: number): readonly (readonly number[])[] {
  const all = listSamplesAt(stacks, node);
  if (all.length < 2) return all.length === 0 ? NO_ROWS : [all];
  const {place, allocator} = stacks.samples;
  return [...Map.groupBy(all, sample => place[sample]! * ALLOCATORS.length + allocator[sample]!).values()];
}

const NO_ROWS: readonly (readonly number[])[] = [];

export function sumRuns({samples, runs}: ExportedStacks, row: readonly number[]): RunSums {
  const sums = {bytes: new Float64Array(runs.length), allocations: new Float64Array(runs.length)};
  for (const sample of row) {
    const run = samples.run[sample]!;
    sums.bytes[run]! += samples.bytes[sample]!;
    sums.allocations[run]! += samples.allocations[sample]!;
  }
  return sums;
}

/** What one side has: of several captures the medians, of generations the sums. There is at least one. */
export function combineSide(
  {runs}: Pick<ExportedStacks, 'runs'>,
  {bytes, allocations}: RunSums,
  isBase: boolean,
): Sums {
  const isOfSide = (_: number, run: number): boolean => runs[run]!.isBase === isBase;
  return {
    bytes: combineValues(runs, bytes.filter(isOfSide)),
    allocations: combineValues(runs, allocations.filter(isOfSide)),
  };
}

/** What ended at a node, on the side that is compared with a base where there is one. */
export function sumSamplesAt(stacks: ExportedStacks, node: number): Sums {
  const {runs, samples, firstSample} = stacks;
  if (runs.length > 1) return combineSide(stacks, sumRuns(stacks, listSamplesAt(stacks, node)), false);
  let bytes = 0;
  let allocations = 0;
  for (let sample = firstSample[node]!; sample < firstSample[node + 1]!; sample++) {
    bytes += samples.bytes[sample]!;
    allocations += samples.allocations[sample]!;
  }
  return {bytes, allocations};
}
