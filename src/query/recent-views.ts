import type {Snapshot} from '../heap/snapshot.js';
import type {ShownTree, ShowOptions} from './show-snapshot.js';
import type {TreeQuery} from './tree-query.js';

/** What a tree depends on. */
type ViewOptions = Pick<ShowOptions, 'query' | 'filters' | 'wholePeak' | 'naming' | 'optional'>;

interface RecentView {
  readonly options: ViewOptions;
  readonly shown: ShownTree;
}

/** Undo, redo and a look at another shape come back to one of the last views. */
const MAX_VIEWS = 4;
/** Of all of them but the latest: what is kept has to stay small beside the snapshot. */
const MAX_NODES = 2 ** 19;

/** The newest first. */
const recentViews = new WeakMap<Snapshot, readonly RecentView[]>();

export function findRecent(snapshot: Snapshot, options: ShowOptions): ShownTree | null {
  const views = recentViews.get(snapshot) ?? [];
  const found = views.find(view => isSameView(view.options, options));
  if (found === undefined) return null;
  recentViews.set(snapshot, [found, ...views.filter(view => view !== found)]);
  return found.shown;
}

/** @param shown kept unless it is not whole: without its lower levels, or growing for whom it was made */
export function keepRecent(snapshot: Snapshot, options: ShowOptions, shown: ShownTree): void {
  if (options.levels !== undefined || shown.tree.growth !== undefined) return;
  const kept: RecentView[] = [{options: pickOptions(options), shown}];
  let nodes = 0;
  for (const view of (recentViews.get(snapshot) ?? []).slice(0, MAX_VIEWS - 1)) {
    nodes += view.shown.tree.length;
    if (nodes <= MAX_NODES) kept.push(view);
  }
  recentViews.set(snapshot, kept);
}

/** A caller's object may have more in it, such as the snapshot before this one: nothing may hold all snapshots there ever were. */
function pickOptions({query, filters, wholePeak, naming, optional}: ShowOptions): ViewOptions {
  return {query, filters, wholePeak, naming, optional};
}

/** Steps are compared by identity: undo shows the same ones. */
function isSameView(a: ViewOptions, b: ShowOptions): boolean {
  return (
    b.levels === undefined &&
    a.wholePeak === b.wholePeak &&
    a.naming === b.naming &&
    a.optional === b.optional &&
    isSameQuery(a.query, b.query) &&
    a.filters.hideImportSystem === b.filters.hideImportSystem &&
    a.filters.hideUninteresting === b.filters.hideUninteresting &&
    (a.filters.foldNative ?? false) === (b.filters.foldNative ?? false)
  );
}

function isSameQuery(a: TreeQuery, b: TreeQuery): boolean {
  return (
    a === b ||
    (a.steps.length === b.steps.length &&
      a.steps.every((step, index) => step === b.steps[index]) &&
      a.by === b.by &&
      a.shape === b.shape &&
      a.sort === b.sort &&
      a.isReversed === b.isReversed &&
      a.diff === b.diff &&
      a.isNormalized === b.isNormalized &&
      a.biggest === b.biggest)
  );
}
