import type {ExportFormatName} from '../export/formats.js';
import {formatBytes, formatPercent, formatSignedBytes} from '../format/numbers.js';
import {type Safe, sanitize} from '../format/sanitize.js';
import {formatKey} from '../keymap/format-keys.js';
import {RegexError} from '../query/bounded-regex.js';
import {sumThreadSides, type ThreadSides} from '../query/compare/thread-sides.js';
import {describeStep} from '../query/crumbs.js';
import {looksLikeSteps, parseQuery} from '../query/grammar/parse-query.js';
import {QueryError} from '../query/grammar/word.js';
import {checkExpressions} from '../query/prepare-query.js';
import {listFilters, showSnapshot} from '../query/show-snapshot.js';
import type {Step} from '../query/steps/steps.js';
import type {TreeQuery} from '../query/tree-query.js';
import type {Command, Effect} from './command.js';
import {describePackage, describeZoom} from './cursor-steps.js';
import {describeCursor} from './cursor-term.js';
import {listFile, listFormats} from './export-menu.js';
import {explainIdle} from './idle-keys.js';
import {nameFiles, selectSnapshot} from './shown-snapshot.js';
import type {TreeState} from './state.js';

/** The open menu: what it offers follows from the rest of the state. */
export interface Menu {
  readonly kind: 'palette' | 'row' | 'threads' | 'export' | 'file';
  /** What is typed to choose among the items; the name of a file. */
  readonly text: string;
  /** The selected item. */
  readonly index: number;
  /** Of the threads: the marked labels. */
  readonly marked: readonly string[];
  /** Of the palette: the commands that it lists. */
  readonly commands: readonly Command[];
  /** Of the file: what is written to it. */
  readonly format: ExportFormatName | null;
}

export const MENU_TITLES = {
  palette: 'Commands and steps',
  row: 'Steps at this row',
  threads: 'Threads',
  export: 'Export this view as',
  file: 'File',
} as const satisfies Record<Menu['kind'], string>;

export interface MenuItem {
  readonly text: Safe;
  /** A key, a size, or why it is not possible now. */
  readonly detail: Safe;
  /** Of a thread: its label; else null. */
  readonly label: string | null;
  readonly isMarked: boolean;
  /** What Enter does; null where it is not possible now. */
  readonly action: MenuAction | null;
  /** Why it is not possible, as Enter says it; null where it is possible. */
  readonly reason: string | null;
}

export type MenuAction =
  | {readonly kind: 'command'; readonly command: Command}
  | {readonly kind: 'query'; readonly query: TreeQuery}
  /** Asks what the file of an export is called. */
  | {readonly kind: 'ask file'; readonly format: ExportFormatName; readonly offered: string}
  | {readonly kind: 'effect'; readonly effect: Effect};

/** What is said below the items where nothing is left of them; null where something is. */
export function explainNoItems({kind, text}: Menu, items: readonly MenuItem[]): string | null {
  if (kind === 'file') return items.length === 0 ? 'Type a name for the file' : null;
  // The item for all threads is there whatever is typed.
  const isLeft =
    kind === 'threads' && text !== '' ? items.some(({label}) => label !== null) : items.length > 0;
  return isLeft ? null : 'Nothing here matches what is typed';
}

/** All that a menu offers, from top to bottom. */
export function listMenuItems(state: TreeState, menu: Menu): readonly MenuItem[] {
  switch (menu.kind) {
    case 'palette':
      return listPalette(state, menu);
    case 'row':
      return listRowSteps(state);
    case 'threads':
      return listThreads(state, menu);
    case 'export':
      return listFormats(state, menu);
    case 'file':
      return listFile(menu);
  }
}

/** Written steps that were typed, then the commands whose text holds what was typed. */
function listPalette(state: TreeState, {text, commands}: Menu): readonly MenuItem[] {
  const wanted = text.toLowerCase();
  const found = commands
    .filter(({help}) => help.toLowerCase().includes(wanted))
    .map(command => {
      const {keys, help} = command;
      const reason = explainIdle(state, command);
      const key = keys.length === 0 ? '' : formatKey(keys[0]!);
      const detail = reason === null ? key : `${key}  ${reason}`;
      return reason === null
        ? createItem(help, detail, {kind: 'command', command})
        : createIdleItem(help, detail, reason);
    });
  return [...listTypedSteps(state, text, found.length > 0), ...found];
}

/** @param hasCommands what is typed are words of a command: then it is not said what is wrong with it as steps */
function listTypedSteps(state: TreeState, text: string, hasCommands: boolean): readonly MenuItem[] {
  const isPossible = state.snapshot !== null || state.status === 'reading';
  if (text.trim() === '' || !isPossible) return [];
  const label = `apply ${text.trim()}`;
  try {
    const query = parseQuery(text, state.query);
    checkExpressions(query);
    return [createItem(label, 'steps', {kind: 'query', query})];
  } catch (error) {
    if (error instanceof RegexError) return [createIdleItem(label, error.message, error.message)];
    if (error instanceof QueryError)
      return hasCommands || !looksLikeSteps(text)
        ? []
        : [createIdleItem(label, error.message, error.message)];
    throw error;
  }
}

const NOT_READ = 'Steps are possible when this view is read';

