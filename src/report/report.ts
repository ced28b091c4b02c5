import type {CaptureInfo, Elided, View} from '../heap/snapshot.js';
import type {CallTree} from '../tree/call-tree.js';

/** What the load was asked for, as far as it is reported. */
export interface ReportOptions {
  readonly biggestAllocs: number;
  readonly wholePeak: boolean;
  readonly pythonOnly: boolean;
}

/** A finished load: what the reports are made of. `tree` is the base tree, unfiltered. */
export interface Report {
  readonly capture: CaptureInfo;
  readonly view: View;
  readonly options: ReportOptions;
  readonly elided: Elided;
  readonly tree: CallTree;
}
