import {cutSnapshot} from '../heap/cut-snapshot.js';
import type {UnmergedSnapshot} from '../heap/native-traces.js';
import {isSameView, type View} from '../heap/snapshot.js';
import {type HeldSnapshot, openHeldUnmerged} from './held-snapshots.js';
import type {LoadProgress} from './load-messages.js';
import {nameFrames, type ReadCapture} from './read-capture.js';

/** A capture of which the snapshots without native names are left. */
export function openUnmerged(
  held: readonly HeldSnapshot[],
  progress: LoadProgress,
  symbolsDirectory: string | null | undefined,
): ReadCapture {
  const find = (view: View) => held.find(({select, form}) => isSameView(select, view) && form === 'unmerged');
  const open = (select: View): UnmergedSnapshot | null => {
    const found = find(select);
    return found === undefined ? null : openHeldUnmerged(found);
  };
  return {
    getProgress: () => progress,
    hasNativeFrames: true,
    holds({select, blocks}) {
      const found = find(select);
      return found !== undefined && (!blocks || found.hasBlocks);
    },
    async getSnapshot({select, limit}, onResolving, signal) {
      const unmerged = open(select);
      if (unmerged === null) throw new Error(`no snapshot of the ${select.kind} is held`);
      return nameFrames(cutUnmerged(unmerged, limit), symbolsDirectory, onResolving, signal);
    },
    getUnmerged: open,
    getTimeline: () => null,
    getHistory: () => null,
  };
}

/** The biggest locations only. Their stacks are not cut out: only what locations refer to is named. */
function cutUnmerged(unmerged: UnmergedSnapshot, limit: number): UnmergedSnapshot {
  const {native} = unmerged;
  const cut = cutSnapshot(unmerged, limit);
  const {length} = cut.locations;
  return {
    ...cut,
    native: {
      ...native,
      trace: native.trace.subarray(0, length),
      generation: native.generation.subarray(0, length),
      skippedFrames: native.skippedFrames.subarray(0, length),
    },
  };
}
