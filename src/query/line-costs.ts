import {recall} from '../base/recall.js';
import type {Snapshot} from '../heap/snapshot.js';
import type {CallTree} from '../tree/call-tree.js';
import {type DeriveOptions, deriveStacks} from './derive-tree.js';
import {computeLineLevel} from './line-level.js';
import type {Naming} from './naming.js';
import {buildFlat} from './shapes/flat.js';
import type {StackSet} from './stack-set.js';
import {DEFAULT_QUERY, type TreeQuery} from './tree-query.js';

/** What a line of a file costs. */
export interface LineCost {
  readonly line: number;
  /** What goes through the line, each stack once. */
  readonly bytes: number;
  readonly allocations: number;
  /** What the line allocates itself. */
  readonly selfBytes: number;
  readonly selfAllocations: number;
}

/** The lines of a file that cost something. */
export interface FileCosts {
  /** By their numbers. */
  readonly lines: ReadonlyMap<number, LineCost>;
  /** The numbers of the lines that cost most, ascending. */
  readonly hotLines: readonly number[];
  /** What all stacks cost together, in any file. */
  readonly wholeBytes: number;
}

/** A line is hot from this share of the file's most expensive line on: each file has some. */
const HOT_SHARE = 0.1;

/**
 * What the lines of a file cost in what the steps of a query leave, whatever its shape and its cut: the same as the rows
 * of the table `lines:`. The costs of all files are computed at once and kept as long as the steps are the same.
 * @returns null where no stack goes through the file
 */
export function computeFileCosts(
  snapshot: Snapshot,
  query: Pick<TreeQuery, 'steps' | 'by'>,
  file: string,
  options: Pick<DeriveOptions, 'naming' | 'optional'>,
): FileCosts | null {
  const steps = {...DEFAULT_QUERY, ...query, biggest: Infinity};
  const {stacks} = deriveStacks(snapshot, steps, options);
  return readFileCosts(computeLineCosts(stacks, options.naming), file);
}

/** Rows of the lines of all files, those of a file together. */
interface LineCosts {
  readonly tree: Pick<
    CallTree,
    'bytes' | 'allocations' | 'selfBytes' | 'selfAllocations' | 'frame' | 'frames'
  >;
  readonly rows: Int32Array;
  /** Each file, and where its rows begin. */
  readonly files: readonly string[];
  readonly starts: readonly number[];
}

const computeLineCosts = recall((stacks: StackSet, naming: Naming): LineCosts => {
  const level = computeLineLevel(stacks, null, naming);
  const {bytes, allocations, selfBytes, selfAllocations, frame, frames, strings, length} = buildFlat({
    ...{stacks, level, shown: stacks.locations.length, elided: null},
  });
  const fileOf = (row: number): number => frames.file[frame[row]!]!;
  const rows = Int32Array.from({length: length - 1}, (_, index) => index + 1);
  rows.sort((a, b) => fileOf(a) - fileOf(b));
  const files: string[] = [];
  const starts: number[] = [];
  for (let index = 0; index < rows.length; index++) {
    if (index > 0 && fileOf(rows[index]!) === fileOf(rows[index - 1]!)) continue;
    files.push(strings[fileOf(rows[index]!)]!);
    starts.push(index);
  }
  return {tree: {bytes, allocations, selfBytes, selfAllocations, frame, frames}, rows, files, starts};
});

/** So many files are remembered: a few rows above and below the selected one. */
const KEPT_FILES = 16;

const readFileCosts = recall(({tree, rows, files, starts}: LineCosts, file: string): FileCosts | null => {
  const at = files.indexOf(file);
  if (at < 0) return null;
  const costs = Array.from(rows.subarray(starts[at]!, starts[at + 1]), (row): LineCost => {
    return {
      line: tree.frames.line[tree.frame[row]!]!,
      bytes: tree.bytes[row]!,
      allocations: tree.allocations[row]!,
      selfBytes: tree.selfBytes[row]!,
      selfAllocations: tree.selfAllocations[row]!,
    };
  });
  costs.sort((a, b) => a.line - b.line);
  const greatest = costs.reduce((most, {bytes}) => Math.max(most, bytes), 0);
  // Line 0 is in no file: the line is not known.
  const hot = costs.filter(({line, bytes}) => line > 0 && bytes > 0 && bytes >= HOT_SHARE * greatest);
  return {
    lines: new Map(costs.map(cost => [cost.line, cost])),
    hotLines: hot.map(({line}) => line),
    wholeBytes: tree.bytes[0]!,
  };
}, KEPT_FILES);
