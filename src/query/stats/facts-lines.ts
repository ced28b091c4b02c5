import {formatBytes, formatPercent} from '../../format/numbers.js';
import {bar, type FigureCell, type FigureLine, layOutBlock, number, piece} from './figure-lines.js';
import type {PowerBin} from './histogram.js';
import type {RowFacts} from './row-facts.js';

/**
 * The facts of a row as lines.
 * @param selection what is selected, in a few words: `peak`
 */
export function layOutFacts(facts: RowFacts, selection: string): readonly FigureLine[] {
  const {bytes, allocations, threads} = facts;
  const lines = [
    ...layOutBlock('Blocks', listAmounts(facts, selection)),
    ...layOutBlock('Sizes', layOutPowers(facts.sizes)),
    ...layOutBlock(
      'Allocators',
      facts.allocators.map(use => [
        piece('function', use.allocator),
        number(formatBytes(use.bytes)),
        number(formatPercent(use.bytes, bytes)),
        number(String(use.allocations)),
        bar(bytes === 0 ? use.allocations / allocations : use.bytes / bytes),
      ]),
    ),
    ...layOutBlock(
      'Threads',
      threads.map(share => [
        number(formatBytes(share.bytes)),
        number(formatPercent(share.bytes, bytes)),
        number(String(share.allocations)),
        piece('function', share.label),
      ]),
    ),
  ];
  return lines.slice(0, -1);
}

function listAmounts(facts: RowFacts, selection: string): readonly (readonly FigureCell[])[] {
  const {bytes, allocations, locations, selected, smallest, largest, largestCount, pools} = facts;
  const row = (label: string, value: string, note = '') => [
    piece('text', label),
    number(value),
    piece('quiet', note),
  ];
  return [
    row('Bytes', formatBytes(bytes), `${formatPercent(bytes, selected)} of ${selection}`),
    row('Allocations', String(allocations), `in ${locations} ${locations === 1 ? 'location' : 'locations'}`),
    row('Smallest', formatBytes(smallest)),
    row('Mean', formatBytes(bytes / allocations)),
    row('Largest', formatBytes(largest), largestCount === 1 ? '' : `${largestCount} of this size`),
    ...(pools.count === 0 ? [] : [row('Pools', formatBytes(pools.bytes), describePools(facts))]),
  ];
}

/** The size alone speaks for it: a program may map as much itself. */
function describePools({pools, bytes}: RowFacts): string {
  const share = formatPercent(pools.bytes, bytes);
  return `${share}, likely mapped by Python for small objects of any place: ${pools.count} of an arena's size`;
}

/** `from  512.000B   12  ▇▇▇` */
function layOutPowers(sizes: readonly PowerBin[]): readonly (readonly FigureCell[])[] {
  const most = Math.max(...sizes.map(({count}) => count));
  return sizes.map(({from, count}) => [
    piece('quiet', 'from'),
    number(formatPower(from)),
    number(String(count)),
    bar(count / most),
  ]);
}

/** Powers of two in their own units: 512 B, 64 KiB. */
function formatPower(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  const unit = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  return `${bytes / 1024 ** unit} ${units[unit]}`;
}
