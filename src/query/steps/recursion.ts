import {ChildTable} from '../../base/child-table.js';
import {recall} from '../../base/recall.js';
import type {FrameColumns} from '../../heap/snapshot.js';
import {isInterpreterFrame, keepPlaced, type StackSet} from '../stack-set.js';
import {linkNodes, nextInWalk} from '../walk.js';
import {definePlainStep} from './step-kind.js';

/**
 * From a frame straight to its innermost recurrence, from the outside inwards: `A B A C A D` becomes `A A D`, and
 * `A B A B` becomes `A A B`. Frames of the interpreter that only a table shows do not recur: they pass on nearly every call.
 */
export const recursion = definePlainStep({
  kind: 'recursion',
  help: 'from a frame straight to the innermost recurrence of its function',
  apply: skipRecursion,
});

/**
 * Goes through the prefix tree once, with the new stack of the node that it is at. A frame whose function has begun
 * nothing in the new stack is put at its end and begins something. One whose function began at a frame of it cuts the
 * new stack off behind that frame, and is put there. Each node costs the same, however deep it is:
 *
 *   current     the new stack, by depth; what is behind `depth` is of no meaning
 *   beginning   for each function the depth in the new stack at which it began; valid while the same node is there
 */
function skipRecursion(stacks: StackSet): StackSet {
  const {length} = stacks;
  const functions = numberFunctions(stacks.frames);
  const links = linkNodes(stacks.prefix);
  const prefix = new Int32Array(length);
  const frame = new Int32Array(length);
  // Every node makes one new node.
  const placed = new Int32Array(length);
  const current = new Int32Array(length + 1);
  const beginning = new Int32Array(stacks.frames.length).fill(-1);
  const beginner = new Int32Array(stacks.frames.length).fill(-1);
  const depths = new Int32Array(length);
  // What to put back when a node is left.
  const [overwritten, lastBeginning, lastBeginner] = [0, 1, 2].map(() => new Int32Array(length)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  let made = 0;

  const enter = (node: number): void => {
    const caller = stacks.prefix[node]!;
    const above = caller < 0 ? -1 : depths[caller]!;
    const name = functions[stacks.frame[node]!]!;
    const isPassing = isInterpreterFrame(stacks, stacks.frame[node]!);
    const begun = isPassing ? -1 : beginning[name]!;
    const isRecurring = begun >= 0 && begun <= above && current[begun] === beginner[name];
    const depth = isRecurring ? begun + 1 : above + 1;
    const added = made++;
    prefix[added] = depth === 0 ? -1 : current[depth - 1]!;
    frame[added] = stacks.frame[node]!;
    placed[node] = added;
    depths[node] = depth;
    overwritten[node] = current[depth]!;
    lastBeginning[node] = begun;
    lastBeginner[node] = beginner[name]!;
    current[depth] = added;
    if (!isRecurring) {
      beginning[name] = depth;
      beginner[name] = added;
    }
  };
  const leave = (node: number): void => {
    const name = functions[stacks.frame[node]!]!;
    current[depths[node]!] = overwritten[node]!;
    beginning[name] = lastBeginning[node]!;
    beginner[name] = lastBeginner[node]!;
  };
  for (let node = links.first; node >= 0; node = nextInWalk(stacks.prefix, links, node, leave)) enter(node);
  const origin = {stacks, placed, isKept: new Uint8Array(length).fill(1)};
  return keepPlaced({...stacks, origin, length: made, prefix, frame}, stacks.ends, placed);
}

/** A number for each frame: equal for frames of the same function and file. */
const numberFunctions = recall((frames: FrameColumns): Int32Array => {
  const table = new ChildTable(frames.length);
  const numbers = new Int32Array(frames.length);
  for (let frame = 0; frame < frames.length; frame++) {
    numbers[frame] = table.ensure(frames.file[frame]!, frames.function[frame]!, frame);
  }
  return numbers;
});
