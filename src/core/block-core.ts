import {type CoreExports, compileCore, type MomentExports, startCore} from './core.js';
import {blockCoreWasmBase64} from './generated/block-core-wasm.js';

/**
 * The core that keeps blocks as well: the exports of src/core/assembly/block-index.ts. Loaded only where blocks
 * are asked for; reading takes longer with it.
 */
export interface BlockCoreExports extends CoreExports, MomentExports {
  keepLiveBlocks(records: number): void;
  keepSummedBlocks(isRun: number): void;
  finishBlocks(): number;
  blockCount(): number;
  blocksAt(): number;
  locationAddress(id: number): number;
}

let compiled: object | undefined;

/** As `createCore`. */
export function createBlockCore(memoryLimitBytes?: number): BlockCoreExports {
  compiled ??= compileCore(blockCoreWasmBase64);
  return startCore(compiled, memoryLimitBytes) as BlockCoreExports;
}
