import {formatCsvCell} from '../format/csv-cell.js';
import {hasBase} from '../heap/compared-sides.js';
import type {Snapshot} from '../heap/snapshot.js';
import type {ComparedRun} from '../tree/compared-nodes.js';
import {createRowTest} from './changed-stacks.js';
import type {ExportedStacks} from './exported-stacks.js';
import type {ExportedView} from './exported-view.js';
import {combineSide, type RunSums, type Sums, sumRuns} from './sample-sums.js';

/** The numbers in a row of comma-separated values. */
export interface CsvNumbers {
  readonly headings: readonly string[];
  /** Of some samples that end at a node; null of a row that is left out. */
  readonly list: (row: readonly number[], node: number) => readonly number[] | null;
}

/**
 * The numbers of a capture, or of both sides of a comparison and what lies between them. Of captures without a base the
 * medians, then the numbers of each.
 */
export function chooseNumbers(stacks: ExportedStacks, {snapshot, query}: ExportedView): CsvNumbers {
  const {runs} = stacks;
  const read = (row: readonly number[]): RunSums => sumRuns(stacks, row);
  const combine = (sums: RunSums, isBase: boolean): Sums => combineSide(stacks, sums, isBase);
  if (hasBase(runs)) {
    const isShown = createRowTest(stacks, query.diff);
    return {
      headings: [...SIDE, ...SIDE.map(name => `base_${name}`), ...SIDE.map(name => `${name}_difference`)],
      list: (row, node) => {
        const sums = read(row);
        const [compared, base] = [combine(sums, false), combine(sums, true)];
        return isShown(node, compared, base) ? listBothSides(compared, base) : null;
      },
    };
  }
  if (runs.length === 1) return {headings: SIDE, list: row => sumColumns(stacks, row)};
  const names = nameRuns(snapshot, runs);
  return {
    headings: [...SIDE, ...names.flatMap(name => SIDE.map(each => formatCsvCell(`${each} of ${name}`)))],
    list: row => {
      const sums = read(row);
      const each = runs.flatMap((_, run) => [sums.allocations[run]!, sums.bytes[run]!]);
      return [...listSide(combine(sums, false)), ...each];
    },
  };
}

/** Captures by their whole names, which programs read; generations by their ends. */
function nameRuns({capture}: Snapshot, runs: readonly ComparedRun[]): readonly string[] {
  return runs.map(({part, generation}) => generation ?? capture.parts?.[part]?.name ?? '');
}

const SIDE: readonly string[] = ['num_allocations', 'size'];

function listSide({allocations, bytes}: Sums): readonly number[] {
  return [allocations, bytes];
}

function listBothSides(compared: Sums, base: Sums): readonly number[] {
  const difference = {
    allocations: compared.allocations - base.allocations,
    bytes: compared.bytes - base.bytes,
  };
  return [compared, base, difference].flatMap(listSide);
}

/** Of one capture. */
function sumColumns({samples}: ExportedStacks, row: readonly number[]): readonly number[] {
  let allocations = 0;
  let bytes = 0;
  for (const sample of row) {
    allocations += samples.allocations[sample]!;
    bytes += samples.bytes[sample]!;
  }
  return [allocations, bytes];
}
