import {type CoreExports, compileCore, type MomentExports, startCore} from './core.js';
import {historyCoreWasmBase64} from './generated/history-core-wasm.js';

/** The core that keeps the history as well: the exports of src/core/assembly/history-index.ts. Loaded only where it is asked for. */
export interface HistoryCoreExports extends CoreExports, MomentExports {
  keepTimeline(): void;
  keepStates(): void;
  pointsAt(): number;
  pointCount(): number;
  watch(kind: number, target: number): number;
  watchAt(index: number): number;
  endCell(): void;
  locationCount(): number;
  cellsAt(): number;
  cellCount(): number;
  logAt(): number;
  logBytes(): number;
  isHistoryCut(): number;
}

let compiled: object | undefined;

/** As `createCore`. */
export function createHistoryCore(memoryLimitBytes?: number): HistoryCoreExports {
  compiled ??= compileCore(historyCoreWasmBase64);
  return startCore(compiled, memoryLimitBytes) as HistoryCoreExports;
}
