import {gather} from '../base/gather.js';
import {createModuleNamer} from '../format/module-namer.js';
import {listSide} from '../heap/compared-sides.js';
import type {MomentFacts} from '../heap/moment.js';
import {
  type CaptureInfo,
  type CapturePart,
  countProcesses,
  type Elided,
  isOfMoments,
  type View,
} from '../heap/snapshot.js';
import type {Amount} from '../query/derive-tree.js';
import {listWrittenSteps} from '../query/grammar/format-query.js';
import {isTable} from '../query/tree-query.js';
import {
  type CallTree,
  ELIDED,
  getAllocator,
  getImage,
  IMPORT_SYSTEM,
  NATIVE,
  type ThreadShare,
  UNINTERESTING,
} from '../tree/call-tree.js';
import {areGenerations, type ComparedNodes, getDifference} from '../tree/compared-nodes.js';
import {getImporter} from '../tree/importer.js';
import {getModuleSearchPath} from '../tree/module-search-path.js';
import {computeSpread} from '../tree/spread.js';
import {nextInPreorder} from '../tree/visible-rows.js';
import type {Report} from './report.js';
import {formatStats} from './stats-json.js';

export interface JsonOptions {
  /** At most so many levels below the root. */
  readonly depth?: number | undefined;
  /** At most so many rows, of a tree those that come first from top to bottom, at least the root; of statistics: of each list. */
  readonly limit?: number | undefined;
  /** Of a table of imports: how modules are named; by what is recorded unless given. */
  readonly moduleOf?: ((file: string) => string) | undefined;
}

/**
 * The report as one line of JSON with a line feed at its end, in pieces of some 64 KiB. Names are as
 * recorded.
 */
export function formatJson(report: Report, options: JsonOptions = {}): Iterable<string> {
  return gather(formatPieces(report, options));
}

function* formatPieces(
  {capture, view, moments, options, query, kept, of, elided, base, tree, stats}: Report,
  {depth = Infinity, limit, moduleOf}: JsonOptions,
): Generator<string> {
  const head = {
    format: 'memray-tree-ink/tree',
    formatVersion: 1,
    ...formatCaptures(capture),
    options: {
      view: view.kind,
      // All of them: null.
      biggestAllocs: Number.isFinite(options.biggestAllocs) ? options.biggestAllocs : null,
      temporaryThreshold: view.kind === 'temporary' ? view.threshold : null,
      wholePeak: options.wholePeak,
      pythonOnly: options.pythonOnly,
    },
    query: listWrittenSteps(query),
    ...formatMoments(view, capture, moments),
    kept: formatAmount(kept),
    of: formatAmount(of),
    elided: formatElided(elided),
    ...(base && {
      base: {kept: formatAmount(base.kept), of: formatAmount(base.of), elided: formatElided(base.elided)},
      unchanged: formatUnchanged(tree.compared!),
      ...(tree.compared!.isChanged && {fewRuns: tree.compared!.hasFewRuns}),
    }),
  };
  if (stats !== null) {
    yield `${JSON.stringify({...head, stats: formatStats(stats, limit)})}\n`;
    return;
  }
  yield `${JSON.stringify(head).slice(0, -1)},"tree":`;
  const searchPath = () => getModuleSearchPath(capture, tree);
  const namer = tree.importer && (moduleOf ?? createModuleNamer({searchPath: searchPath()}));
  const rows = limit ?? Infinity;
  const below = isTable(query.shape) ? rows : Math.max(0, rows - 1);
  const formatRuns = createRunsFormatter(tree, capture);
  yield* formatNodes(
    tree,
    depth,
    below,
    createNodeFormatter(tree, countProcesses(capture), namer, formatRuns),
  );
  yield '}\n';
}

/** Of one capture where its moments are, null where they are not in it; of several each has its own. */
function formatMoments(view: View, {parts}: CaptureInfo, moments: Report['moments']): object {
  if (!isOfMoments(view) || (parts !== undefined && view.kind !== 'generations')) return {};
  const format = (index: number) => formatMoment(moments?.[index]);
  if (view.kind === 'moment') return {moment: format(0)};
  if (view.kind === 'range') return {from: format(0), to: format(1), ...formatHighest(moments?.[2])};
  return {marks: view.marks.map((_, index) => format(index))};
}

/** Of the highest state in a range. */
function formatHighest(found: MomentFacts | undefined) {
  return found && {highest: {allocationRecords: found.allocationRecords, heap: found.heap}};
}

