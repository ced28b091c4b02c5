import {rememberByString} from '../query/match-frames.js';
import type {Naming} from '../query/naming.js';
import type {CallTree} from '../tree/call-tree.js';
import {nextInPreorder} from '../tree/visible-rows.js';
import type {TreeState} from './state.js';
import type {SelectedFrame} from './ui-state.js';

// Where the selected frame is in another tree.

/** The frame of the cursor; on the root the one that this view has no row of. Null where there is none. */
export function getSelected({filtered, cursorNode, cursor, lostFrame}: TreeState): SelectedFrame | null {
  const selected = filtered.tree.frame[cursorNode]!;
  if (selected >= 0) return readFrame(filtered.tree, selected);
  return cursor === 0 ? lostFrame : null;
}

/** Whether a node has the selected frame, or one of its function. */
export function isLikeSelected(state: TreeState, tree: CallTree, node: number): boolean {
  const selected = getSelected(state);
  return selected !== null && compareWith(selected, tree, state.naming)(tree.frame[node]!) > 0;
}

/** The first node, from top to bottom, of the cursor's frame, else of its function; 0 where there is none. */
export function findSameFrame(state: TreeState, tree: CallTree): number {
  const selected = getSelected(state);
  if (selected === null) return 0;
  const compare = compareWith(selected, tree, state.naming);
  const likeness = new Uint8Array(tree.frames.length);
  for (let frame = 0; frame < likeness.length; frame++) likeness[frame] = compare(frame);
  if (!likeness.includes(SAME_FUNCTION) && !likeness.includes(SAME_LINE)) return 0;
  let sameFunction = 0;
  for (let node = nextInPreorder(tree, 0, true); node >= 0; node = nextInPreorder(tree, node, true)) {
    const like = likeness[tree.frame[node]!];
    if (like === SAME_LINE) return node;
    if (like === SAME_FUNCTION && sameFunction === 0) sameFunction = node;
  }
  return sameFunction;
}

/** The same in a tree that grows, made as far as that. */
export function growToSameFrame(state: TreeState, tree: CallTree): number {
  const selected = getSelected(state);
  if (selected === null) return 0;
  const compare = compareWith(selected, tree, state.naming);
  const same = tree.growth!.find(frame => compare(frame) === SAME_LINE);
  return same >= 0 ? same : tree.growth!.find(frame => compare(frame) === SAME_FUNCTION);
}

const SAME_FUNCTION = 1;
const SAME_LINE = 2;

/**
 * How alike the frames of a tree are to a wanted one. A frame that stands for a file, a module or a package, which has
 * no function, is like all functions in it.
 */
function compareWith(
  wanted: SelectedFrame,
  tree: CallTree,
  naming: Naming | null,
): (frame: number) => number {
  const {frames, strings} = tree;
  const groupsOfWanted = listGroups(wanted.file, naming);
  const isInWanted = rememberByString(strings, file => listGroups(file, naming).includes(wanted.file));
  return frame => {
    const name = strings[frames.function[frame]!]!;
    const file = strings[frames.file[frame]!]!;
    const isLine = file === wanted.file && frames.line[frame] === wanted.line;
    // A line of several functions is called after none of them.
    if (isLine && (name === wanted.name || (wanted.line > 0 && (name === '' || wanted.name === '')))) {
      return SAME_LINE;
    }
    if (name === wanted.name && file === wanted.file) return SAME_FUNCTION;
    const isGroup = name === '' && groupsOfWanted.includes(file);
    return isGroup || (wanted.name === '' && isInWanted(frames.file[frame]!)) ? SAME_FUNCTION : 0;
  };
}

/** What stands for a file at the levels beyond functions. */
function listGroups(file: string, naming: Naming | null): readonly string[] {
  return naming === null ? [file] : [file, naming.moduleOf(file), naming.packageOf(file)];
}

function readFrame({frames, strings}: CallTree, frame: number): SelectedFrame {
  return {
    name: strings[frames.function[frame]!]!,
    file: strings[frames.file[frame]!]!,
    line: frames.line[frame]!,
  };
}
