import {recall} from '../../base/recall.js';
import type {Frames} from '../level.js';
import type {StackSet} from '../stack-set.js';
import {linkNodes} from '../walk.js';

/**
 * The nodes of some stacks, equal ones joined: those below the same node whose frames are the same at a level. Which
 * locations are left makes no difference. Node 0 is the root; callers stand before what they call.
 */
export interface JoinedNodes {
  readonly length: number;
  /** −1 for the root. */
  readonly prefix: Int32Array;
  /** A frame of the level, −1 for the root. */
  readonly key: Int32Array;
  /** For each node of the stacks the one that it is joined in. */
  readonly joined: Int32Array;
}

/** More nodes take more memory than it costs time to join them again. */
const MAX_KEPT = 2 ** 20;

export function joinNodes({prefix, frame}: StackSet, level: Frames): JoinedNodes {
  return prefix.length > MAX_KEPT ? join(prefix, frame, level) : joinRecalled(prefix, frame, level);
}

/** Most steps take locations away and leave the nodes as they are. */
const joinRecalled = recall(join);

/**
 * The nodes of the stacks that are joined in one are its members. They are handed out node by node: the callees of the
 * members of one node become members of its children, one child for each key. So a child is found by its key alone, and
 * no table of pairs is needed.
 */
function join(stackPrefix: Int32Array, stackFrame: Int32Array, level: Frames): JoinedNodes {
  const links = linkNodes(stackPrefix);
  const count = stackPrefix.length;
  const joined = new Int32Array(count);
  const prefix = new Int32Array(count + 1);
  const key = new Int32Array(count + 1);
  // The members of each node as a list: the first one (the last one added), and the next one of each.
  const firstMember = new Int32Array(count + 1).fill(-1);
  const nextMember = new Int32Array(count).fill(-1);
  // The node made last for each key, and the parent that it was made for: valid for that one only.
  const latestNode = new Int32Array(level.frames.length);
  const latestParent = new Int32Array(level.frames.length).fill(-1);
  prefix[0] = -1;
  key[0] = -1;
  let length = 1;

  handOut(0, links.first);
  for (let node = 1; node < length; node++) {
    for (let member = firstMember[node]!; member >= 0; member = nextMember[member]!) {
      handOut(node, links.firstChild[member]!);
    }
  }
  return {length, prefix: prefix.subarray(0, length), key: key.subarray(0, length), joined};

  /** Makes some siblings among the nodes of the stacks members of the children of a node, or of itself. */
  function handOut(node: number, firstSibling: number): void {
    for (let stack = firstSibling; stack >= 0; stack = links.nextSibling[stack]!) {
      const wanted = level.keyOf[stackFrame[stack]!]!;
      // Its own callees are handed out to the same node: a run is one frame.
      if (level.hasRuns && wanted === key[node]) {
        joined[stack] = node;
        nextMember[stack] = nextMember[stackPrefix[stack]!]!;
        nextMember[stackPrefix[stack]!] = stack;
        continue;
      }
      if (latestParent[wanted] !== node) {
        latestParent[wanted] = node;
        latestNode[wanted] = length;
        prefix[length] = node;
        key[length++] = wanted;
      }
      const child = latestNode[wanted]!;
      joined[stack] = child;
      nextMember[stack] = firstMember[child]!;
      firstMember[child] = stack;
    }
  }
}
