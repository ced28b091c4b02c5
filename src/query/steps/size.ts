import {getBlocks, keepBlocks} from '../blocks.js';
import {formatSizeRange, parseSizeRange, type SizeRange} from '../grammar/size.js';
import type {StepKind} from './step-kind.js';

export interface SizeStep extends SizeRange {
  readonly kind: 'size';
}

/** By what was asked for, not by what the allocator made of it. */
export const size: StepKind<SizeStep> = {
  kind: 'size',
  usage: 'size:A..B',
  help: 'only blocks of A to B bytes; size:1MB.. and size:..4kB have one end',
  needsAllLocations: true,
  needsBlocks: true,
  parse: value => ({kind: 'size', ...parseSizeRange(value!)}),
  formatValue: formatSizeRange,
  apply(stacks, {from, to}, {onNothingNamed}) {
    const {size: sizes} = getBlocks(stacks.snapshot);
    const [least, most] = [from ?? 0, to ?? Infinity];
    const kept = keepBlocks(stacks, block => sizes[block]! >= least && sizes[block]! <= most);
    if (kept.locations.length === 0) onNothingNamed();
    return kept;
  },
};
