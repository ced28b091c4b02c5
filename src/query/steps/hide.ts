import {recall} from '../../base/recall.js';
import {IMPORT_SYSTEM, NATIVE, UNINTERESTING} from '../../tree/call-tree.js';
import {makeNodes, moveToNodes, type NewNodes, type StackSet} from '../stack-set.js';
import {definePlainStep} from './step-kind.js';

/** Set beside the flags of frames that stay, whatever is hidden (`../kept-stacks.ts`). */
export const SHOWN = 32;

// These steps look at the flags of frames only. Steps before them mostly take locations away and leave the nodes as they
// are: then what becomes of the nodes is known already.

export const nativeMerge = definePlainStep({
  kind: 'native:merge',
  help: 'native frames go, their cost stays with what called them',
  apply: stacks => removeFlagged(stacks, NATIVE, NATIVE),
});

export const importsMerge = definePlainStep({
  kind: 'imports:merge',
  help: 'frames of the import system go, their cost stays with what called them',
  apply: stacks => removeFlagged(stacks, IMPORT_SYSTEM, IMPORT_SYSTEM),
});

/** memray marks frames of the import system as uninteresting too; they have steps of their own. */
export const hideUninteresting = definePlainStep({
  kind: 'hide:uninteresting',
  help: 'uninteresting frames (runpy) go, their cost stays with what called them',
  apply: stacks => removeFlagged(stacks, UNINTERESTING | IMPORT_SYSTEM, UNINTERESTING),
});

export const hideImports = definePlainStep({
  kind: 'hide:imports',
  help: 'a stack ends before its first frame of the import system',
  apply: stacks => moveToNodes(stacks, endBeforeImports(stacks.prefix, stacks.frame, stacks.flags)),
});

/** Frames go of whose flags in `asked` only those in `value` are set. */
function removeFlagged(stacks: StackSet, asked: number, value: number): StackSet {
  const {prefix, frame, flags} = stacks;
  const mask = asked | SHOWN;
  if (!listFlags(flags).some(bits => (bits & mask) === value)) return stacks;
  return moveToNodes(stacks, makeNodesWithout(prefix, frame, flags, mask, value));
}

/** Which flags frames have, each once. */
const listFlags = recall((flags: Uint8Array): readonly number[] => {
  const isThere = new Uint8Array(256);
  for (let frame = 0; frame < flags.length; frame++) isThere[flags[frame]!] = 1;
  return [...isThere.keys()].filter(bits => isThere[bits] === 1);
});

const makeNodesWithout = recall(
  (prefix: Int32Array, frame: Int32Array, flags: Uint8Array, mask: number, value: number): NewNodes =>
    makeNodes({length: prefix.length, prefix, frame}, (above, own, add) =>
      (flags[own]! & mask) === value ? above : add(above, own),
    ),
);

const endBeforeImports = recall((prefix: Int32Array, frame: Int32Array, flags: Uint8Array): NewNodes => {
  const isInside = new Uint8Array(prefix.length);
  return makeNodes({length: prefix.length, prefix, frame}, (above, own, add, node) => {
    const caller = prefix[node]!;
    const isShown = (flags[own]! & SHOWN) !== 0;
    const isImport = (flags[own]! & IMPORT_SYSTEM) !== 0 && !isShown;
    isInside[node] = Number(isImport || (caller >= 0 && isInside[caller] === 1));
    return isInside[node] === 1 && !isShown ? above : add(above, own);
  });
});