/** Each step at the selected row, with what it would keep. */
function listRowSteps(state: TreeState): readonly MenuItem[] {
  const term = describeCursor(state);
  const steps: readonly (readonly Step[])[] = [
    describeZoom(state),
    ...(term === null
      ? []
      : (['root', 'through', 'drop', 'merge', 'collapse'] as const).map(kind => [{kind, term}])),
    [{kind: 'recursion'}],
    ...[describePackage(state)].map(step => (step === null ? [] : [step])),
  ];
  const {filters, wholePeak, optional, moduleFolders} = state;
  const possible = steps.filter(added => added.length > 0);
  // None of these steps needs another reading than the view that they are added to.
  const snapshot = selectSnapshot(state, state.query);
  if (snapshot === null) return possible.map(added => createIdleItem(nameStep(added), '', NOT_READ));
  const naming = nameFiles(snapshot, moduleFolders);
  const queries = possible.map(added => ({...state.query, steps: [...state.query.steps, ...added]}));
  const shares = queries.map(query => {
    const shown = showSnapshot(snapshot, {query, naming, filters, wholePeak, optional, isGrowing: true});
    return {bytes: shown.kept.bytes, of: shown.of.bytes, base: shown.base?.kept.bytes ?? null};
  });
  const details = shares.some(({base}) => base !== null) ? formatSides(shares) : formatShares(shares);
  return possible.map((added, index) => {
    const action = {kind: 'query', query: queries[index]!} as const;
    return createItem(nameStep(added), `keeps ${details[index]}`, action);
  });
}

function nameStep(added: readonly Step[]): string {
  const step = added.at(-1)!;
  return step.kind === 'zoom' ? 'zoom to this node' : describeStep(step);
}

/** `412.000MB  (33.40 %)`, the numbers of all of them below one another. */
function formatShares(shares: readonly {readonly bytes: number; readonly of: number}[]): readonly string[] {
  const sizes = alignRight(shares.map(({bytes}) => formatBytes(bytes)));
  const percents = alignRight(shares.map(({bytes, of}) => `(${formatPercent(bytes, of)})`));
  return sizes.map((size, index) => `${size} ${percents[index]}`);
}

/** `412.000MB, base 380.000MB`, the numbers of all of them below one another. */
function formatSides(
  sides: readonly {readonly bytes: number; readonly base: number | null}[],
): readonly string[] {
  const sizes = alignRight(sides.map(({bytes}) => formatBytes(bytes)));
  const bases = alignRight(sides.map(({base}) => formatBytes(base ?? 0)));
  return sizes.map((size, index) => `${size}, base ${bases[index]}`);
}

/** `+32.000MB  412.000MB, base 380.000MB`, the numbers of all of them below one another. */
function formatChanges(
  sides: readonly {readonly bytes: number; readonly base: number | null}[],
): readonly string[] {
  const differences = alignRight(sides.map(({bytes, base}) => formatSignedBytes(bytes - (base ?? 0))));
  return formatSides(sides).map((text, index) => `${differences[index]}  ${text}`);
}

function alignRight(texts: readonly string[]): readonly string[] {
  const width = Math.max(...texts.map(text => text.length));
  return texts.map(text => text.padStart(width));
}

/** The threads of the whole view, by bytes; those that are marked together, else the selected one. */
function listThreads(state: TreeState, {text, marked}: Menu): readonly MenuItem[] {
  const {query, base} = state;
  const others = query.steps.filter(step => step.kind !== 'thread');
  const choose = (labels: readonly string[]): TreeQuery => ({
    ...query,
    steps: [...others, {kind: 'thread', patterns: labels.map(label => ({kind: 'whole', text: label}))}],
  });
  const all = createItem('all threads', '', {kind: 'query', query: {...query, steps: others}});
  const shares = sumThreads(state).filter(({label}) => label.toLowerCase().includes(text.toLowerCase()));
  const details = shares.some(thread => thread.base !== null)
    ? formatChanges(shares)
    : formatShares(shares.map(({bytes}) => ({bytes, of: base.bytes[0]!})));
  const threads = shares.map(({label}, index) => {
    const labels = marked.length === 0 ? [label] : marked;
    return {
      ...createItem(label, details[index]!, {kind: 'query', query: choose(labels)}),
      label,
      isMarked: marked.includes(label),
    };
  });
  return [all, ...threads];
}

/** What each thread holds of the view; of captures that are compared the medians of both sides. */
function sumThreads(state: TreeState): readonly ThreadSides[] {
  const {query, filters, optional, moduleFolders, base} = state;
  const snapshot = selectSnapshot(state, query);
  if (snapshot?.runs === undefined) return base.getThreadShares(0).map(share => ({...share, base: null}));
  const naming = nameFiles(snapshot, moduleFolders);
  return sumThreadSides(snapshot, query, {naming, optional, filters: listFilters(query, filters)});
}

function createItem(text: string, detail: string, action: MenuAction): MenuItem {
  return {text: sanitize(text), detail: sanitize(detail), label: null, isMarked: false, action, reason: null};
}

function createIdleItem(text: string, detail: string, reason: string): MenuItem {
  return {text: sanitize(text), detail: sanitize(detail), label: null, isMarked: false, action: null, reason};
}
