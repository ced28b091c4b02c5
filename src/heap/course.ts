import type {CaptureHeader} from '../capture/header.js';
import type {BlockCoreExports} from '../core/block-core.js';
import type {CoreExports, MomentExports} from '../core/core.js';
import type {HistoryCoreExports} from '../core/history-core.js';
import type {BlockKeeper} from './block-keeper.js';
import type {HistoryKeeper} from './history-keeper.js';
import type {CaptureInfo, View} from './snapshot.js';

/** A core that can stop. */
export type SteeredCore = CoreExports & MomentExports;

/** What a reading looks for on its way, and where it stops. */
export interface Course {
  /**
   * Starts a core, where none is started that keeps blocks.
   * @param started one that keeps the history, where it is wanted besides: it is to be used
   */
  startCore(memoryLimitBytes?: number, started?: HistoryCoreExports | null): SteeredCore;
  /** Called before the first record. */
  begin(core: SteeredCore, header: CaptureHeader): void;
  /** The core has stopped where it was told to. Returns whether it goes on. */
  pass(): boolean;
  /** Called once, when no more records come. */
  finish(): void;
  /** The facts of the whole capture, where an earlier reading has found them and this one may stop before the end. */
  readonly capture: CaptureInfo | null;
}

export interface StartedCores {
  readonly core: CoreExports;
  /** The same core, where it keeps blocks. */
  readonly blockCore: BlockCoreExports | null;
  /** The same core, where it keeps the history. */
  readonly historyCore: HistoryCoreExports | null;
  /** The same core, where it has a course. */
  readonly steered: SteeredCore | null;
}

/** Starts the core of a reading. */
export function startCores(
  {view, memoryLimitBytes, blocks, course, history}: CoreOptions,
  createPlain: (memoryLimitBytes?: number) => CoreExports,
): StartedCores {
  const blockCore = blocks?.startCore(view, memoryLimitBytes) ?? null;
  const historyCore = blockCore === null ? (history?.startCore(memoryLimitBytes) ?? null) : null;
  const steered =
    course === undefined ? null : (blockCore ?? course.startCore(memoryLimitBytes, historyCore));
  const core = steered ?? blockCore ?? historyCore ?? createPlain(memoryLimitBytes);
  return {core, blockCore, historyCore, steered};
}

/** What decides which core reads a capture. */
export interface CoreOptions {
  readonly view: View;
  /** Where the core's memory ends; at most (and by default) 4 GiB. */
  readonly memoryLimitBytes?: number;
  /** Keep the blocks of the view. */
  readonly blocks?: BlockKeeper | undefined;
  /** Where reading stops, and what it looks for. */
  readonly course?: Course | undefined;
  /** Keep the history; not beside blocks, nor where reading stops before the end. */
  readonly history?: HistoryKeeper | undefined;
}
