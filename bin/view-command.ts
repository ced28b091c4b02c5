import {quoteArgument} from '../src/format/quote-argument.js';
import {sanitize} from '../src/format/sanitize.js';
import {getPlatform} from '../src/platform/platform.js';
import {withoutParts} from '../src/query/edit-query.js';
import {formatQuery} from '../src/query/grammar/format-query.js';
import type {ShownTree} from '../src/query/show-snapshot.js';
import type {TreeQuery} from '../src/query/tree-query.js';
import type {TreeState} from '../src/store/state.js';
import type {CliOptions} from './cli-values.js';
import {hasBases, listPaths} from './input-paths.js';

type ShownState = Pick<TreeState, 'query' | 'filters' | 'wholePeak' | 'showsLives'> & {
  readonly shown: Pick<ShownTree, 'skipped'> | null;
};

/**
 * The command that shows the view of the screen; null for a live run, which cannot be received again.
 * @param env of the shell that it is pasted into: defaults for options do not count, since it has what they led to
 */
export function formatCommand(
  options: CliOptions,
  {query, filters, wholePeak, showsLives, shown}: ShownState,
  env: NodeJS.ProcessEnv,
): string | null {
  if (options.input.kind === 'live') return null;
  const view = formatQuery(withoutParts(leaveOutDefault(query, options.input), shown?.skipped ?? []));
  const merge = filters.foldNative ? 'native:merge' : '';
  const steps = [view, merge].filter(text => text !== '').join(' ');
  const words = [
    'memray-tree-ink',
    ...(steps === '' ? [] : ['--view', steps]),
    // A comparison has that row by itself.
    ...(wholePeak && !hasBases(options.input) ? ['--whole-peak'] : []),
    ...(filters.hideImportSystem ? ['--hide-import-system'] : []),
    ...(filters.hideUninteresting ? [] : ['--show-uninteresting']),
    ...(showsLives ? ['--over-time'] : []),
    ...listLoadOptions(options),
    ...listCaptures(options.input),
  ];
  return `${formatNoDefaults(env)}${words.map(quoteArgument).join(' ')}`;
}

/** Words are quoted for POSIX shells, which Windows may have, too; its own shells have no such assignment. */
function formatNoDefaults({MEMRAY_TREE_ARGS: defaults}: NodeJS.ProcessEnv): string {
  return defaults && getPlatform().hasBackslashEscapes ? 'MEMRAY_TREE_ARGS= ' : '';
}

/** A comparison with a base shows all locations by itself. */
function leaveOutDefault(query: TreeQuery, input: CliOptions['input']): TreeQuery {
  return hasBases(input) && query.biggest === Infinity ? {...query, biggest: null} : query;
}

/** The captures, those that are compared with their options. */
function listCaptures(input: CliOptions['input']): readonly string[] {
  if (input.kind !== 'runs') return listPaths(input).map(toArgument);
  const {paths, bases, renames} = input;
  const functions = renames.functions.flatMap(({from, to}) => ['--map-function', `${from}=${to}`]);
  if (bases.length === 0) return ['--compare', ...paths.map(toArgument)];
  // Among several captures only --against says where the other side begins.
  const against = bases.length > 1 || paths.length > 1 ? ['--against'] : [];
  return [...functions, '--diff', ...bases.map(toArgument), ...against, ...paths.map(toArgument)];
}

function toArgument(path: string): string {
  return path.startsWith('-') && path !== '-' ? `./${path}` : path;
}

/** What decides what is read, and where sources are. */
function listLoadOptions({
  input,
  pythonOnly,
  symbolsDirectory,
  pathMap,
  sourceRoot,
}: CliOptions): readonly string[] {
  return [
    ...(input.kind === 'follow' ? ['--follow'] : []),
    ...((input.kind === 'files' || input.kind === 'runs') && input.isMerged ? ['--merge'] : []),
    ...(pythonOnly ? ['--python-only'] : []),
    ...(symbolsDirectory === null ? [] : ['--symbols', symbolsDirectory]),
    ...pathMap.flatMap(({from, to}) => ['--path-map', `${from}=${to}`]),
    ...(sourceRoot === null ? [] : ['--source-root', sourceRoot]),
  ];
}

/**
 * `path:line` of the selected row, as an editor takes it, but nothing that a shell would run when it is pasted; null
 * for rows without a file.
 */
export function formatLocation({
  filtered,
  cursorNode,
}: Pick<TreeState, 'filtered' | 'cursorNode'>): string | null {
  const {file, line} = filtered.tree.getNode(cursorNode);
  if (file === null || file === '') return null;
  return sanitize(line === null || line === 0 ? file : `${file}:${line}`);
}
