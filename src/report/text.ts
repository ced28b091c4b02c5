import {gather} from '../base/gather.js';
import {createModuleNamer} from '../format/module-namer.js';
import {getArenaBytes} from '../heap/arenas.js';
import {createRunNamer} from '../heap/compared-sides.js';
import {isTable} from '../query/tree-query.js';
import {createPainter, type Painter} from '../style/ansi.js';
import {getReportGlyphs, type ReportGlyphs} from '../style/glyphs.js';
import type {PaletteName} from '../style/palette.js';
import type {ColorDepth} from '../style/tokens.js';
import type {CallTree} from '../tree/call-tree.js';
import {areGenerations} from '../tree/compared-nodes.js';
import {formatChange} from '../tree/difference-label.js';
import {filterCallTree, type TreeFilters} from '../tree/filter.js';
import {getModuleSearchPath} from '../tree/module-search-path.js';
import {type NodeFormat, type SafeFormat, toSafeFormat} from '../tree/node-format.js';
import {getRowLabel, type RowContext} from '../tree/row-label.js';
import {formatSpread} from '../tree/spread-label.js';
import type {CallNode} from '../tree/tree-interface.js';
import {getGuides, nextInPreorder} from '../tree/visible-rows.js';
import {formatCrumbs} from './crumbs.js';
import {createPoolMarker, type PoolMarker} from './pool-marks.js';
import type {Report} from './report.js';
import {formatStatsText} from './stats-text.js';
import {formatSummary} from './summary.js';
import {formatTable} from './table.js';

export interface TextOptions extends NodeFormat<CallNode> {
  /** At most so many levels below the root. */
  readonly depth?: number;
  /** `true` is true colour. Default: none. */
  readonly color?: boolean | ColorDepth;
  /** What the background is, or "mono" for no colours but bold and dim; "dark" unless given. */
  readonly palette?: PaletteName;
  /** At most so many rows, of a tree those that come first from top to bottom, the root among them; of statistics: of each list. */
  readonly limit?: number | undefined;
  /** What the user calls the capture; in `toText` the name of the result, else "the capture" unless given. */
  readonly name?: string;
  /** No emoji and box characters. */
  readonly ascii?: boolean;
  /** Default: uninteresting frames are hidden, as on the screen at the start. */
  readonly filters?: Partial<TreeFilters>;
  /** Folders of this machine that module names are relative to, where nothing recorded holds the file. */
  readonly moduleFolders?: readonly string[];
}

/** What is hidden unless said otherwise. */
export const TEXT_FILTERS: TreeFilters = {hideImportSystem: false, hideUninteresting: true};

/** Below so many levels the indent grows no more. */
const MAX_GUIDES = 60;

/**
 * The rows of the whole tree, one a line, then the summary, in pieces of some 64 KiB. All names are safe to
 * show.
 */
export function formatText(report: Report, options: TextOptions = {}): Iterable<string> {
  return gather(formatLines(report, options));
}

function* formatLines(report: Report, options: TextOptions): Generator<string> {
  const {capture, tree: base} = report;
  const {
    depth = Infinity,
    color = false,
    palette = 'dark',
    ascii = false,
    name = 'the capture',
    filters,
    moduleFolders,
  } = options;
  const {tree} = filterCallTree(base, {...TEXT_FILTERS, ...filters});
  const searchPath = getModuleSearchPath(capture, base, moduleFolders);
  const {compared} = base;
  const context: TextContext = {
    moduleOf: createModuleNamer({searchPath}),
    format: toSafeFormat(options),
    arenaBytes: getArenaBytes(capture),
    hasLines: report.query.by === 'line' && (compared === undefined || areGenerations(compared.runs)),
    ...(compared?.base === null && {nameRun: createRunNamer(capture, compared.runs)}),
  };
  const painter = createPainter(color === true ? 'truecolor' : color || 'none', palette);
  const glyphs = getReportGlyphs(ascii);
  const pools = createPoolMarker(glyphs, painter);
  const crumbs = formatCrumbs(report, glyphs.crumb);
  if (crumbs !== null) yield `${crumbs}\n`;
  if (report.stats !== null) {
    for (const line of formatStatsText(report.stats, {context, painter, glyphs, limit: options.limit})) {
      yield `${line}\n`;
    }
  } else if (isTable(report.query.shape)) {
    for (const line of formatTable(tree, {
      context,
      painter,
      glyphs,
      pools,
      limit: options.limit,
      nameRun: context.nameRun,
    }))
      yield `${line}\n`;
  } else {
    const {limit = Infinity} = options;
    let count = 0;
    for (let node = 0; node >= 0; node = nextInPreorder(tree, node, tree.depth[node]! < depth)) {
      if (count++ >= limit) continue;
      yield `${formatGuides(tree, node, glyphs)}${formatRow(tree, node, {context, glyphs, painter, pools})}\n`;
    }
    if (count > limit) yield `${glyphs.ellipsis} ${count - limit} more\n`;
  }
  const legend = pools.getLegend();
  if (legend !== null) yield `${legend}\n`;
  for (const line of formatSummary(report, name)) yield `${line}\n`;
}

/**
 * `│   ├── `; at depth 75 `…(75)` replaces the outer levels, so that the row costs no more than one at 60.
 */
function formatGuides(tree: CallTree, node: number, glyphs: ReportGlyphs): string {
  const depth = tree.depth[node]!;
  if (depth <= MAX_GUIDES) return drawGuides(getGuides(tree, node), glyphs);
  const mark = `${glyphs.ellipsis}(${depth})`;
  const levels = Math.ceil((mark.length + 1) / glyphs.blank.length);
  return (
    mark.padEnd(levels * glyphs.blank.length) + drawGuides(getGuides(tree, node, MAX_GUIDES - levels), glyphs)
  );
}

function drawGuides(guides: readonly boolean[], {branch, lastBranch, through, blank}: ReportGlyphs): string {
  const last = guides.length - 1;
  let text = '';
  for (let level = 0; level < last; level++) text += guides[level] ? through : blank;
  return last < 0 ? text : text + (guides[last] ? branch : lastBranch);
}

interface TextContext extends RowContext {
  readonly format: SafeFormat;
  /** Of captures without a base: what the user calls one of them. */
  readonly nameRun?: (run: number) => string;
}

/** What writes the rows of a tree. */
interface RowTools {
  readonly context: TextContext;
  readonly glyphs: ReportGlyphs;
  readonly painter: Painter;
  readonly pools: PoolMarker;
}

/** `📂 3.661MB (99.92 %) main  app.cli:43` */
function formatRow(tree: CallTree, node: number, {context, glyphs, painter, pools}: RowTools): string {
  const label = getRowLabel(tree, node, context);
  if (label.icon === 'none') return label.function;
  const size = painter.heat(label.heat, `${label.size} (${label.percent})`);
  const name = label.icon === 'elided' ? label.function : painter.function(label.function);
  const place = label.place && `  ${painter.place(label.place)}`;
  const change = label.change && `  ${formatChange(label.change, glyphs.arrow)}`;
  const spread =
    context.nameRun && `  ${formatSpread(tree, node, context.format, context.nameRun, glyphs.plusMinus)}`;
  return `${label.ownIcon ?? glyphs[label.icon]} ${size} ${name}${place}${change ?? ''}${spread ?? ''}${pools.mark(label)}`;
}
