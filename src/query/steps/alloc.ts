import {ALLOCATORS} from '../../heap/allocators.js';
import {BLOCK_ALLOCATORS, getBlocks, keepBlocks} from '../blocks.js';
import {QueryError, splitWord} from '../grammar/word.js';
import type {StepKind} from './step-kind.js';

export interface AllocStep {
  readonly kind: 'alloc';
  /** memray's names in lower case, at least one. */
  readonly names: readonly string[];
}

export const alloc: StepKind<AllocStep> = {
  kind: 'alloc',
  usage: 'alloc:NAME',
  help: 'only blocks of an allocator, such as malloc, mmap or pymalloc_malloc',
  needsAllLocations: true,
  needsBlocks: true,
  parse(value) {
    const names = splitWord(value!, ',').map(({text, start}) => {
      const name = text.toLowerCase();
      if (BLOCK_ALLOCATORS.includes(name)) return name;
      throw new QueryError(`"${text}" is no allocator: one of ${BLOCK_ALLOCATORS.join(', ')}`, start);
    });
    return {kind: 'alloc', names};
  },
  formatValue: ({names}) => names.join(','),
  apply(stacks, {names}, {onNothingNamed}) {
    const isWanted = ALLOCATORS.map(name => names.includes(name));
    const {allocator} = getBlocks(stacks.snapshot);
    const kept = keepBlocks(stacks, block => isWanted[allocator[block]!] === true);
    if (kept.locations.length === 0) onNothingNamed();
    return kept;
  },
};
