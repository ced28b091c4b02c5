import {ALLOCATORS} from '../../heap/allocators.js';
import {getArenaBytes} from '../../heap/arenas.js';
import type {CaptureInfo, Snapshot} from '../../heap/snapshot.js';
import {forEachBlock, getBlocks, keepBlocks} from '../blocks.js';
import type {StackSet} from '../stack-set.js';
import {definePlainStep, type PlainStep, type StepKind} from './step-kind.js';

/** What looks like a block of whoever needed a small object first is held for objects of any place. */
export const hidePools: StepKind<PlainStep<'hide:pools'>> = {
  ...definePlainStep({
    kind: 'hide:pools',
    help: 'blocks go that Python mapped for small objects (of exactly 1 MiB; 256 KiB before 3.10)',
    apply: withoutPools,
  }),
  needsAllLocations: true,
  needsBlocks: true,
};

const MMAP = ALLOCATORS.indexOf('mmap');

function withoutPools(stacks: StackSet): StackSet {
  const isPool = createPoolTest(stacks.snapshot);
  return keepBlocks(stacks, (block, capture) => !isPool(block, capture));
}

/** Whether a block was mapped and has exactly the size of an arena. */
function createPoolTest(snapshot: Snapshot): (block: number, capture: CaptureInfo) => boolean {
  const {allocator, size} = getBlocks(snapshot);
  // Versions of Python map other sizes.
  const arenas = new Map<CaptureInfo, number | null>();
  const getArena = (capture: CaptureInfo): number | null => {
    if (!arenas.has(capture)) arenas.set(capture, getArenaBytes(capture));
    return arenas.get(capture)!;
  };
  return (block, capture) => allocator[block] === MMAP && size[block] === getArena(capture);
}

/** What the step would take away. */
export function countPools({snapshot, locations}: Pick<StackSet, 'snapshot' | 'locations'>): {
  readonly bytes: number;
  readonly count: number;
} {
  const isPool = createPoolTest(snapshot);
  const {size, count} = getBlocks(snapshot);
  const pools = {bytes: 0, count: 0};
  forEachBlock(snapshot, locations, (_, block) => {
    if (!isPool(block, snapshot.capture)) return;
    pools.bytes += size[block]! * count[block]!;
    pools.count += count[block]!;
  });
  return pools;
}
