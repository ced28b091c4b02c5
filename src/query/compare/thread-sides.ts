import {listSide} from '../../heap/compared-sides.js';
import type {RunColumns, Snapshot} from '../../heap/snapshot.js';
import {combineValues} from '../../tree/compared-nodes.js';
import type {StepOptions} from '../kept-stacks.js';
import type {TreeQuery} from '../tree-query.js';
import {deriveComparedStacks} from './derive-comparison.js';
import type {RunCut} from './run-stacks.js';

/** What a thread holds of what is shown, in bytes; of several captures a side the medians, of generations the sums. */
export interface ThreadSides {
  readonly label: string;
  readonly bytes: number;
  /** Null where there is no base. */
  readonly base: number | null;
}

/** The threads of captures that are compared, by what they hold, then by what they held; then by label. */
export function sumThreadSides(
  snapshot: Snapshot,
  query: TreeQuery,
  options: StepOptions,
): readonly ThreadSides[] {
  const {cuts, stacks} = deriveComparedStacks(snapshot, query, options);
  const {locations, threads} = stacks.snapshot;
  const labelOf = (location: number): string => threads[locations.thread[location]!]!.label;
  const ofRuns = cuts.map(({run, chosen}) => ({
    run,
    isBase: run.isBase,
    sums: sumByLabel(run, chosen, labelOf),
  }));
  const labels = [...new Set(ofRuns.flatMap(({sums}) => [...sums.keys()]))];
  const sumSide = (label: string, isBase: boolean): number | null => {
    const side = listSide(ofRuns, isBase);
    if (side.length === 0) return null;
    return combineValues(
      side.map(({run}) => run),
      Float64Array.from(side, ({sums}) => sums.get(label) ?? 0),
    );
  };
  return labels
    .map(label => ({label, bytes: sumSide(label, false) ?? 0, base: sumSide(label, true)}))
    .sort((a, b) => b.bytes - a.bytes || (b.base ?? 0) - (a.base ?? 0) || (a.label < b.label ? -1 : 1));
}

function sumByLabel(
  {location, bytes}: RunColumns,
  chosen: RunCut['chosen'],
  labelOf: (location: number) => string,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const index of chosen) {
    const label = labelOf(location[index]!);
    sums.set(label, (sums.get(label) ?? 0) + bytes[index]!);
  }
  return sums;
}
