import {formatBytes, formatPercent} from '../../format/numbers.js';
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
  state.onChange(() => {
    const at = state.matches.indexOf(state.selected) + 1;
    found.textContent = search.value === '' ? '' : `${at === 0 ? '' : `${at}/`}${state.matches.length} found`;
  });
}

/** All about the selected node. */
function drawFacts(state: PageState): void {
  const {tree, selected} = state;
  const {name, file, place} = state.getNames(selected);
  const total = tree.bytes[0]!;
  const describe = (bytes: number, count: number) =>
    `${formatBytes(bytes)} (${formatPercent(bytes, total)}), ${count} allocations`;
  const facts = [
    `total ${describe(tree.bytes[selected]!, tree.allocations[selected]!)}`,
    `own ${describe(tree.selfBytes[selected]!, tree.selfAllocations[selected]!)}`,
  ];
  findElement('facts').replaceChildren(
    createElement('span', 'function', name),
    createElement('span', 'place', [place, file].filter(text => text !== '').join('  ')),
    createElement('div', '', facts.join(' · ')),
    ...drawExcerpt(state),
  );
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
