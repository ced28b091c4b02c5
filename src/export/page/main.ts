import {formatBytes, formatCount, formatPercent} from '../../format/numbers.js';
import type {CallTree} from '../../tree/call-tree.js';
import type {NodeSums} from '../../tree/compared-nodes.js';
import {describeChange} from '../change-text.js';
import {labelSpread} from '../spread-label.js';
import {decodeTree} from './decode-tree.js';
import {createElement, findElement} from './elements.js';
import {FlameGraph} from './flame-graph.js';
import {PageState} from './page-state.js';
import {TreeView} from './tree-view.js';

async function openPage(): Promise<void> {
  const packed = Uint8Array.from(atob(findElement('data').textContent.trim()), character =>
    character.charCodeAt(0),
  );
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  const state = new PageState(decodeTree(new Uint8Array(await new Response(unpacked).arrayBuffer())));
  findElement('plain').remove();
  for (const id of ['tools', 'flame-section', 'tree-section', 'facts']) findElement(id).hidden = false;
  new FlameGraph(findElement('flame'), state);
  new TreeView(findElement('tree'), state);
  connectTools(state);
  const showFacts = () => drawFacts(state);
  state.onChange(showFacts);
  showFacts();
}

function connectTools(state: PageState): void {
  const search = findElement('search') as HTMLInputElement;
  const found = findElement('found');
  search.addEventListener('input', () => state.search(search.value));
  search.addEventListener('keydown', event => {
    if (event.key === 'Enter') state.goToMatch(event.shiftKey ? -1 : 1);
  });
  const hides = findElement('hides') as HTMLInputElement;
  hides.addEventListener('change', () => state.setHidesUninteresting(hides.checked));
  connectComparison(state);
  state.onChange(() => {
    const at = state.matches.indexOf(state.selected) + 1;
    found.textContent = search.value === '' ? '' : `${at === 0 ? '' : `${at}/`}${state.matches.length} found`;
  });
}

/** What a page of a comparison has besides. */
function connectComparison(state: PageState): void {
  if (state.tree.compared === undefined) return;
  findElement('headings').hidden = false;
  if (state.tree.compared.base === null) return;
  findElement('legend').hidden = false;
  const widths = findElement('widths') as HTMLInputElement;
  widths.addEventListener('change', () => state.setBaseWidths(widths.checked));
}

/** All about the selected node. */
function drawFacts(state: PageState): void {
  const {tree, selected} = state;
  const {name, file, place} = state.getNames(selected);
  const base = tree.compared?.base;
  const facts = base
    ? listBothSides(tree, base, selected)
    : [describeSide('', tree, selected), ...listSpread(state)];
  findElement('facts').replaceChildren(
    createElement('span', 'function', name),
    createElement('span', 'place', [place, file].filter(text => text !== '').join('  ')),
    ...facts.map(text => createElement('div', '', text)),
    ...drawExcerpt(state),
  );
}

function listBothSides(tree: CallTree, base: NodeSums, node: number): readonly string[] {
  const {difference, percent, mark} = describeChange(tree, node)!;
  const share = base.bytes[0] === 0 ? '' : ` (${percent} of the base)`;
  const change = `difference ${difference}${share}${mark === '' ? '' : `, ${mark}`}`;
  return [change, describeSide('new: ', tree, node), describeSide('base: ', base, node)];
}

/** Of captures without a base: how far they spread in the selected node, and which of them stand out. */
function listSpread({head: {captures}, tree, selected}: PageState): readonly string[] {
  const spread = labelSpread(tree, selected, captures);
  if (spread === null) return [];
  const {range, outliers} = spread;
  return [`in ${captures.length} captures: ${range}`, ...(outliers === '' ? [] : [outliers])];
}

/** What one side holds in a node. */
function describeSide(name: string, sums: NodeSums, node: number): string {
  const {bytes, allocations, selfBytes, selfAllocations} = sums;
  const describe = (size: number, count: number) =>
    `${formatBytes(size)} (${formatPercent(size, bytes[0]!)}), ${formatCount(count)} allocations`;
  const total = describe(bytes[node]!, allocations[node]!);
  return `${name}total ${total} · own ${describe(selfBytes[node]!, selfAllocations[node]!)}`;
}

/** Lines of the source of the selected node, its own line marked. */
function drawExcerpt(state: PageState): readonly HTMLElement[] {
  const {tree, selected} = state;
  const excerpt = state.getExcerpt(selected);
  if (excerpt === null) return [];
  const {firstLine, lines} = excerpt;
  const line = tree.frames.line[tree.frame[selected]!]!;
  const element = createElement('pre', '');
  for (const [index, text] of lines.entries()) {
    const number = firstLine + index;
    element.append(
      createElement('div', number === line ? 'selected' : '', `${String(number).padStart(5)}  ${text}`),
    );
  }
  return [element];
}

void openPage();
