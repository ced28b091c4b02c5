import type {CaptureHeader} from '../capture/header.js';
import type {CoreExports, MomentExports} from '../core/core.js';
import type {CaptureInfo} from './snapshot.js';

/** A core that can stop. */
export type SteeredCore = CoreExports & MomentExports;

/** What a reading looks for on its way, and where it stops. */
export interface Course {
  /** Starts a core, where none is started that keeps blocks. */
  startCore(memoryLimitBytes?: number): SteeredCore;
  /** Called before the first record. */
  begin(core: SteeredCore, header: CaptureHeader): void;
  /** The core has stopped where it was told to. Returns whether it goes on. */
  pass(): boolean;
  /** Called once, when no more records come. */
  finish(): void;
  /** The facts of the whole capture, where an earlier reading has found them and this one may stop before the end. */
  readonly capture: CaptureInfo | null;
}