function formatMoment(found: MomentFacts | undefined) {
  if (found === undefined) return null;
  const {record, allocationRecords, timeMs, heap, rss} = found;
  return {record, allocationRecords, timeMs, heap, rss};
}

function formatElided({locations, allocations, bytes}: Elided) {
  return {locations, allocations, bytes};
}

/** With what only more runs could tell from chance, where there are several. */
function formatUnchanged({unchanged, isChanged}: ComparedNodes) {
  const {nodes, bytes, difference, undecided} = unchanged;
  return {nodes, bytes, difference, ...(isChanged && {undecided})};
}

function formatAmount({bytes, allocations, locations}: Amount) {
  return {bytes, allocations, locations};
}

/** `capture`; of several `captures`, each with what the user calls it, and whether their trees are one. */
function formatCaptures(capture: CaptureInfo) {
  const {parts} = capture;
  if (parts === undefined) return {capture: formatCapture(capture)};
  const [bases, others] = [listSide(parts, true), listSide(parts, false)];
  if (bases.length === 1 && others.length === 1) {
    return {capture: formatPart(others[0]!), baseCapture: formatPart(bases[0]!)};
  }
  const captures = others.map(formatPart);
  return bases.length > 0
    ? {captures, baseCaptures: bases.map(formatPart)}
    : {captures, merged: capture.isMerged === true};
}

function formatPart({name, capture, failure, moments}: CapturePart): object {
  if (capture === null) return {name, error: failure};
  const {parts} = capture;
  return {
    name,
    ...formatCapture(capture),
    ...(moments && {moments: moments.slice(0, 2).map(formatMoment), ...formatHighest(moments[2])}),
    ...(parts && {captures: parts.map(formatPart)}),
  };
}

/** Only the fields that the format promises, in its order. */
function formatCapture(capture: CaptureInfo) {
  const {damage} = capture;
  return {
    headerVersion: capture.headerVersion,
    fileFormat: capture.fileFormat,
    compression: capture.compression,
    nativeTraces: capture.nativeTraces,
    pythonVersion: capture.pythonVersion,
    commandLine: capture.commandLine,
    pid: capture.pid,
    mainThreadId: capture.mainThreadId,
    pythonAllocator: capture.pythonAllocator,
    tracePythonAllocators: capture.tracePythonAllocators,
    startTimeMs: capture.startTimeMs,
    endTimeMs: capture.endTimeMs,
    allocationRecords: capture.allocationRecords,
    peakBytes: capture.peakBytes,
    finished: capture.finished,
    damage: damage && {code: damage.code, byteOffset: damage.byteOffset, message: damage.message},
  };
}

/**
 * The root and at most `maxBelow` nodes below it.
 * Each node is left open until the walk has come up again; going up from level 5 to 2 closes three of them.
 */
function* formatNodes(
  tree: CallTree,
  maxDepth: number,
  maxBelow: number,
  formatNode: (node: number) => string,
): Generator<string> {
  let previous = -1;
  let left = maxBelow;
  for (
    let node = 0;
    node >= 0 && left-- >= 0;
    node = nextInPreorder(tree, node, tree.depth[node]! < maxDepth)
  ) {
    const depth = tree.depth[node]!;
    for (let open = previous; open >= depth; open--) yield ']}';
    if (previous >= depth) yield ',';
    yield formatNode(node);
    previous = depth;
  }
  for (let open = previous; open >= 0; open--) yield ']}';
}

/**
 * @param processes so many of the frames stand for captures, right below the root
 * @param moduleOf of a table of imports
 */
