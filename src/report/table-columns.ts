import {
  formatBytes,
  formatCount,
  formatPercent,
  formatSignedBytes,
  formatSignedCount,
  formatSignedPercent,
} from '../format/numbers.js';
import {type CallTree, getAllocator, getMeanSize} from '../tree/call-tree.js';
import {areGenerations, type ComparedNodes, getDifference, type NodeSums} from '../tree/compared-nodes.js';
import {computeSpread} from '../tree/spread.js';

/** A column of a table. The first two columns are a size and its share. */
export interface TableColumn {
  readonly heading: string;
  readonly format: (tree: CallTree, row: number) => string;
  /** Numbers stand at the right end of their column. */
  readonly isText?: true;
}

const SHARE: TableColumn = {
  heading: '',
  format: ({bytes}, row) => formatPercent(bytes[row]!, bytes[0]!),
};

const TOTAL: TableColumn = {heading: 'Total', format: ({bytes}, row) => formatBytes(bytes[row]!)};

const COUNT: TableColumn = {heading: 'Count', format: ({allocations}, row) => formatCount(allocations[row]!)};

const FLAT_REST: readonly TableColumn[] = [
  {heading: 'Own', format: ({selfBytes}, row) => formatBytes(selfBytes[row]!)},
  {heading: '', format: ({bytes, selfBytes}, row) => formatPercent(selfBytes[row]!, bytes[0]!)},
  COUNT,
  {heading: 'Own count', format: ({selfAllocations}, row) => formatCount(selfAllocations[row]!)},
];

const ALLOCATOR: TableColumn = {heading: 'Allocator', format: getAllocator, isText: true};

/** What a place holds is all its own. */
const PLACE_REST: readonly TableColumn[] = [
  COUNT,
  {heading: 'Mean', format: (tree, row) => formatBytes(getMeanSize(tree, row))},
  ALLOCATOR,
];

const DIFFERENCE: TableColumn = {
  heading: 'Difference',
  format: (tree, row) => formatSignedBytes(getDifference(tree, row)),
};

const BASE: TableColumn = {
  heading: 'Base',
  format: ({compared}, row) => formatBytes(compared!.base!.bytes[row]!),
};

const SHARE_OF_BASE: TableColumn = {
  heading: 'Of base',
  format: (tree, row) => formatSignedPercent(getDifference(tree, row), tree.compared!.base!.bytes[0]!),
};

const OWN_DIFFERENCE: TableColumn = {
  heading: 'Own diff',
  format: (tree, row) => formatSignedBytes(subtract(tree, 'selfBytes', row)),
};

const COUNT_DIFFERENCE: TableColumn = {
  heading: 'Count diff',
  format: (tree, row) => formatSignedCount(subtract(tree, 'allocations', row)),
};

/** Of captures that are compared with one another, without a base. */
const SPREAD: readonly TableColumn[] = [
  {heading: 'Median', format: TOTAL.format},
  SHARE,
  {heading: 'Least', format: (tree, row) => formatBytes(computeSpread(tree.compared!.getValues(row)).least)},
  {
    heading: 'Greatest',
    format: (tree, row) => formatBytes(computeSpread(tree.compared!.getValues(row)).most),
  },
];

function listGenerations({runs}: ComparedNodes): readonly TableColumn[] {
  return runs.map(({generation = ''}, run) => ({
    heading: generation,
    format: (tree, row) => formatBytes(tree.compared!.getValues(row)[run]!),
  }));
}

function subtract(tree: CallTree, column: keyof NodeSums, row: number): number {
  return tree[column][row]! - tree.compared!.base![column][row]!;
}

/** The columns of a table, from left to right, without the names. */
export function listColumns({compared, allocators}: CallTree): readonly TableColumn[] {
  const isOfPlaces = allocators !== undefined;
  const rest = isOfPlaces ? PLACE_REST : FLAT_REST;
  if (compared === undefined) return [TOTAL, SHARE, ...rest];
  if (areGenerations(compared.runs)) return [TOTAL, SHARE, ...listGenerations(compared), ...rest];
  if (compared.base === null) return [...SPREAD, ...rest];
  if (compared.showsSizes) return [TOTAL, SHARE, DIFFERENCE, BASE, ...rest];
  const differences = isOfPlaces ? [COUNT_DIFFERENCE, ALLOCATOR] : [OWN_DIFFERENCE, COUNT_DIFFERENCE];
  return [DIFFERENCE, SHARE_OF_BASE, BASE, TOTAL, ...differences];
}
