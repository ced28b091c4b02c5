import {medianOfSorted} from '../base/median.js';
import {recall} from '../base/recall.js';
import type {FrameColumns, Snapshot} from '../heap/snapshot.js';
import {joinGenerations, mapSums, type SumName} from '../tree/compared-nodes.js';
import {NodeValues} from './compare/node-values.js';
import {cutRuns, RunTaker} from './compare/run-stacks.js';
import {type DeriveOptions, deriveStacks} from './derive-tree.js';
import {listFirstOfLines} from './line-level.js';
import {addOwn, addTotals, listOutermost, type RowSums} from './shapes/row-sums.js';
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
 * What the lines of all files cost in what the steps of a query leave, whatever its shape and its cut: the same as the
 * rows of the table `lines:`.
 * @param isOfBase of captures that are compared: the medians of the bases, and not of the others
 */
export function sumLineCosts(
  given: Snapshot,
  query: Pick<TreeQuery, 'steps' | 'by'>,
  options: Pick<DeriveOptions, 'naming' | 'optional' | 'filters'>,
  isOfBase = false,
): LineCosts {
  const snapshot = joinRecalled(given);
  const {stacks} = deriveStacks(snapshot, {...DEFAULT_QUERY, ...query, biggest: Infinity}, options);
  return snapshot.runs === undefined ? sumLines(stacks) : sumMedians(stacks, isOfBase);
}

/** The same object as long as the snapshot is: what is computed of it is kept by that. */
const joinRecalled = recall((snapshot: Snapshot): Snapshot => joinGenerations(snapshot));

/** The sums of all lines: row r is the line whose first frame is r − 1. */
export interface LineCosts {
  readonly sums: RowSums;
  readonly frames: FrameColumns;
  /** The rows with costs, those of a file together. */
  readonly rows: Int32Array;
  /** Each file, and where its rows begin. */
  readonly files: readonly string[];
  readonly starts: readonly number[];
}

const sumLines = recall((stacks: StackSet): LineCosts => {
  const {frames, strings} = stacks;
  const sums = addLines(stacks);
  return {sums, frames, ...groupByFile(sums, frames, strings)};
});

/** Of captures that are compared: of each line the median of what the captures of a side hold. */
const sumMedians = recall((stacks: StackSet, isBase: boolean): LineCosts => {
  const {frames, strings} = stacks;
  const taker = new RunTaker(stacks);
  const cuts = cutRuns(stacks, Infinity, false).filter(({run}) => run.isBase === isBase);
  const [only, ...others] = cuts;
  // Of each capture no more than its own lines is kept.
  const runs = others.length === 0 ? [] : cuts.map(cut => packSums(addLines(taker.take(cut).stacks)));
  const sums = runs.length === 0 ? addLines(taker.take(only!).stacks) : combineSums(runs, frames.length + 1);
  return {sums, frames, ...groupByFile(sums, frames, strings)};
}, 2);

interface PackedSums extends Readonly<Record<SumName, Float64Array>> {
  /** The rows that are not empty. */
  readonly nodes: Int32Array;
}

function packSums(sums: RowSums): PackedSums {
  const nodes = Int32Array.from(sums.allocations.keys()).filter(row => sums.allocations[row]! > 0);
  return {nodes, ...mapSums(name => Float64Array.from(nodes, row => sums[name][row]!))};
}

function combineSums(runs: readonly PackedSums[], length: number): RowSums {
  const row = new Float64Array(runs.length);
  return mapSums(name => {
    const values = new NodeValues(
      length,
      runs.map(({nodes, [name]: own}) => ({nodes, values: own})),
    );
    return Float64Array.from({length}, (_, node) => medianOfSorted(values.get(node, row).sort()));
  });
}

function addLines(stacks: StackSet): RowSums {
  const {frames, frame, ends} = stacks;
  const keyOf = listFirstOfLines(frames);
  const createColumn = () => new Float64Array(frames.length + 1);
  const sums = {
    bytes: createColumn(),
    allocations: createColumn(),
    selfBytes: createColumn(),
    selfAllocations: createColumn(),
  };
  const rows = frame.map(each => keyOf[each]! + 1);
  addTotals(sums, {stacks, shown: ends.length}, rows, listOutermost(stacks, {frames, keyOf}));
  for (let index = 0; index < ends.length; index++) {
    addOwn(sums, ends[index]! < 0 ? 0 : rows[ends[index]!]!, stacks, index);
  }
  return sums;
}

function groupByFile(
  {allocations}: RowSums,
  {file}: FrameColumns,
  strings: readonly string[],
): Pick<LineCosts, 'rows' | 'files' | 'starts'> {
  const rows = Int32Array.from(allocations.keys()).filter(row => row > 0 && allocations[row]! > 0);
  rows.sort((a, b) => file[a - 1]! - file[b - 1]!);
  const files: string[] = [];
  const starts: number[] = [];
  for (let index = 0; index < rows.length; index++) {
    const own = file[rows[index]! - 1]!;
    if (index > 0 && own === file[rows[index - 1]! - 1]!) continue;
    files.push(strings[own]!);
    starts.push(index);
  }
  return {rows, files, starts};
}

/** So many files are remembered: a few rows above and below the selected one. */
const KEPT_FILES = 16;

/** Of one file; null where no stack goes through it. */
export const readFileCosts = recall((costsOf: LineCosts, file: string): FileCosts | null => {
  const {sums, frames, rows, files, starts} = costsOf;
  const at = files.indexOf(file);
  if (at < 0) return null;
  const costs = Array.from(rows.subarray(starts[at]!, starts[at + 1]), (row): LineCost => {
    return {
      line: frames.line[row - 1]!,
      bytes: sums.bytes[row]!,
      allocations: sums.allocations[row]!,
      selfBytes: sums.selfBytes[row]!,
      selfAllocations: sums.selfAllocations[row]!,
    };
  });
  costs.sort((a, b) => a.line - b.line);
  const greatest = costs.reduce((most, {bytes}) => Math.max(most, bytes), 0);
  // Line 0 is in no file: the line is not known.
  const hot = costs.filter(({line, bytes}) => line > 0 && bytes > 0 && bytes >= HOT_SHARE * greatest);
  return {
    lines: new Map(costs.map(cost => [cost.line, cost])),
    hotLines: hot.map(({line}) => line),
    wholeBytes: sums.bytes[0]!,
  };
}, KEPT_FILES);
