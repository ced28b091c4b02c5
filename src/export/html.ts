import {createHash} from 'node:crypto';
import {gzipSync} from 'node:zlib';
import {formatBytes, formatPercent} from '../format/numbers.js';
import {getArenaBytes} from '../heap/arenas.js';
import {createRunNamer} from '../heap/compared-sides.js';
import type {CaptureInfo} from '../heap/snapshot.js';
import {type CallTree, createCallTree} from '../tree/call-tree.js';
import {areGenerations} from '../tree/compared-nodes.js';
import {filterCallTree} from '../tree/filter.js';
import {computeVisibleRows} from '../tree/visible-rows.js';
import {describeChange} from './change-text.js';
import {describeSides} from './describe-sides.js';
import {describePage} from './describe-view.js';
import {encodeTree} from './encode-tree.js';
import type {ExportedView} from './exported-view.js';
import {formatPlace, getFrameNames} from './frame-names.js';
import {PAGE_SCRIPT, PAGE_STYLE} from './generated/page-parts.js';
import {isPoolRow, POOL_MARK} from './pool-mark.js';
import {readExcerpts} from './read-excerpts.js';
import {labelSpread, type SpreadLabel} from './spread-label.js';

/** Levels and rows of the tree that stand in the page as text. */
const PLAIN_LEVELS = 5;
const PLAIN_ROWS = 200;

/**
 * One page with the tree and its flame graph. It needs nothing but itself and may do nothing else: its policy allows its
 * own script and style only. Without scripts it shows the first levels.
 */
export async function* writeHtml(view: ExportedView): AsyncGenerator<string> {
  const tree = view.getTree();
  const {query, naming} = view;
  const shown = describePage(query);
  const {name, size, facts, legend, headings} = describeSides(view, tree);
  yield `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${describePolicy()}">
<meta name="viewport" content="width=device-width">
<title>${escapeText(`${shown} · ${name} · memray-tree-ink`)}</title>
<style>${PAGE_STYLE}</style>
<header>
<h1>${escapeText(`${size} · ${name}`)}</h1>
<p>${escapeText(shown)}</p>
${facts.map(text => `<p>${escapeText(text)}</p>\n`).join('')}<div class="tools" id="tools" hidden>
<input type="search" id="search" placeholder="search functions, files, modules" aria-label="search functions, files, modules">
<span id="found" role="status"></span>
<label><input type="checkbox" id="hides" checked> hide uninteresting frames</label>
</div>
</header>
<section id="flame-section" hidden>
<h2>Flame graph</h2>
${legend === null ? '' : writeLegend(legend)}<div class="pane" id="flame" tabindex="0" role="group" aria-label="flame graph: arrow keys select, Enter zooms, Escape shows all"></div>
</section>
<section id="tree-section" hidden>
<h2>Tree</h2>
${headings.length === 0 ? '' : writeHeadings(headings)}<div class="pane" id="tree" tabindex="0" role="tree" aria-label="tree of calls"></div>
</section>
<footer id="facts" aria-live="polite" hidden></footer>
<main id="plain">
`;
  const {capture} = view.snapshot;
  const arenaBytes = getArenaBytes(capture);
  const captures = nameRuns(tree, capture);
  yield* writePlainRows(tree, {moduleOf: naming.moduleOf, arenaBytes, captures});
  yield '</main>\n<script type="text/plain" id="data">';
  const excerpts = view.sourceReader && (await readExcerpts(tree, view.sourceReader));
  yield gzipSync(
    encodeTree(withoutGenerations(tree), {moduleOf: naming.moduleOf, arenaBytes, captures, excerpts}),
  ).toString('base64');
  yield `</script>\n<script>${PAGE_SCRIPT}</script>\n</html>\n`;
}

/** What the script shows of a comparison besides. */
function writeLegend(text: string): string {
  return `<p id="legend" hidden>${escapeText(text)}
<label><input type="checkbox" id="widths"> widths of the base</label></p>
`;
}

function writeHeadings(headings: readonly string[]): string {
  const cells = headings.map(text => `<span class="number">${escapeText(text)}</span>`).join('');
  return `<p id="headings" hidden>${cells}</p>\n`;
}

function describePolicy(): string {
  const [script, style] = [PAGE_SCRIPT, PAGE_STYLE].map(text =>
    createHash('sha256').update(text).digest('base64'),
  );
  return `default-src 'none'; script-src 'sha256-${script}'; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'`;
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** The script shows what generations hold together: they are no captures that spread. */
function withoutGenerations(tree: CallTree): CallTree {
  const {compared, ...columns} = tree;
  return areGenerations(compared?.runs ?? [])
    ? createCallTree(columns, {getShares: tree.getThreadShares})
    : tree;
}

/** What the captures are called that are compared without a base; empty of all others. */
function nameRuns({compared}: CallTree, capture: CaptureInfo): readonly string[] {
  if (compared === undefined || compared.base !== null || areGenerations(compared.runs)) return [];
  return [...compared.runs.keys()].map(createRunNamer(capture, compared.runs));
}

interface RowContext {
  readonly moduleOf: (file: string) => string;
  readonly arenaBytes: number | null;
  readonly captures: readonly string[];
}

/** The biggest child of each node, from the root on, with its siblings. */
function* writePlainRows(whole: CallTree, context: RowContext): Generator<string> {
  const {tree} = filterCallTree(whole, {hideImportSystem: false, hideUninteresting: true});
  const isOpen = new Uint8Array(tree.length);
  for (let node = 0; node >= 0 && tree.depth[node]! < PLAIN_LEVELS; node = tree.firstChild[node]!) {
    isOpen[node] = 1;
  }
  let depth = -1;
  for (const node of computeVisibleRows(tree, isOpen).subarray(0, PLAIN_ROWS)) {
    for (; depth < tree.depth[node]!; depth++) yield '<ul>\n';
    for (; depth > tree.depth[node]!; depth--) yield '</ul>\n';
    yield `<li>${escapeText(describeNode(tree, node, context))}\n`;
  }
  for (; depth >= 0; depth--) yield '</ul>\n';
}

function describeNode(tree: CallTree, node: number, {moduleOf, arenaBytes, captures}: RowContext): string {
  const change = describeChange(tree, node);
  const size = change
    ? `${change.difference} (${change.percent})`
    : `${formatBytes(tree.bytes[node]!)} (${formatPercent(tree.bytes[node]!, tree.bytes[0]!)})`;
  const sides = change
    ? change.mark || `${change.base} → ${change.compared}`
    : describeSpread(labelSpread(tree, node, captures));
  const frame = tree.frame[node]!;
  if (frame < 0) return [size, tree.rootName, sides].filter(text => text !== '').join(' ');
  const names = getFrameNames(tree, frame);
  const mark = isPoolRow(tree, node, arenaBytes) ? POOL_MARK : '';
  return [size, names.name, formatPlace(names, moduleOf(names.file)), sides, mark]
    .filter(text => text !== '')
    .join(' ');
}

function describeSpread(spread: SpreadLabel | null): string {
  return spread === null ? '' : [spread.range, spread.outliers].filter(text => text !== '').join('; ');
}
