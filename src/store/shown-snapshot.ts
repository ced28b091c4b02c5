import {recall} from '../base/recall.js';
import type {Snapshot} from '../heap/snapshot.js';
import {createNaming, type Naming} from '../query/naming.js';
import {getNeededView} from '../query/needs.js';
import type {TreeQuery} from '../query/tree-query.js';
import type {TreeState} from './state.js';

type Snapshots = Pick<TreeState, 'snapshot' | 'run'>;

/** What of the loaded snapshots a query shows: that of the run for statistics, where it is there. */
export function selectSnapshot({snapshot, run}: Snapshots, query: TreeQuery): Snapshot | null {
  return getNeededView(query).kind === 'allocated' ? (run ?? snapshot) : snapshot;
}

/** How files are named in it: the same object as long as both are. */
export const nameFiles = recall(
  (snapshot: Snapshot, moduleFolders: readonly string[]): Naming => createNaming(snapshot, moduleFolders),
);
