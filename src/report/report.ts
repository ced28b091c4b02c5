import type {MomentFacts} from '../heap/moment.js';
import type {CaptureInfo, Elided, View} from '../heap/snapshot.js';
import type {Amount, BaseAmounts} from '../query/derive-tree.js';
import type {RunStats} from '../query/stats/run-stats.js';
import type {TreeQuery} from '../query/tree-query.js';
import type {CallTree} from '../tree/call-tree.js';

/** What the reading was asked for, as far as it is reported. */
export interface ReportOptions {
  /** Infinity for all. */
  readonly biggestAllocs: number;
  readonly wholePeak: boolean;
  readonly pythonOnly: boolean;
}

/** A finished load: what the reports are made of. */
export interface Report {
  readonly capture: CaptureInfo;
  readonly view: View;
  /** Of a view of moments of one capture, where they are in it. */
  readonly moments?: readonly MomentFacts[] | undefined;
  readonly options: ReportOptions;
  /** What the tree was derived by. */
  readonly query: TreeQuery;
  /** What the steps of the query leave, before the cut. */
  readonly kept: Amount;
  /** The whole selection: peak, leaks or temporary allocations. */
  readonly of: Amount;
  readonly elided: Elided;
  /** Where captures are compared with a base: the same of the base. */
  readonly base?: BaseAmounts | null;
  readonly tree: CallTree;
  /** Of the shape `stats`; else null. */
  readonly stats: RunStats | null;
}
