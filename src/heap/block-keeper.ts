import {type BlockCoreExports, createBlockCore} from '../core/block-core.js';
import {isPeak, type View} from './snapshot.js';

/** Starts cores that keep the blocks of a view. Only who asks for blocks loads what that takes. */
export interface BlockKeeper {
  startCore(view: View, memoryLimitBytes?: number): BlockCoreExports;
}

/** @param peakRecords how many allocation records lead to the peak, which an earlier reading has found */
export function createBlockKeeper(peakRecords: number): BlockKeeper {
  return {
    startCore(view, memoryLimitBytes) {
      const core = createBlockCore(memoryLimitBytes);
      if (isPeak(view)) core.keepLiveBlocks(peakRecords);
      else if (view.kind === 'temporary' || view.kind === 'allocated')
        core.keepSummedBlocks(Number(view.kind === 'allocated'));
      else core.keepLiveBlocks(Number.MAX_SAFE_INTEGER);
      return core;
    },
  };
}
