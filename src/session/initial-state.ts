import {requireText} from '../base/check.js';
import {createModuleNamer} from '../format/module-namer.js';
import {isRegexEngineLoaded} from '../query/bounded-regex.js';
import {DEFAULT_QUERY} from '../query/tree-query.js';
import {createState} from '../store/apply-change.js';
import {openSnapshot, openTree, type SnapshotDisplay} from '../store/capture-actions.js';
import {getTreeFilters} from '../store/derive.js';
import {createEmptyTree} from '../store/empty-tree.js';
import {openFirstChildren} from '../store/expanded-nodes.js';
import type {Facts} from '../store/facts.js';
import type {QueryState} from '../store/query-state.js';
import type {Shown, TreeState} from '../store/state.js';
import type {ScreenSize, UiState} from '../store/ui-state.js';
import {filterCallTree} from '../tree/filter.js';
import {growFirstChildren} from '../tree/growth.js';
import {toSafeFormat} from '../tree/node-format.js';
import {OpenPaths} from '../tree/open-paths.js';
import type {AnyTree} from '../tree/tree-interface.js';
import {readSearchPath} from '../tree/tree-source.js';
import {toSize} from './check-input.js';
import type {TreeStoreOptions} from './create-tree-store.js';

/** The displayed module of a file of a host's tree. */
export function getModuleNamer(
  tree: AnyTree | undefined,
  {moduleOf}: TreeStoreOptions,
): (file: string) => string {
  if (moduleOf) return requireText('moduleOf', moduleOf);
  return createModuleNamer({searchPath: tree === undefined ? [] : readSearchPath(tree)});
}

function openInitial({snapshot}: TreeStoreOptions, display: SnapshotDisplay, tree: AnyTree | undefined) {
  if (snapshot !== undefined) return openSnapshot(snapshot, display);
  return tree === undefined ? null : openTree(tree);
}

function getViewRequests({onRequestView, onSelectView}: TreeStoreOptions): TreeState['viewRequests'] {
  if (onRequestView !== undefined) return 'always';
  return onSelectView === undefined ? 'never' : 'when read';
}

/** What a store starts with. */
export function createInitialState(options: TreeStoreOptions): TreeState {
  const {name = '', wholePeak = false, showsLives = false, moduleFolders = []} = options;
  // Hosts may say null where they have no tree yet.
  const tree = options.tree ?? undefined;
  const screen = toSize({columns: options.columns ?? 0, rows: options.rows ?? 0});
  const filters = {hideImportSystem: false, hideUninteresting: true, ...options.filters};
  // A host that loads captures says itself how many locations it wants.
  const query = options.query ?? {...DEFAULT_QUERY, biggest: Infinity};
  const opened = openInitial(options, {query, filters, wholePeak, moduleFolders}, tree);
  const base = growFirstChildren(opened?.base ?? createEmptyTree());
  const shown = opened?.shown ?? null;
  const isOpen = openFirstChildren(base, filterCallTree(base, getTreeFilters({filters, shown})));
  const facts: Facts = {
    status: opened === null ? 'idle' : 'done',
    name,
    progress: null,
    capture: null,
    view: {kind: 'peak'},
    failedView: null,
    temporaryThreshold: query.select.kind === 'temporary' ? query.select.threshold : 1,
    snapshot: null,
    run: null,
    history: null,
    timeline: null,
    naming: null,
    moduleOf: getModuleNamer(tree, options),
    moduleFolders,
    captureDirectory: null,
    readName: '',
    replaced: [],
    failure: null,
    save: null,
    viewRequests: getViewRequests(options),
    isReadOnce: options.isReadOnce ?? false,
    namesOptions: options.namesOptions ?? false,
    remarks: [],
    excerpt: null,
    format: toSafeFormat(options),
  };
  const queryState: QueryState = {
    ...{query, askedView: null, optional: new Set(), filters, wholePeak},
    plain: {biggest: query.biggest, filters, wholePeak},
    ...{past: [], future: [], filterPrompt: null},
  };
  const elided = {locations: 0, allocations: 0, bytes: 0};
  const shownTree: Shown = {shown, base, elided, shownLocations: 0};
  return createState({
    ...facts,
    ...queryState,
    ...createUiState(screen, isOpen),
    showsLives,
    ...shownTree,
    ...opened,
  });
}

function createUiState(screen: ScreenSize, isOpen: Uint8Array): UiState {
  return {
    isOpen,
    initialOpen: isOpen,
    openPaths: new OpenPaths(),
    stackMemory: null,
    cursor: 0,
    orphanedCursor: null,
    lostFrame: null,
    search: {query: '', isTyping: false},
    hasRegexEngine: isRegexEngineLoaded(),
    percentBase: 'view',
    showsLives: false,
    crumb: null,
    scroll: {row: 0},
    isCursorFollowed: true,
    screen,
    hostPane: null,
    focus: 'tree',
    strip: {isOpen: false, rangeOf: 'peak', anchor: null, pressedAt: null},
    menu: null,
    help: null,
    source: {row: 0, column: 0, line: null},
    hasCostMargin: true,
    sourceSide: null,
    isFactsOpen: false,
    sheetRow: 0,
    revealedFiles: new Set(),
    sourceContext: null,
    hostSourcePane: null,
    hostSourceRange: null,
    isQuitAsked: false,
    keyNote: null,
    hasUserNavigated: false,
  };
}