function createNodeFormatter(
  tree: CallTree,
  processes: number,
  moduleOf: ((file: string) => string) | undefined,
  formatRuns: (node: number) => string,
): (node: number) => string {
  const formatThreads = createThreadsFormatter();
  const quote = createQuoter(tree.strings);
  const {frames} = tree;
  return node => {
    const flags = tree.flags[node]!;
    const frame = tree.frame[node]!;
    let names: string;
    if (flags & ELIDED) {
      names = '"elided":true,"function":null,"file":null,"line":null';
    } else if (frame < 0) {
      const root = tree.getNode(node);
      names = `"function":${JSON.stringify(root.function)},"file":${JSON.stringify(root.file)},"line":${root.line}`;
    } else {
      const file = quote(frames.file[frame]!);
      names = `"function":${quote(frames.function[frame]!)},"file":${file},"line":${frames.line[frame]}`;
      const allocator = getAllocator(tree, node);
      if (allocator !== '') names = `"allocator":${JSON.stringify(allocator)},${names}`;
      if (flags & NATIVE) names += `,"image":${JSON.stringify(getImage(tree, node))}`;
      if (moduleOf !== undefined) {
        const module = moduleOf(tree.strings[frames.file[frame]!]!);
        names += `,"module":${JSON.stringify(module)},"importer":${JSON.stringify(getImporter(tree, node))}`;
      }
    }
    if (tree.prefix[node] === 0 && frame >= 0 && frame < processes) names += `,"capture":${frame}`;
    return (
      `{${names},"bytes":${tree.bytes[node]},"allocations":${formatCount(tree.allocations[node]!)},` +
      `"selfBytes":${formatCount(tree.selfBytes[node]!)},"selfAllocations":${formatCount(tree.selfAllocations[node]!)},` +
      `${formatBase(tree, node)}${formatRuns(node)}"threads":${formatThreads(tree.getThreadShares(node))},` +
      `"importSystem":${(flags & IMPORT_SYSTEM) !== 0},"interesting":${(flags & UNINTERESTING) === 0},"children":[`
    );
  };
}

/** Where captures are compared with a base: what that has, and how much more is in what is compared. */
function formatBase(tree: CallTree, node: number): string {
  const base = tree.compared?.base;
  if (base == null) return '';
  return (
    `"base":${base.bytes[node]},"baseAllocations":${base.allocations[node]},` +
    `"baseSelf":${base.selfBytes[node]},"baseSelfAllocations":${base.selfAllocations[node]},` +
    `"difference":${getDifference(tree, node)},${formatMoved(tree, node)}`
  );
}

/** What a node that is gone or new may be on the other side. */
function formatMoved(tree: CallTree, node: number): string {
  const other = tree.compared!.moved?.[node] ?? -1;
  if (other < 0) return '';
  const {function: name, file} = tree.getNode(other);
  return `"moved":${JSON.stringify({function: name, file})},`;
}

/**
 * Of generations the bytes in each. Where several captures are compared: the bytes in each, in the order of `captures`, null of one that could not be read;
 * of captures without a base also how far they spread, and which of them stand out.
 */
function createRunsFormatter({compared}: CallTree, {parts = []}: CaptureInfo): (node: number) => string {
  if (compared !== undefined && areGenerations(compared.runs)) {
    return node => `"values":${JSON.stringify([...compared.getValues(node)])},`;
  }
  if (compared === undefined || parts.length < 3 - Number(compared.base === null)) return () => '';
  const {base, isChanged, runs} = compared;
  const listValues = (values: Float64Array, isBase: boolean): string =>
    JSON.stringify(
      parts.flatMap((part, number) => {
        if ((part.isBase === true) !== isBase) return [];
        return [values[runs.findIndex(run => run.part === number)] ?? null];
      }),
    );
  return node => {
    const values = compared.getValues(node);
    const own = `"values":${listValues(values, false)},`;
    if (base !== null) {
      return `${own}"baseValues":${listValues(values, true)},"changed":${isChanged?.[node] === 1},`;
    }
    const {deviation, least, most, outliers} = computeSpread(values);
    const standOut = outliers.map(run => runs[run]!.part);
    return `${own}"deviation":${deviation},"least":${least},"most":${most},"outliers":${JSON.stringify(standOut)},`;
  };
}

/** Trees that are no captures may not know it. */
function formatCount(count: number): string {
  return Number.isNaN(count) ? 'null' : String(count);
}

/** Chains share their list of threads: it is written once. */
function createThreadsFormatter(): (shares: readonly ThreadShare[]) => string {
  let last: readonly ThreadShare[] = [];
  let text = '[]';
  return shares => {
    if (shares !== last) {
      last = shares;
      text = JSON.stringify(shares.map(share => share.label));
    }
    return text;
  };
}

/** A power of two. */
const QUOTED_SLOTS = 1024;

/** Keeps the texts that were quoted lately: files are the same again and again, most functions are not. */
function createQuoter(strings: readonly string[]): (id: number) => string {
  const ids = new Int32Array(QUOTED_SLOTS).fill(-1);
  const quoted = new Array<string>(QUOTED_SLOTS).fill('');
  return id => {
    const slot = id & (QUOTED_SLOTS - 1);
    if (ids[slot] !== id) {
      ids[slot] = id;
      quoted[slot] = JSON.stringify(strings[id]);
    }
    return quoted[slot]!;
  };
}
