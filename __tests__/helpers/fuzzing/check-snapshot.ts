import type {Snapshot} from '../../../src/heap/snapshot.js';
import type {CallTree} from '../../../src/tree/call-tree.js';

function ensure(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Sums above 2^53 are damage. */
const isAmount = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 2 ** 53;

/**
 * Throws unless everything in a snapshot refers to what is there, in the promised order, in whole numbers.
 */
export function checkSnapshot(snapshot: Snapshot): void {
  const {capture, elided, view} = snapshot;
  for (const [name, value] of Object.entries(elided)) ensure(isAmount(value), `elided ${name} are ${value}`);
  ensure(isAmount(capture.peakBytes), `the peak is ${capture.peakBytes}`);
  ensure(isAmount(capture.allocationRecords), `there are ${capture.allocationRecords} records`);
  const shown = checkLocations(snapshot);
  const total = shown + elided.bytes;
  ensure(isAmount(total), `the sum of all locations is ${total}`);
  ensure(
    view.kind !== 'peak' || total <= capture.peakBytes,
    `${total} bytes at a peak of ${capture.peakBytes}`,
  );
  checkStacks(snapshot);
}

/** Returns their bytes. */
function checkLocations({locations, stacks, threads}: Snapshot): number {
  let bytes = 0;
  for (let i = 0; i < locations.length; i++) {
    ensure(isAmount(locations.bytes[i]!), `location ${i} has ${locations.bytes[i]} bytes`);
    ensure(i === 0 || locations.bytes[i]! <= locations.bytes[i - 1]!, `location ${i} is not in order`);
    const allocations = locations.allocations[i]!;
    ensure(isAmount(allocations) && allocations > 0, `location ${i} has ${allocations} allocations`);
    const stack = locations.stack[i]!;
    ensure(stack >= -1 && stack < stacks.length, `location ${i} has stack ${stack}`);
    ensure(threads[locations.thread[i]!] !== undefined, `location ${i} has no thread`);
    bytes += locations.bytes[i]!;
  }
  return bytes;
}

function checkStacks({stacks, frames, strings}: Snapshot): void {
  for (let i = 0; i < stacks.length; i++) {
    const prefix = stacks.prefix[i]!;
    const frame = stacks.frame[i]!;
    ensure(prefix >= -1 && prefix < i, `stack ${i} is called by ${prefix}`);
    ensure(frame >= 0 && frame < frames.length, `stack ${i} has frame ${frame}`);
  }
  const keys = new Set<string>();
  for (let i = 0; i < frames.length; i++) {
    keys.add(`${frames.function[i]} ${frames.file[i]} ${frames.line[i]}`);
    ensure(strings[frames.function[i]!] !== undefined, `frame ${i} has no function`);
    ensure(strings[frames.file[i]!] !== undefined, `frame ${i} has no file`);
  }
  ensure(keys.size === frames.length, 'two frames are the same');
  ensure(new Set(strings).size === strings.length, 'two strings are the same');
}

/**
 * Throws unless the tree's sums are those of the snapshot and of one another, and all nodes are linked in
 * order.
 */
export function checkTree(tree: CallTree, snapshot: Snapshot, {wholePeak = false} = {}): void {
  const {locations, elided} = snapshot;
  const shown = locations.bytes.reduce((sum, bytes) => sum + bytes, wholePeak ? elided.bytes : 0);
  const count = locations.allocations.reduce((sum, n) => sum + n, wholePeak ? elided.allocations : 0);
  ensure(tree.bytes[0] === shown, `the root has ${tree.bytes[0]} bytes instead of ${shown}`);
  ensure(
    tree.allocations[0] === count,
    `the root has ${tree.allocations[0]} allocations instead of ${count}`,
  );
  let linked = 1;
  for (let node = 0; node < tree.length; node++) {
    let bytes = tree.selfBytes[node]!;
    let allocations = tree.selfAllocations[node]!;
    for (let child = tree.firstChild[node]!; child >= 0; child = tree.nextSibling[child]!) {
      ensure(tree.prefix[child] === node, `node ${child} is not a child of ${node}`);
      const next = tree.nextSibling[child]!;
      const isOrdered =
        next < 0 || tree.bytes[next]! <= tree.bytes[child]! || tree.getNode(next).elided === true;
      ensure(isOrdered, `node ${next} stands after a smaller one`);
      bytes += tree.bytes[child]!;
      allocations += tree.allocations[child]!;
      linked++;
    }
    ensure(bytes === tree.bytes[node], `node ${node} has not the bytes of its children`);
    ensure(allocations === tree.allocations[node], `node ${node} has not the allocations of its children`);
  }
  ensure(linked === tree.length, `${linked} of ${tree.length} nodes are linked`);
}
