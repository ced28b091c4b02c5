import type {Snapshot} from '../heap/snapshot.js';
import type {StackLocations} from '../query/locate-stacks.js';
import type {TreeState} from './state.js';

/**
 * What was expanded when it was shown last, by the stack nodes of a snapshot: steps and shapes that do not show a node
 * do not collapse it.
 */
export interface StackMemory {
  /** The snapshot that the stack nodes belong to. */
  readonly snapshot: Snapshot;
  /** 1 for each stack node that was in an expanded node. */
  readonly isOpen: Uint8Array;
  /** A stack node of the cursor's node in the last tree of stacks; −1 for the root. */
  readonly cursor: number;
}

type MemoryFacts = Pick<TreeState, 'snapshot' | 'stackMemory' | 'isOpen' | 'cursor'>;

/** What is remembered of the present snapshot; null where there is nothing. */
export function getStackMemory({snapshot, stackMemory}: MemoryFacts): StackMemory | null {
  return stackMemory?.snapshot === snapshot ? stackMemory : null;
}

/** The memory with what the tree shows now. What it does not show stays as it was. */
export function rememberStacks(state: MemoryFacts, {own}: StackLocations): StackMemory | null {
  const {snapshot, isOpen, cursor} = state;
  if (snapshot === null) return null;
  const known = getStackMemory(state)?.isOpen.slice() ?? new Uint8Array(own.length);
  let cursorStack = -1;
  for (let stack = 0; stack < own.length; stack++) {
    const node = own[stack]!;
    if (node < 0) continue;
    known[stack] = isOpen[node]!;
    if (node === cursor && node > 0 && cursorStack < 0) cursorStack = stack;
  }
  return {snapshot, isOpen: known, cursor: cursorStack};
}
