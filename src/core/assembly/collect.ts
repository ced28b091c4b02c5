// The stacks of shown locations as a prefix tree for the snapshot: every node once, callers before what they
// call.
//
//   rows: i32 index of the caller's row, −1 = none | u32 frame
//   nodes: u32 node of each row, to be unmarked

import {allocateResult, releaseRegion} from './memory';
import {nodeAt} from './stacks';

const ROW_BYTES: u32 = 8;

export let rows: usize = 0;
let nodes: usize = 0;
let capacity: u32 = 0;
let count: u32 = 0;
/** Whether the stack that was added last lacks frames. */
export let isCut: bool = false;

/**
 * Adds a stack down to `node`, without the `hiddenDepth` outermost frames, and returns the index of its
 * innermost row; −1 if all of it is hidden, −2 if there is no memory. Where there would be more than
 * `maxRows` rows its innermost frames are left out.
 */
export function collectStack(node: usize, hiddenDepth: u32, maxRows: u32): i32 {
  let added: u32 = 0;
  let at = node;
  let prefix: i32 = -1;
  while (nodeAt(at).depth > hiddenDepth) {
    if (nodeAt(at).mark != 0) {
      prefix = <i32>nodeAt(at).mark - 1;
      break;
    }
    added++;
    at = nodeAt(at).parent;
  }
  const room = maxRows - min(maxRows, count);
  isCut = added > room;
  at = node;
  for (; added > room; added--) at = nodeAt(at).parent;
  if (added == 0) return prefix;
  if (!ensureRows(count + added)) return -2;
  // From the innermost outwards, so the rows are filled from the last one down.
  for (let row = count + added; row > count; row--) {
    const from = nodeAt(at);
    const target = rows + <usize>(row - 1) * ROW_BYTES;
    store<i32>(target, row - 1 == count ? prefix : <i32>row - 2);
    store<u32>(target, <u32>from.frame, 4);
    store<u32>(nodes + (<usize>(row - 1) << 2), <u32>at);
    from.mark = row;
    at = from.parent;
  }
  count += added;
  return <i32>count - 1;
}

/** Forgets the marks and returns how many rows there are; they stay until the next stack is collected. */
export function finishCollecting(): u32 {
  for (let row: u32 = 0; row < count; row++) nodeAt(load<u32>(nodes + (<usize>row << 2))).mark = 0;
  const total = count;
  count = 0;
  return total;
}

function ensureRows(needed: u32): bool {
  if (needed <= capacity) return true;
  const grown = max<u32>(needed, max<u32>(2 * capacity, 1024));
  const newRows = allocateResult(<usize>grown * ROW_BYTES);
  const newNodes = allocateResult(<usize>grown << 2);
  if (newRows == 0 || newNodes == 0) return false;
  if (capacity != 0) {
    memory.copy(newRows, rows, <usize>count * ROW_BYTES);
    memory.copy(newNodes, nodes, <usize>count << 2);
    releaseRegion(rows, <usize>capacity * ROW_BYTES);
    releaseRegion(nodes, <usize>capacity << 2);
  }
  rows = newRows;
  nodes = newNodes;
  capacity = grown;
  return true;
}
